import { Client } from 'pg';
import { rebuild, recompute } from '../../libs/indicators/recompute';
import { readMetricValues, type Value } from '../../libs/indicators/values';
import { verify } from '../../libs/indicators/verify';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let application: Client;
let owner: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  application = new Client({ connectionString: database.url });
  owner = new Client({ connectionString: database.ownerUrl });
  await Promise.all([application.connect(), owner.connect()]);
});

afterEach(() => Promise.all([application.query('rollback'), owner.query('rollback')]));

afterAll(async () => {
  await Promise.all([application?.end(), owner?.end()]);
  await database?.drop();
});

async function insertOrg(...orgs: [org: string, parent: string][]): Promise<void> {
  const rows = orgs.map(([org, parent]) => `(1, '${org}', '${parent}', 'county', '${org}', '${org}')`);
  await application.query(`insert into org (registry_id, org, parent, level, name_zh, name_en) values ${rows.join()}`);
}

async function recruited(org: string, own: boolean): Promise<Value | undefined> {
  const keys = ['registry.recruited'];
  const [value] = await readMetricValues(database.source, { registryId: REGISTRY, period: '2024-05', org, own, keys });
  return value;
}

describe('an org that gets its first child', () => {
  it('keeps the figures of its own entries, before and after its next entry', async () => {
    await append(database.source, entry({ org: 'B', quantity: '6' }));
    await recompute(database.source, REGISTRY);

    await insertOrg(['B1', 'B']);

    expect(await recruited('B', true)).toMatchObject({ state: 'value', value: '6' });
    expect(await verify(database.source, REGISTRY)).toMatchObject({ drift: 0, waiting: 0 });

    await append(database.source, entry({ org: 'B1', quantity: '30' }), entry({ org: 'B', quantity: '1' }));
    await recompute(database.source, REGISTRY);
    expect([(await recruited('B', true))?.value, (await recruited('B', false))?.value]).toEqual(['7', '37']);
    expect([(await recruited('B1', true))?.value, (await recruited('B1', false))?.value]).toEqual(['30', '30']);
    expect(await verify(database.source, REGISTRY)).toMatchObject({ drift: 0, waiting: 0 });
  });
});

describe('the tree of orgs', () => {
  const parentOf = (org: string, parent: string) =>
    `update org set parent = '${parent}' where registry_id = 1 and org = '${org}'`;

  it('never leads back to where it began', async () => {
    await insertOrg(['X', 'P'], ['Y', 'X'], ['Z', 'Y']);

    await expect(application.query(parentOf('X', 'Z'))).rejects.toThrow('org X would lie below itself');
    await expect(application.query(parentOf('X', 'X'))).rejects.toThrow('org X would lie below itself');
    await expect(insertOrg(['U', 'V'], ['V', 'U'])).rejects.toThrow('org V would lie below itself');
    await expect(insertOrg(['U', 'U'])).rejects.toThrow('org U would lie below itself');
    await application.query(parentOf('Z', 'X'));
  });

  it('can be read to its end even if it did', async () => {
    await owner.query('begin');
    await owner.query('alter table org disable trigger org_parent');
    await owner.query(`insert into org (registry_id, org, parent, level, name_zh, name_en) values
      (1, 'U', 'V', 'county', '', ''), (1, 'V', 'U', 'county', '', '')`);
    const { rows } = await owner.query(`select ancestor, org from org_closure where org in ('U', 'V') order by 1, 2`);
    expect(rows.map(({ ancestor, org }) => `${ancestor} ${org}`)).toEqual(['U U', 'U V', 'V U', 'V V']);
  });

  it('is not changed above an entry that is about to be committed (R14)', async () => {
    await insertOrg(['W', 'A']);
    await owner.query('begin');
    await owner.query(
      `insert into entry (registry_id, id, kind, org, occurred_on)
        values (1, gen_random_uuid(), 'RecruitmentRegistered', 'W', '2024-05-02')`,
    );
    const { rows } = await application.query('select pg_backend_pid() as pid');
    const moved = expect(application.query(parentOf('W', 'B'))).rejects.toThrow(
      'org W has entries and keeps its place',
    );
    const waits = `select from pg_stat_activity where pid = ${rows[0].pid} and wait_event_type = 'Lock'`;
    const watcher = database.source;
    while ((await watcher.query(waits)).length === 0);
    await owner.query('commit');
    await moved;
  });
});

describe('a registry that no worker has come to yet', () => {
  it('gets its lock from the first one, and from a rebuild', async () => {
    await createSmallRegistry(database.source, 2);
    for (const compute of [recompute, rebuild]) {
      await owner.query('delete from recompute_head where registry_id = 2');
      await owner.query(
        `insert into entry (registry_id, id, kind, org, occurred_on)
          values (2, gen_random_uuid(), 'RecruitmentRegistered', 'A', '2024-05-02')`,
      );
      await compute(database.source, 2);
      const { rows } = await owner.query('select position from recompute_head where registry_id = 2');
      const head = await owner.query('select position from registry_head where registry_id = 2');
      expect(rows).toEqual(head.rows);
    }
  });
});
