import { createGunzip, createGzip } from 'node:zlib';
import { pipeline } from 'node:stream';
import { BackupRefused } from './backup-refused';
import { seal, unseal } from './sealed-file';

/** A table of a backup. */
export interface BackupTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** What a backup says of itself. */
export interface BackupHead {
  readonly takenAt: string;
  /** The migrations that had run. */
  readonly migrations: readonly string[];
  /** Each with the last act of its audit log. */
  readonly registries: readonly {
    readonly registryId: number;
    readonly position: string;
    readonly audit: { readonly seq: string; readonly hash: string };
  }[];
}

export interface TableSum {
  readonly name: string;
  readonly rows: number;
  /** SHA-256 of the rows as `COPY` writes them, in hexadecimal. */
  readonly sha256: string;
}

/** A backup's content in its order: the head, then of each table its begin, its rows and its sum, then the end. */
export type BackupPart =
  | { readonly part: 'head'; readonly head: BackupHead }
  | { readonly part: 'table'; readonly table: BackupTable }
  | { readonly part: 'rows'; readonly rows: Buffer }
  | { readonly part: 'sum'; readonly sum: TableSum }
  | { readonly part: 'end' };

const LETTERS = { head: 'H', table: 'T', rows: 'R', sum: 'S', end: 'E' } as const;
const GATHERED = 1 << 18;
/** Longer than any row that is taken in; what says more than this is no part. */
const LONGEST = 1 << 28;

/** The bytes of a backup file. */
export async function* writeParts(parts: AsyncIterable<BackupPart>, secret: Buffer): AsyncGenerator<Buffer> {
  const packed = createGzip({ level: 3 });
  // Whoever reads what is packed is told of a failure before it.
  pipeline(encode(parts), packed, () => undefined);
  yield* seal(packed, secret);
}

/**
 * The parts of a backup file.
 *
 * @throws {BackupRefused}
 */
export async function* readParts(path: string, secret: Buffer): AsyncGenerator<BackupPart> {
  const unpacked = createGunzip({ chunkSize: GATHERED });
  pipeline(unseal(path, secret), unpacked, () => undefined);
  // What is not yet read out; a row may hold a file, and come in a thousand pieces.
  let gathered: Buffer[] = [];
  let size = 0;
  let needed = 5;
  let ended = false;
  try {
    for await (const piece of unpacked as AsyncIterable<Buffer>) {
      gathered.push(piece);
      size += piece.length;
      if (size < needed) continue;
      let rest: Buffer = Buffer.concat(gathered);
      for (;;) {
        needed = 5;
        if (rest.length < needed) break;
        const length = rest.readUInt32BE(1);
        if (ended || length > LONGEST) throw new BackupRefused('backup_damaged');
        needed = 5 + length;
        if (rest.length < needed) break;
        const part = decode(rest.toString('latin1', 0, 1), rest.subarray(5, 5 + length));
        ended = part.part === 'end';
        yield part;
        rest = rest.subarray(needed);
      }
      [gathered, size] = [[rest], rest.length];
    }
  } finally {
    unpacked.destroy();
  }
  if (!ended || size > 0) throw new BackupRefused('backup_cut');
}

async function* encode(parts: AsyncIterable<BackupPart>): AsyncGenerator<Buffer> {
  let gathered: Buffer[] = [];
  let size = 0;
  for await (const part of parts) {
    if (part.part === 'rows') {
      gathered.push(part.rows);
      size += part.rows.length;
      if (size < GATHERED) continue;
    }
    if (size > 0) yield frame('rows', Buffer.concat(gathered));
    [gathered, size] = [[], 0];
    if (part.part === 'head') yield frame('head', Buffer.from(JSON.stringify(part.head)));
    if (part.part === 'table') yield frame('table', Buffer.from(JSON.stringify(part.table)));
    if (part.part === 'sum') yield frame('sum', Buffer.from(JSON.stringify(part.sum)));
    if (part.part === 'end') yield frame('end', Buffer.alloc(0));
  }
}

function frame(part: BackupPart['part'], content: Buffer): Buffer {
  const head = Buffer.alloc(5, LETTERS[part], 'latin1');
  head.writeUInt32BE(content.length, 1);
  return Buffer.concat([head, content]);
}

function decode(letter: string, content: Buffer): BackupPart {
  switch (letter) {
    case LETTERS.head:
      return { part: 'head', head: JSON.parse(content.toString()) };
    case LETTERS.table:
      return { part: 'table', table: JSON.parse(content.toString()) };
    case LETTERS.rows:
      return { part: 'rows', rows: content };
    case LETTERS.sum:
      return { part: 'sum', sum: JSON.parse(content.toString()) };
    case LETTERS.end:
      return { part: 'end' };
    default:
      throw new BackupRefused('backup_damaged');
  }
}
