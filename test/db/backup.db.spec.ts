import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { recordAct } from '../../libs/accounts/audit';
import { verifyAudit } from '../../libs/accounts/verify-audit';
import { restoreBackup } from '../../libs/backup/restore-backup';
import { writeBackup, type Backup } from '../../libs/backup/write-backup';
import { applicationDataSource } from '../../libs/database/data-source';
import { resolveAsOf } from '../../libs/indicators/as-of';
import { findOrgs } from '../../libs/indicators/orgs.queries';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { verify } from '../../libs/indicators/verify';
import { readMetricValues } from '../../libs/indicators/values';
import { reverseEntries } from '../../libs/ledger/reverse';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const SECRET = Buffer.from('a passphrase of some length');
const LOGIN = 'marrow_app';

let database: TestDatabase;
let folder: string;
let backup: Backup;
const emptied: string[] = [];
let untouched: ReturnType<typeof emptyDatabase> | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marrow-backup-'));
  database = await createTestDatabase();
  const { source } = database;
  await createSmallRegistry(source);
  await append(
    source,
    ...opening('A'),
    ...opening('B'),
    entry({ occurredOn: '2023-01-05', note: '含\t制表\\N与换行\n' }),
  );
  const taken = entry({ quantity: '12' });
  await append(source, taken, ...caseEntries('2023-02-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]));
  await reverseEntries(source, [{ id: crypto.randomUUID(), reverses: taken.id, justification: '录错' }], WRITER);
  await closeAndRecompute(source, REGISTRY, '2023-01', '李主任', '月度结账');
  await source.query(`update org set name_zh = '新乙市' where org = 'B'`);
  await source.query(`insert into org values (1, 'C', 'P', 'city', '丙市', 'City C')`);
  await recordAct(source.manager, {
    ...{ registryId: REGISTRY, actor: '王芳', act: 'session.begin', thing: null, org: 'A', address: '10.0.0.1' },
    ...{ result: 'refused', detail: { why: '密码\\x 不对' } },
  });
  // Marks that still wait belong to the moment, too.
  await recompute(source, REGISTRY);
  await append(source, entry({ occurredOn: '2023-03-01' }));
  backup = await writeBackup(database.ownerUrl, folder, SECRET);
});

afterAll(async () => {
  for (const name of emptied) await onServer(`drop database if exists ${name} with (force)`);
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: process.env.TEST_OWNER_URL });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function emptyDatabase(): Promise<{ url: string; ownerUrl: string }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  emptied.push(name);
  await onServer(`create database ${name} template template0`);
  const urlOf = (variable: string) =>
    Object.assign(new URL(process.env[variable] ?? ''), { pathname: `/${name}` }).href;
  return { url: urlOf('TEST_APPLICATION_URL'), ownerUrl: urlOf('TEST_OWNER_URL') };
}

async function inDatabase<Result>(url: string, work: (source: DataSource) => Promise<Result>): Promise<Result> {
  const source = await applicationDataSource(url, 2).initialize();
  return work(source).finally(() => source.destroy());
}

/** What the ledger says: now, as of each of its positions, month by month, and its audit chain. */
async function answersOf(source: DataSource): Promise<unknown> {
  const asOf = await source.query(
    `select w.position, count(e.id) filter (where r.id is null) as standing, sum(e.quantity) as quantity
      from ledger_write w left join entry e on e.registry_id = w.registry_id and e.position <= w.position
      left join entry r on r.registry_id = e.registry_id and r.reverses = e.id and r.position <= w.position
      group by w.registry_id, w.position order by 1`,
  );
  const chain = await verifyAudit(source.manager, REGISTRY);
  const values = await readMetricValues(source, { registryId: REGISTRY, period: '2023', by: 'month' });
  const notes = await source.query('select id, note, salt from entry_note');
  const head = await source.query('select position, recorded_at, first_open_month from registry_head');
  return { asOf, chain, values, notes, head, stood: await everyFigureAsOf(source) };
}

/** The orgs and each figure that is not missing, at each position and at the time that it was written. */
async function everyFigureAsOf(source: DataSource): Promise<string[]> {
  const writes: { position: string; at: Date }[] = await source.query(
    'select position, recorded_at as at from ledger_write order by position',
  );
  const stood: string[] = [];
  for (const { position, at } of writes) {
    const { position: found } = await resolveAsOf(source.manager, REGISTRY, at.toISOString());
    const values = await readMetricValues(source, { registryId: REGISTRY, period: '2023', position });
    const known = values.filter(({ state }) => state !== 'missing');
    const orgs = await findOrgs(source.manager, REGISTRY, position);
    stood.push(
      `${position} ${found} ${known.map(({ key, value }) => `${key}=${value}`).join()} ${JSON.stringify(orgs)}`,
    );
  }
  expect(stood.at(-1)).toContain('registry.recruited=');
  expect([stood.at(0)!.includes('新乙市'), stood.at(-1)!.includes('新乙市')]).toEqual([false, true]);
  return stood;
}

async function orderOfValues(source: DataSource): Promise<{ rows: number; inTurn: string; asTheyLie: string }> {
  const [orders] = await source.query(
    `select count(*)::int as rows, md5(string_agg(m::text, ' ' order by key)) as "inTurn",
      md5(string_agg(m::text, ' ' order by ctid)) as "asTheyLie"
      from metric_value m`,
  );
  return orders;
}

async function refusalOf(path: string, secret = SECRET, ownerUrl?: string): Promise<string> {
  // A file is read to its end before anything is written: one empty database is enough for all that are refused.
  untouched ??= emptyDatabase();
  return restoreBackup(path, secret, ownerUrl ?? (await untouched).ownerUrl, LOGIN).then(
    () => 'restored',
    (error: { code?: string }) => error.code ?? String(error),
  );
}

describe('a backup', () => {
  it('is one encrypted file, and nothing else is left in the folder', async () => {
    expect(await readdir(folder)).toEqual([backup.path.split('/').at(-1)]);
    const content = await readFile(backup.path);
    expect(content.length).toBe(backup.bytes);
    for (const text of ['李主任', 'RecruitmentRegistered', 'CREATE', 'registry'])
      expect(content.includes(text)).toBe(false);
  });

  it('takes away the draft of one that was killed, once nobody can be at work on it', async () => {
    const beside = await mkdtemp(join(tmpdir(), 'marrow-backup-'));
    const [left, atWork, others] = [
      'marrow-20250110-023000.mlbackup.71.part',
      'marrow-20250112-023000.mlbackup.71.part',
      'letter.part',
    ] as const;
    for (const name of [left, atWork, others]) await writeFile(join(beside, name), 'half');
    const twoDaysAgo = Date.now() / 1_000 - 2 * 86_400;
    for (const name of [left, others]) await utimes(join(beside, name), twoDaysAgo, twoDaysAgo);
    const { path } = await writeBackup(database.ownerUrl, beside, SECRET);
    expect((await readdir(beside)).sort()).toEqual([others, atWork, path.split('/').at(-1)].sort());
    await rm(beside, { recursive: true });
  });

  it('holds every table but sessions, with what it counted', () => {
    const rows = Object.fromEntries(backup.tables.map(({ name, rows: count }) => [name, count]));
    expect(rows).toMatchObject({ registry: 1, org: 5, org_history: 6, entry: 10, entry_note: 1 });
    expect(rows).toMatchObject({ audit_head: 1, recompute_mark: 1 });
    expect(Object.keys(rows)).not.toEqual(expect.arrayContaining(['session']));
    expect(Object.keys(rows)).not.toEqual(expect.arrayContaining(['migrations']));
    expect(backup.head.registries).toMatchObject([{ registryId: REGISTRY }]);
  });
});

describe('a restored backup', () => {
  it('answers as the original did, as of every position, verifies, and its audit chain holds', async () => {
    const target = await emptyDatabase();

    const restored = await restoreBackup(backup.path, SECRET, target.ownerUrl, LOGIN);

    expect(restored.tables).toEqual(backup.tables);
    const before = await answersOf(database.source);
    await inDatabase(target.url, async (source) => {
      expect(await answersOf(source)).toEqual(before);
      const found = await verify(source, REGISTRY);
      expect(found).toMatchObject({ drift: 0, audit: { broken: 0 }, seals: { checked: 1, drift: 0 } });
      const { seq, hash } = await verifyAudit(source.manager, REGISTRY, [backup.head.registries[0]!.audit]);
      expect({ seq, hash }).toEqual(backup.head.registries[0]!.audit);
    });
  });

  it('goes on: entries are appended, months closed, acts chained, and its triggers stand', async () => {
    const target = await emptyDatabase();
    await restoreBackup(backup.path, SECRET, target.ownerUrl, LOGIN);

    await inDatabase(target.url, async (source) => {
      await append(source, entry({ occurredOn: '2023-03-02' }));
      await closeAndRecompute(source, REGISTRY, '2023-02', '李主任');
      await recompute(source, REGISTRY);
      const found = await verify(source, REGISTRY);
      expect(found).toMatchObject({ drift: 0, waiting: 0, audit: { broken: 0 }, seals: { checked: 2, drift: 0 } });
      await expect(source.query('delete from entry')).rejects.toThrow('permission denied');
    });
    const owner = new Client({ connectionString: target.ownerUrl });
    await owner.connect();
    await expect(owner.query('delete from audit_act')).rejects.toThrow('append-only');
    await expect(owner.query('update entry set quantity = 9')).rejects.toThrow('append-only');
    await owner.end();
  });

  it('is as the original was also when its short rows come to lie elsewhere', async () => {
    const wide = await createTestDatabase();
    const target = await emptyDatabase();
    try {
      await createSmallRegistry(wide.source);
      await wide.source.query(
        `insert into metric_value
          select $1, 'A', false, '2024-05', repeat('k', n * 7919 % 400) || n, 'value', n, 1, 0, now()
          from generate_series(1, 12000) n`,
        [REGISTRY],
      );
      await wide.source.query(`delete from metric_value where value % 3 = 0`);
      const { path } = await writeBackup(wide.ownerUrl, join(folder, 'wide'), SECRET);

      await restoreBackup(path, SECRET, target.ownerUrl, LOGIN);

      const orders = await Promise.all([wide.url, target.url].map((url) => inDatabase(url, orderOfValues)));
      expect(orders[0]?.rows).toBe(8_000);
      expect(orders[1]).toMatchObject({ rows: 8_000, inTurn: orders[0]?.inTurn });
      // Else this has shown nothing.
      expect(orders[1]?.asTheyLie).not.toBe(orders[0]?.asTheyLie);
    } finally {
      await wide.drop();
    }
  });

  it('is of one moment, also when others write meanwhile', async () => {
    let over = false;
    const writers = [1, 2].map(async () => {
      while (!over) {
        await append(database.source, entry({ occurredOn: '2023-04-02' }), entry({ occurredOn: '2023-05-02' }));
        await recompute(database.source, REGISTRY);
      }
    });
    const meanwhile = await writeBackup(database.ownerUrl, join(folder, 'meanwhile'), SECRET);
    over = true;
    await Promise.all(writers);
    const target = await emptyDatabase();
    await restoreBackup(meanwhile.path, SECRET, target.ownerUrl, LOGIN);

    await inDatabase(target.url, async (source) => {
      expect(await verify(source, REGISTRY)).toMatchObject({ drift: 0, audit: { broken: 0 } });
      const [{ odd, position }] = await source.query(
        `select (select count(*)::int % 2 from entry where occurred_on in ('2023-04-02', '2023-05-02')) as odd,
          (select max(position) from entry) as position`,
      );
      expect({ odd, position }).toEqual({ odd: 0, position: meanwhile.head.registries[0]!.position });
    });
  });
});

describe('a restore is refused with a sentence', () => {
  const altered = async (change: (path: string) => Promise<void>): Promise<string> => {
    const path = join(folder, `altered-${randomBytes(4).toString('hex')}`);
    await copyFile(backup.path, path);
    await change(path);
    return path;
  };
  const flipped = (at: number) =>
    altered(async (path) => {
      const content = await readFile(path);
      content[at] = content[at]! ^ 1;
      await writeFile(path, content);
    });

  it('with another key', async () => {
    expect(await refusalOf(backup.path, Buffer.from('another passphrase of some length'))).toBe('backup_key_wrong');
  });

  it('when a byte is flipped, wherever it lies', async () => {
    expect(await refusalOf(await flipped(3))).toBe('backup_not_one');
    expect(await refusalOf(await flipped(10))).toBe('backup_key_wrong');
    for (const at of [41, 44, 100, backup.bytes >> 1, backup.bytes - 1]) {
      expect(await refusalOf(await flipped(at))).toMatch(/^backup_(damaged|cut)$/);
    }
  });

  it('when the file is cut, or something is added to it', async () => {
    for (const length of [0, 20, 40, 42, 50, backup.bytes >> 1, backup.bytes - 1]) {
      expect(await refusalOf(await altered((path) => truncate(path, length)))).toMatch(/^backup_(not_one|cut)$/);
    }
    expect(await refusalOf(await altered((path) => writeFile(path, 'x', { flag: 'a' })))).toBe('backup_damaged');
  });

  it('for a file that is none', async () => {
    expect(await refusalOf(await altered((path) => writeFile(path, 'PK\x03\x04 a workbook, say, '.repeat(9))))).toBe(
      'backup_not_one',
    );
  });

  it('for a path at which there is none, or a folder', async () => {
    for (const path of [join(folder, 'none.mlbackup'), folder, join(folder, 'none', 'none.mlbackup')]) {
      expect(await refusalOf(path)).toBe('backup_not_found');
    }
  });

  it('into a database that holds something, and leaves that as it is', async () => {
    expect(await refusalOf(backup.path, SECRET, database.ownerUrl)).toBe('restore_not_empty');

    const target = await emptyDatabase();
    const owner = new Client({ connectionString: target.ownerUrl });
    await owner.connect();
    await owner.query('create table somebody (name text)');
    expect(await refusalOf(backup.path, SECRET, target.ownerUrl)).toBe('restore_not_empty');
    const { rows } = await owner.query(`select tablename from pg_tables where schemaname = 'public'`);
    expect(rows).toEqual([{ tablename: 'somebody' }]);
    await owner.end();
  });

  it('and leaves no trace in an empty database', async () => {
    untouched ??= emptyDatabase();
    const owner = new Client({ connectionString: (await untouched).ownerUrl });
    await owner.connect();
    const { rows } = await owner.query(`select relname from pg_class where relnamespace = 'public'::regnamespace`);
    await owner.end();
    expect(rows).toEqual([]);
  });

  it('but goes into a database that has the structure and no rows', async () => {
    const target = await createTestDatabase();
    expect(await refusalOf(backup.path, SECRET, target.ownerUrl)).toBe('restored');
    await target.drop();
  });
});
