import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { machineOwner } from '../../libs/accounts/machine-owner';
import { addOrg, changeOrg, type OrgChange } from '../../libs/accounts/orgs';
import { knownMigrations, ownerDataSource } from '../../libs/database/data-source';
import { readCities } from '../../libs/funnel/cities';
import { findMoment } from '../../libs/indicators/as-of';
import { readChangedValues } from '../../libs/indicators/changes';
import { readCoverage } from '../../libs/indicators/coverage';
import { findOrgs } from '../../libs/indicators/orgs.queries';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { readMetricValues } from '../../libs/indicators/values';
import { readMonth, readMonths } from '../../libs/ledger/month-overview';
import { readProgress } from '../../libs/targets/progress';
import { findLastReportedMonth } from '../../libs/targets/progress.queries';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const RECRUITED = { registryId: REGISTRY, keys: ['registry.recruited'], period: '2023-01' };

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening(), entry({ occurredOn: '2023-01-10', quantity: '7' }));
});

afterEach(() => database.drop());

function add(code: string, parent = 'P'): Promise<unknown> {
  return database.source.transaction(async (manager) => {
    const owner = await machineOwner(manager, REGISTRY);
    return addOrg(manager, owner, { code, parent, level: 'city', nameZh: `${code}市` });
  });
}

function change(org: string, to: OrgChange): Promise<unknown> {
  return database.source.transaction(async (manager) =>
    changeOrg(manager, await machineOwner(manager, REGISTRY), org, to),
  );
}

async function lastPosition(): Promise<string> {
  const [head] = await database.source.query('select position from registry_head where registry_id = 1');
  return head.position;
}

async function namesAt(position?: string): Promise<string[]> {
  return (await findOrgs(database.source.manager, REGISTRY, position)).map(({ org, nameZh }) => `${org} ${nameZh}`);
}

async function table(position?: string): Promise<string[]> {
  const values = await readMetricValues(database.source, { ...RECRUITED, by: 'org', position });
  return values.map(({ org, own, state }) => `${org}${own ? ' own' : ''} ${state}`);
}

describe('the orgs as of a position (R2)', () => {
  it('are those that the ledger had then, under the names that they had then', async () => {
    const then = await lastPosition();
    await add('CC');
    const between = await lastPosition();
    await change('B', { nameZh: '新乙市', closedOn: '2024-12-31' });

    const before = ['P 测试省', 'A 甲市', 'A1 甲一县', 'B 乙市'];
    expect(await namesAt('0')).toEqual(before);
    expect(await namesAt(then)).toEqual(before);
    expect(await namesAt(between)).toEqual([...before, 'CC CC市']);
    expect(await namesAt(await lastPosition())).toEqual(['P 测试省', 'A 甲市', 'A1 甲一县', 'B 新乙市', 'CC CC市']);
    expect(await namesAt()).toEqual(await namesAt(await lastPosition()));
    const stood = await findOrgs(database.source.manager, REGISTRY, then);
    expect(stood.map(({ closedOn }) => closedOn)).toEqual([null, null, null, null]);
    const writes = await database.source.query(
      'select recorded_by, source from ledger_write where position > $1 order by position',
      [then],
    );
    expect(writes).toEqual([1, 2].map(() => ({ recorded_by: expect.any(String), source: 'org' })));
  });

  it('are kept for changes in psql too, one position a transaction, and nothing that makes no difference', async () => {
    const then = BigInt(await lastPosition());
    await database.source.transaction(async (manager) => {
      await manager.query(
        `insert into org values (1, 'D', 'P', 'city', '丁', 'D'), (1, 'D1', 'D', 'county', '丁一', 'D1')`,
      );
      await manager.query(`update org set name_zh = '丁市' where org = 'D'`);
      await manager.query(`update org set name_zh = name_zh`);
    });

    const kept = await database.source.query(
      `select org, version, position, name_zh as name from org_history where position > 0 order by org, version`,
    );
    const position = String(then + 1n);
    expect(kept).toEqual([
      { org: 'D', version: 1, position, name: '丁' },
      { org: 'D', version: 2, position, name: '丁市' },
      { org: 'D1', version: 1, position, name: '丁一' },
    ]);
    expect(await namesAt(position)).toContain('D 丁市');
    expect(await namesAt(String(then))).not.toContain('D 丁市');
  });

  it('are the rows of a table by org: one added later has no row, and no report is missing of it', async () => {
    await recompute(database.source, REGISTRY);
    const then = await lastPosition();
    await add('CC');

    expect(await table(then)).toEqual(['P own missing', 'A value', 'B missing']);
    expect(await table(await lastPosition())).toEqual(['P own missing', 'A value', 'B missing', 'CC missing']);
    expect(await table()).toEqual(await table(await lastPosition()));
  });

  it('that were added between two moments are told with what they brought', async () => {
    await recompute(database.source, REGISTRY);
    const since = await lastPosition();
    await add('A0');
    await append(database.source, entry({ org: 'A0', occurredOn: '2023-01-11', quantity: '5' }));
    await recompute(database.source, REGISTRY);

    const { changed } = await readChangedValues(database.source, { ...RECRUITED, by: 'org', since });
    expect(changed.map(({ then, now, difference }) => [now.org, then.value, now.value, difference])).toEqual([
      ['A0', null, '5', null],
    ]);
  });

  it('are those of whom it is said how many had reported', async () => {
    const { manager } = database.source;
    const then = await findMoment(manager, REGISTRY, await lastPosition());
    await add('CC');
    await append(database.source, entry({ org: 'B', occurredOn: '2023-01-12' }));
    const [key] = RECRUITED.keys as [string];
    await recompute(database.source, REGISTRY);
    const now = await findMoment(manager, REGISTRY, await lastPosition());

    const told = async (asOf?: typeof now) =>
      (await readCoverage(manager, REGISTRY, 'P', '2023-01', [key], asOf)).get(key);
    expect(await told(then)).toEqual({ owe: 2, reported: 1 });
    expect(await told(now)).toEqual({ owe: 3, reported: 2 });
    expect(await told()).toEqual({ owe: 3, reported: 2 });
  });

  it('are those of whom half make a month reported', async () => {
    const { manager } = database.source;
    await add('CC');
    await add('DD');
    await append(database.source, entry({ org: 'B', occurredOn: '2023-01-12' }), entry({ occurredOn: '2023-02-10' }));
    await recompute(database.source, REGISTRY);
    const orgsAsOf = await lastPosition();
    await add('EE');

    const root = { registryId: REGISTRY, org: 'P' };
    expect(await findLastReportedMonth(manager, { ...root, orgsAsOf }, '2023-02')).toBe('2023-01');
    expect(await findLastReportedMonth(manager, root, '2023-02')).toBeNull();
    const progress = (of: object) =>
      readProgress(database.source, { ...root, period: '2023', on: '2023-02-28', ...of });
    expect((await progress({ orgsAsOf })).countedTo).toBe('2023-01-31');
    expect((await progress({})).countedTo).toBe('2023-02-28');
  });

  it('are the cities that are compared', async () => {
    await append(database.source, ...caseEntries('2023-01-15', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]));
    const then = await lastPosition();
    await add('CC');

    const compared = async (asOf?: string) => {
      const pair = { from: 'screen_requested', to: 'screen_agreed' };
      const asked = { registryId: REGISTRY, org: 'P', period: '2023', ...pair, asOf };
      return (await readCities(database.source, asked)).cities.map(({ org, own }) => `${org}${own ? ' own' : ''}`);
    };
    expect(await compared(then)).toEqual(['P own', 'A', 'B']);
    expect(await compared()).toEqual(['P own', 'A', 'B', 'CC']);
  });

  it('are those that owed a month when it was closed', async () => {
    await closeAndRecompute(database.source, REGISTRY, '2023-01', 'tester', '乙市无业务');
    await add('CC');
    await change('B', { nameZh: '新乙市' });

    const reach = { registryId: REGISTRY, org: 'P', orgs: new Set(['P', 'A', 'A1', 'B', 'CC']) };
    const { manager } = database.source;
    const names = async (month: string) => (await readMonth(manager, reach, month)).orgs.map(({ name }) => name.zh);
    expect(await names('2023-01')).toEqual(['甲市', '乙市']);
    expect(await names('2023-02')).toEqual(['甲市', '新乙市', 'CC市']);
    const months = await readMonths(manager, reach);
    expect(months.slice(-2).map(({ month, submitting }) => [month, submitting])).toEqual([
      ['2023-02', 3],
      ['2023-01', 2],
    ]);
  });
});

describe('the history of orgs', () => {
  it('is neither changed nor removed, nor is an org that it tells of', async () => {
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    try {
      await expect(owner.query(`update org_history set name_zh = ''`)).rejects.toThrow('append-only');
      await expect(owner.query('delete from org_history')).rejects.toThrow('append-only');
      await expect(owner.query(`delete from org where org = 'B'`)).rejects.toThrow('org_history_org_fkey');
      await expect(database.source.query(`insert into org_history select * from org_history`)).rejects.toThrow(
        'permission denied',
      );
    } finally {
      await owner.end();
    }
  });

  it('holds nobody up who logs meanwhile, nor is it held up', async () => {
    const rounds = Array.from({ length: 12 }, (_, at) => at);
    const done = await Promise.allSettled(
      rounds.flatMap((at) => [
        append(database.source, entry({ org: 'P', occurredOn: '2023-01-10' })),
        add(`N${at}`),
        change('P', { nameZh: `省${at}` }),
      ]),
    );
    expect(done.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(await namesAt(await lastPosition())).toEqual(await namesAt());
  });

  it('of a ledger that has none yet begins with the orgs that there are', async () => {
    const name = `test_${randomBytes(6).toString('hex')}`;
    const server = new Client({ connectionString: process.env.TEST_OWNER_URL });
    await server.connect();
    await server.query(`create database ${name} template template0`);
    const url = Object.assign(new URL(process.env.TEST_OWNER_URL ?? ''), { pathname: `/${name}` }).href;
    const all = knownMigrations();
    const earlier = all.filter((one) => !one.startsWith('KeepOrgsHistory'));
    const older = await ownerDataSource(url, earlier).initialize();
    await older.runMigrations();
    await createSmallRegistry(older);
    await older.query(`insert into entry (registry_id, id, kind, org, occurred_on)
      values (1, gen_random_uuid(), 'RecruitmentRegistered', 'A', '2023-01-02')`);
    await older.destroy();

    const migrated = await ownerDataSource(url, all).initialize();
    try {
      await migrated.runMigrations();
      expect((await findOrgs(migrated.manager, REGISTRY, '0')).map(({ nameZh }) => nameZh)).toEqual([
        ...['测试省', '甲市', '甲一县', '乙市'],
      ]);
      expect(await findOrgs(migrated.manager, REGISTRY, '1')).toEqual(await findOrgs(migrated.manager, REGISTRY));
    } finally {
      await migrated.destroy();
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    }
  });
});
