import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { drill } from '../../libs/backup/drill';
import { findDrills } from '../../libs/backup/drill.queries';
import { readDrills } from '../../libs/backup/read-drills';
import { DomainError } from '../../libs/core/domain-error';
import { recompute } from '../../libs/indicators/recompute';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let owner: Client;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marrow-drill-'));
  database = await createTestDatabase();
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await createSmallRegistry(database.source);
  await append(database.source, entry(), entry());
  await recompute(database.source, REGISTRY);
});

afterAll(async () => {
  await owner?.query(`drop database if exists ${beside()}`);
  await owner?.end();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const place = (fields: object = {}) => ({
  databaseUrl: database.url,
  ownerUrl: database.ownerUrl,
  folder,
  secret: () => Promise.resolve(Buffer.from('a passphrase of some length')),
  ...fields,
});

const beside = () => `${new URL(database.ownerUrl).pathname.slice(1)}_drill`;

async function lastDrill() {
  const [last] = await findDrills(database.source.manager, REGISTRY, 1);
  return last;
}

async function databasesOfDrills(): Promise<string[]> {
  const { rows } = await owner.query(`select datname from pg_database where datname = $1`, [beside()]);
  return rows.map(({ datname }) => datname);
}

describe('a drill', () => {
  it('proves that a backup of now restores and verifies, keeps that, and leaves no second database', async () => {
    await drill(database.source, place(), 'system');

    const [file] = await readdir(folder);
    expect(await lastDrill()).toMatchObject({
      file,
      entries: '2',
      drift: '0',
      audit: { broken: 0 },
      problem: null,
    });
    expect(Number((await lastDrill())?.checked)).toBeGreaterThan(0);
    expect(await databasesOfDrills()).toEqual([]);
    const { rows } = await owner.query(`select actor, act, thing, result, detail from audit_act`);
    expect(rows).toContainEqual({
      ...{ actor: 'system', act: 'backup.drill', thing: file, result: 'done' },
      detail: { drift: 0, problem: null },
    });
  });

  it('finds in the restored database what is wrong in the office’s, and says so', async () => {
    await owner.query(`update metric_value set value = value + 1 where org = 'P' and period = '2024'`);
    await drill(database.source, place(), 'system');
    await owner.query(`update metric_value set value = value - 1 where org = 'P' and period = '2024'`);

    const last = await lastDrill();
    expect(Number(last?.drift)).toBeGreaterThan(0);
    expect(last?.problem).toMatchObject({ code: 'drill_found', zh: expect.stringContaining('复核不符') });
  });

  it('says so when the login may not make a database; the backup is kept', async () => {
    const before = (await readdir(folder)).length;
    await drill(database.source, place({ ownerUrl: database.url }), 'system');

    expect(await lastDrill()).toMatchObject({
      file: expect.stringMatching(/^marrow-.*\.mlbackup$/),
      drift: null,
      problem: { code: 'drill_no_right' },
    });
    expect((await readdir(folder)).length).toBe(before + 1);
  });

  it('leaves the database of one that is running alone', async () => {
    const name = beside();
    await owner.query(`create database ${name}`);
    await owner.query(`comment on database ${name} is 'marrow-ledger drill'`);
    await owner.query('select pg_advisory_lock(727166, 4)');
    await drill(database.source, place(), 'system');
    await owner.query('select pg_advisory_unlock(727166, 4)');

    expect(await lastDrill()).toMatchObject({ file: null, problem: { code: 'drill_running' } });
    expect(await databasesOfDrills()).toEqual([name]);
  });

  it('takes the place of one that was killed', async () => {
    expect(await databasesOfDrills()).toEqual([beside()]);
    await drill(database.source, place(), 'system');

    expect(await lastDrill()).toMatchObject({ drift: '0', problem: null });
    expect(await databasesOfDrills()).toEqual([]);
  });

  it('leaves a database alone that no drill has made, and says so', async () => {
    const name = beside();
    await owner.query(`create database ${name}`);
    try {
      await drill(database.source, place(), 'system');

      expect(await lastDrill()).toMatchObject({ drift: null, problem: { code: 'drill_database_taken' } });
      expect(await databasesOfDrills()).toEqual([name]);
    } finally {
      await owner.query(`drop database if exists ${name}`);
    }
  });

  it('keeps why it failed when there is no key', async () => {
    const secret = () => Promise.reject(new DomainError('backup_key_missing', { zh: '读不到', en: 'not read' }));
    await drill(database.source, place({ secret }), 'system');

    expect(await lastDrill()).toMatchObject({ file: null, problem: { code: 'backup_key_missing', zh: '读不到' } });
  });

  it('is read with the others in pages, the latest first; a mark that is none is refused', async () => {
    const { manager } = database.source;
    const all = await findDrills(manager, REGISTRY, 100);
    const read = (after?: string) => readDrills(manager, REGISTRY, { after, limit: all.length - 1 });

    const first = await read();
    expect(first.drills).toEqual(all.slice(0, -1));
    expect(await read(first.next ?? '')).toEqual({ drills: all.slice(-1), next: null });
    expect((await readDrills(manager, REGISTRY, { limit: all.length })).next).toBeNull();
    for (const mark of ['', '2024', '2024-13-01T00:00:00.000Z']) {
      await expect(read(mark)).rejects.toMatchObject({ code: 'cursor_not_readable' });
    }
  });
});
