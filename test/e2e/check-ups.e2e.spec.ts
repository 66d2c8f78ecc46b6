import { HttpApplication } from '../support/http-application';
import { buildPrograms, killPrograms, Program } from '../support/program';
import { asDocx, asLongPdf } from '../support/report-files';
import { createSmallRegistry } from '../support/small-registry';
import { bearer } from '../support/signed-in';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(180_000);

const TEXT = '2024年度总结\n全年初筛10008人，初筛同意4877人，成功率为48.74%。';

let database: TestDatabase;
let application: HttpApplication;
let reader: { authorization: string };

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
  reader = await bearer(database.source, 'officer');
}, 60_000);

afterAll(async () => {
  await killPrograms();
  await application?.close();
  await database?.drop();
});

function upload(bytes: Buffer, name: string) {
  return application.ask('/api/check-ups', { method: 'POST', headers: reader, body: formOf(bytes, name) });
}

function formOf(bytes: Buffer, name: string): FormData {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  return form;
}

describe('the check-up over HTTP', () => {
  it('tells what does not hold in a text that was pasted', async () => {
    const { status, body } = await application.post('/api/check-ups', { text: TEXT }, reader);
    expect(status).toBe(200);
    expect(body.findings).toMatchObject([{ class: 'wrong-rate', found: '48.74%', expected: '48.73%' }]);
    const { start, end } = body.findings[0].place;
    expect(body.text.slice(start, end)).toBe('48.74%');
    expect(body.numbers.map(({ noun, value }: Record<string, string>) => [noun, value])).toEqual([
      ['初筛', '10008'],
      ['初筛同意', '4877'],
      ['成功率', '48.74'],
    ]);
  });

  it('tells the same of a Word file', async () => {
    const { status, body } = await upload(asDocx(TEXT), '报告.docx');
    expect(status).toBe(200);
    expect(body.findings).toMatchObject([{ class: 'wrong-rate', found: '48.74%' }]);
  });

  it('says why a file cannot be checked', async () => {
    expect((await upload(Buffer.from(''), '空.txt')).body.code).toBe('file_empty');
    expect((await application.post('/api/check-ups', {}, reader)).body.code).toBe('text_missing');
    expect((await application.post('/api/check-ups?org=nowhere', { text: TEXT }, reader)).body.code).toBe(
      'org_unknown',
    );
  });
});

describe('a program that reads a PDF', () => {
  let url: string;

  beforeAll(async () => {
    await buildPrograms();
    const program = await Program.start('api', [], { DATABASE_URL: database.url, PORT: '0' });
    [, url = ''] = await program.says(/api ready at (http:\/\/[\d.:]+)/);
  }, 180_000);

  async function check(pdf: Buffer): Promise<{ status: number; body: Record<string, unknown> }> {
    const body = formOf(pdf, '报告.pdf');
    const answer = await fetch(`${url}/api/check-ups`, { method: 'POST', headers: reader, body });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  it('answers others meanwhile', async () => {
    let took: number | undefined;
    const began = Date.now();
    const checked = check(asLongPdf()).finally(() => (took = Date.now() - began));
    let longest = 0;
    while (took === undefined) {
      const asked = Date.now();
      expect((await fetch(`${url}/api/status`, { headers: reader })).status).toBe(200);
      longest = Math.max(longest, Date.now() - asked);
    }
    const { status, body } = await checked;
    expect(status).toBe(200);
    expect((body.numbers as object[]).length).toBeGreaterThan(1000);
    // Where the pages are laid out among the requests, one of them waits for a quarter of the time.
    expect(longest).toBeLessThan(took / 6);
  });

  it('says what is wrong with one that it cannot read', async () => {
    const { status, body } = await check(Buffer.from('%PDF-1.7\nnothing more'));
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'report_broken', field: 'file', detail: expect.stringContaining('已损坏') });
  });
});
