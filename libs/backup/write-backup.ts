import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { checkBackup } from './check-backup';
import { beginSnapshot, copyOut, findTables, readHead, writeAlike } from './backup.queries';
import { writeParts, type BackupHead, type BackupPart, type TableSum } from './backup-parts';

export interface Backup {
  readonly path: string;
  readonly bytes: number;
  readonly head: BackupHead;
  readonly tables: readonly TableSum[];
}

const DRAFT = /^marrow-\d{8}-\d{6}\.mlbackup\.\d+\.part$/;
const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Writes one moment of a database into an encrypted file of the folder, reads it back, and only then gives it its name.
 * The job queue is left out, and so are sessions. Needs a login that may read every table. Bounded in memory.
 *
 * @throws {DomainError} when what was written does not read back as it was
 */
export async function writeBackup(databaseUrl: string, folder: string, secret: Buffer): Promise<Backup> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeAbandoned(folder);
  const path = join(folder, `marrow-${stampInShanghai(new Date())}.mlbackup`);
  const draft = `${path}.${process.pid}.part`;
  try {
    const written = await writeDraft(databaseUrl, draft, secret);
    const tables = await checkBackup(draft, secret);
    if (JSON.stringify(tables) !== JSON.stringify(written.tables)) throw new Error('the backup reads back otherwise');
    await rename(draft, path);
    return { path, bytes: (await stat(path)).size, ...written };
  } finally {
    await rm(draft, { force: true });
  }
}

/** Drafts of killed processes. What is at work on one of another machine is not seen, but none takes a day. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!DRAFT.test(name)) continue;
    const path = join(folder, name);
    const written = await stat(path).catch(() => undefined);
    if (written && Date.now() - written.mtimeMs > DAY_MS) await rm(path, { force: true });
  }
}

async function writeDraft(
  databaseUrl: string,
  draft: string,
  secret: Buffer,
): Promise<{ head: BackupHead; tables: TableSum[] }> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'marrow-ledger backup' });
  client.on('error', () => undefined);
  const file = await open(draft, 'wx', 0o600);
  try {
    await client.connect();
    await writeAlike(client);
    await beginSnapshot(client);
    const head = await readHead(client);
    const tables: TableSum[] = [];
    for await (const bytes of writeParts(readDatabase(client, head, tables), secret)) await file.writeFile(bytes);
    await file.sync();
    return { head, tables };
  } finally {
    await client.end().catch(() => undefined);
    await file.close();
  }
}

async function* readDatabase(client: Client, head: BackupHead, sums: TableSum[]): AsyncGenerator<BackupPart> {
  yield { part: 'head', head };
  for (const table of await findTables(client)) {
    yield { part: 'table', table };
    const hash = createHash('sha256');
    const rows = copyOut(client, table);
    for await (const piece of rows as AsyncIterable<Buffer>) {
      hash.update(piece);
      yield { part: 'rows', rows: piece };
    }
    const sum = { name: table.name, rows: rows.rowCount, sha256: hash.digest('hex') };
    sums.push(sum);
    yield { part: 'sum', sum };
  }
  yield { part: 'end' };
}

/** `20250110-093015` in Asia/Shanghai. */
function stampInShanghai(at: Date): string {
  const text = at.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' });
  return text.replaceAll(/[-:]/g, '').replace(' ', '-');
}
