import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { knownMigrations } from '../database/data-source';
import { migrate } from '../database/migrate';
import { checkBackup } from './check-backup';
import {
  analyse,
  beginRestore,
  commit,
  continueSequences,
  copyIn,
  copyOut,
  findFilledTable,
  findMigrations,
  findTables,
  hasOtherTables,
  setTriggers,
  writeAlike,
} from './backup.queries';
import { readParts, type BackupHead, type BackupPart, type BackupTable, type TableSum } from './backup-parts';
import { BackupRefused } from './backup-refused';
import { RowSum } from './row-sum';

export interface Restored {
  readonly head: BackupHead;
  readonly tables: readonly TableSum[];
}

/**
 * Brings a backup back into an empty database, all or nothing: the structure as it was, every row as it was, compared
 * with the backup's own once it lies there; then the structure of this version of the program. Nothing is
 * written, migrations aside, before the whole file has been read and found well.
 *
 * @param ownerUrl the login that owns the tables, or will
 * @param applicationLogin who works with them afterwards
 * @throws {DomainError}
 */
export async function restoreBackup(
  path: string,
  secret: Buffer,
  ownerUrl: string,
  applicationLogin: string,
): Promise<Restored> {
  const head = await headOf(path, secret);
  const known = knownMigrations();
  if (head.migrations.some((name) => !known.includes(name))) throw new BackupRefused('backup_newer');
  await checkBackup(path, secret);
  await requireEmpty(ownerUrl, head);
  await migrate(ownerUrl, applicationLogin, head.migrations);
  const tables = await withOwner(ownerUrl, (client) => copyBack(client, path, secret));
  await migrate(ownerUrl, applicationLogin);
  return { head, tables };
}

/** @throws {BackupRefused} */
export async function headOf(path: string, secret: Buffer): Promise<BackupHead> {
  for await (const part of readParts(path, secret)) {
    if (part.part === 'head') return part.head;
    break;
  }
  throw new BackupRefused('backup_damaged');
}

async function requireEmpty(ownerUrl: string, head: BackupHead): Promise<void> {
  await withOwner(ownerUrl, async (client) => {
    const migrations = await findMigrations(client);
    if (migrations.length === 0) {
      if (await hasOtherTables(client)) throw new BackupRefused('restore_not_empty');
      return;
    }
    const filled = await findFilledTable(client);
    if (filled !== undefined) throw new BackupRefused('restore_not_empty', { table: filled });
    const same =
      migrations.length === head.migrations.length && migrations.every((one) => head.migrations.includes(one));
    if (!same) throw new BackupRefused('restore_structure_differs');
  });
}

async function copyBack(client: Client, path: string, secret: Buffer): Promise<TableSum[]> {
  await beginRestore(client);
  const tables = await findTables(client);
  await setTriggers(client, tables, false);
  const written: { table: BackupTable; sum: TableSum; rows: RowSum }[] = [];
  const parts = readParts(path, secret);
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    if (next.value.part !== 'table') continue;
    const { table } = next.value;
    let sum: TableSum | undefined;
    const rows = new RowSum();
    const pieces = rowsOf(parts, rows, (one) => (sum = one));
    await pipeline(Readable.from(pieces), copyIn(client, table));
    if (!sum) throw new BackupRefused('backup_cut');
    written.push({ table, sum, rows });
  }
  await continueSequences(client, tables);
  await setTriggers(client, tables, true);
  for (const { table, rows } of written) {
    // PostgreSQL puts a short row where there is room, which is not always behind the one before it.
    const restored = new RowSum();
    for await (const piece of copyOut(client, table) as AsyncIterable<Buffer>) restored.update(piece);
    if (!restored.equals(rows)) throw new BackupRefused('restore_differs', { table: table.name });
  }
  await commit(client);
  await analyse(client);
  return written.map(({ sum }) => sum);
}

/** The rows up to the table's sum. */
async function* rowsOf(
  parts: AsyncGenerator<BackupPart>,
  rows: RowSum,
  end: (sum: TableSum) => void,
): AsyncGenerator<Buffer> {
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    if (next.value.part === 'rows') {
      rows.update(next.value.rows);
      yield next.value.rows;
    }
    if (next.value.part === 'sum') return end(next.value.sum);
  }
}

async function withOwner<Result>(ownerUrl: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'marrow-ledger restore' });
  // A connection that breaks is told of by what is asked of it next.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await writeAlike(client);
    return await work(client);
  } finally {
    await client.end();
  }
}
