import { createHash } from 'node:crypto';

/** Gives each row of a file without an id one that it will have the next time, wherever its columns stand. */
export class RowIds {
  /** How often each content has come, by its hash. */
  private readonly seen = new Map<string, number>();

  constructor(private readonly file: string) {}

  named(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    if (fields.id) return fields;
    const names = Object.keys(fields).filter((name) => name !== 'id' && fields[name] !== '');
    const content = sha256(JSON.stringify(names.sort().map((name) => [name, fields[name]])));
    const ordinal = (this.seen.get(content) ?? 0) + 1;
    this.seen.set(content, ordinal);
    return { ...fields, id: asUuid(sha256(`${this.file}\n${content}\n${ordinal}`)) };
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** RFC 9562, version 8: the rest is the sender's. */
function asUuid(hash: string): string {
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
