import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { startedJob } from '../accounts/started-job';
import { DomainError } from '../core/domain-error';
import { applicationDataSource } from '../database/data-source';
import { verify } from '../indicators/verify';
import { findRegistries } from '../indicators/registry.queries';
import { createDatabase, dropDatabase, takeDrill } from './backup.queries';
import { countEntries, insertDrill, type DrillRow } from './drill.queries';
import { restoreBackup } from './restore-backup';
import { writeBackup } from './write-backup';

export interface DrillPlace {
  readonly databaseUrl: string;
  /** A login that may read every table and make a database. */
  readonly ownerUrl: string;
  readonly folder: string;
  /** What backups are encrypted with. */
  readonly secret: () => Promise<Buffer>;
}

/** How many backups stay in the drill's folder: two weeks of nights. */
const KEPT = 14;

const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Makes a backup, restores it into a database of its own beside the office's, recounts every value and the audit log
 * there, and drops it. Keeps for each registry how that went, also when it failed, and the newest 14 backups.
 *
 * @returns what was kept, one row a registry
 */
export async function drill(source: DataSource, place: DrillPlace, actor: string): Promise<DrillRow[]> {
  const startedAt = new Date();
  const registries = await findRegistries(source.manager);
  const rows: DrillRow[] = registries.map(({ registryId }) => ({ registryId, startedAt, ...NOTHING_YET }));
  const [first] = rows;
  if (!first) return [];
  try {
    await restoreBeside(place, rows);
    await keepNewest(place.folder);
  } catch (error) {
    const problem = problemOf(error);
    for (const row of rows) row.problem ??= problem;
  }
  for (const row of rows) {
    const { registryId, file, drift, problem } = row;
    await startedJob(
      source,
      { registryId, actor, act: 'backup.drill', thing: file },
      () => insertDrill(source.manager, row),
      () => ({ drift, problem: problem?.code ?? null }),
    );
  }
  return rows;
}

const NOTHING_YET = {
  file: null,
  bytes: null,
  entries: null,
  checked: null,
  drift: null,
  audit: null,
  problem: null,
} as const;

async function restoreBeside(place: DrillPlace, rows: DrillRow[]): Promise<void> {
  const server = new Client({ connectionString: place.ownerUrl, application_name: 'marrow-ledger drill' });
  server.on('error', () => undefined);
  await server.connect();
  const name = `${databaseOf(place.ownerUrl)}_drill`;
  try {
    if (!(await takeDrill(server))) throw running();
    const secret = await place.secret();
    const backup = await writeBackup(place.ownerUrl, place.folder, secret);
    for (const row of rows) Object.assign(row, { file: basename(backup.path), bytes: backup.bytes });
    const created = await createDatabase(server, name).catch((error: { code?: string }) => {
      throw error.code === INSUFFICIENT_PRIVILEGE ? noRight() : error;
    });
    if (!created) throw nameTaken(name);
    try {
      await recount(place, name, backup.path, secret, rows);
    } finally {
      await dropDatabase(server, name).catch(() => undefined);
    }
  } finally {
    await server.end();
  }
}

async function recount(place: DrillPlace, name: string, path: string, secret: Buffer, rows: DrillRow[]): Promise<void> {
  const login = decodeURIComponent(new URL(place.databaseUrl).username);
  const { head } = await restoreBackup(path, secret, elsewhere(place.ownerUrl, name), login);
  const present = head.registries.map(({ registryId }) => registryId);
  const restored = await applicationDataSource(elsewhere(place.databaseUrl, name), 2).initialize();
  try {
    for (const row of rows) await judge(restored, row, present);
  } finally {
    await restored.destroy();
  }
}

async function judge(restored: DataSource, row: DrillRow, present: readonly number[]): Promise<void> {
  // One that was made after the backup's moment has its turn the next time.
  if (!present.includes(row.registryId)) return;
  const { checked, drift, audit, seals } = await verify(restored, row.registryId);
  const { checked: acts, broken, seq, hash } = audit;
  Object.assign(row, { checked, drift, audit: { checked: acts, broken, seq, hash } });
  row.entries = await countEntries(restored.manager, row.registryId);
  if (drift > 0 || broken > 0 || seals.drift > 0) {
    row.problem = {
      code: 'drill_found',
      zh: `恢复出的数据库复核不符：数值 ${drift} 个，审计记录 ${broken} 处，封存 ${seals.drift} 处。请在正式库运行 verify 查看。`,
      en: `The restored database does not verify: ${drift} values, ${broken} places of the audit log, ${seals.drift} of the seals. Run verify on the office's.`,
    };
  }
}

async function keepNewest(folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((name) => /^marrow-\d{8}-\d{6}\.mlbackup$/.test(name)).sort();
  for (const name of files.slice(0, -KEPT)) await rm(join(folder, name));
}

function problemOf(error: unknown): DrillRow['problem'] {
  if (error instanceof DomainError) return { code: error.code, ...error.sentence };
  const { message } = error as Error;
  return { code: 'drill_failed', zh: `演练未能完成：${message}`, en: `The drill could not be finished: ${message}` };
}

function running(): DomainError {
  return new DomainError('drill_running', {
    zh: '另一次演练正在进行，请稍后再试。',
    en: 'Another drill is running; try again later.',
  });
}

function nameTaken(name: string): DomainError {
  return new DomainError('drill_database_taken', {
    zh: `备份已完成，但数据库“${name}”已存在且不是演练建立的，为免误删未能试恢复。确认不再需要后请将它改名或删除。`,
    en: `The backup was made, but a database "${name}" stands that no drill has made; it was left alone and nothing was restored. Rename or drop it if nobody needs it.`,
  });
}

function noRight(): DomainError {
  return new DomainError('drill_no_right', {
    zh: '备份已完成，但当前数据库登录名无权新建数据库，未能试恢复。请数据库管理员执行 alter role … createdb，或用 DATABASE_OWNER_URL 指定有此权限的登录名。',
    en: 'The backup was made, but this login may not create a database, so that it was not restored. Have the administrator run alter role … createdb, or name a login that may in DATABASE_OWNER_URL.',
  });
}

function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

function elsewhere(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${encodeURIComponent(database)}` }).href;
}
