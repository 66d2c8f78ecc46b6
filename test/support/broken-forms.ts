export interface BrokenForm {
  readonly what: string;
  readonly type: string;
  readonly body: string;
}

const file = (name: string): string =>
  `--x\r\nContent-Disposition: form-data; name="${name}"; filename="a.csv"\r\n\r\nkind,org,occurredOn\r\n`;

const form = (what: string, body: string, boundary = '; boundary=x'): BrokenForm => ({
  ...{ what, type: `multipart/form-data${boundary}`, body },
});

/** What is sent as a form and cannot be read as one. */
export const BROKEN_FORMS: readonly BrokenForm[] = [
  form('that does not say what parts it', `${file('file')}--x--\r\n`, ''),
  form('that is none', 'garbage'),
  form('that is cut off within its file', file('file')),
  form('that is cut off within a head', '--x\r\nContent-Dispo'),
  form('that says at too great length what parts it', `${file('file')}--x--\r\n`, `; boundary=${'x'.repeat(500)}`),
  form('with a field of a name that is none', `${file('__proto__')}\r\n--x--\r\n`),
  form(
    'with a field of broken JSON',
    '--x\r\nContent-Disposition: form-data; name="name"\r\nContent-Type: application/json\r\n\r\n{\r\n--x--\r\n',
  ),
];
