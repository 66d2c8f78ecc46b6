import { Client } from 'pg';
import { ledgerHandlers } from '../../apps/worker/handlers';
import { recompute } from '../../libs/indicators/recompute';
import { appendEntries } from '../../libs/ledger/append';
import { importFile, stageFile } from '../support/importing';
import { createSmallRegistry, entry, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  for (const registryId of [1, 2]) await createSmallRegistry(database.source, registryId);
});

afterAll(() => database?.drop());

async function asOwner(statement: string): Promise<void> {
  const client = new Client(database.ownerUrl);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function log(): Promise<void> {
  for (const registryId of [1, 2]) await appendEntries(database.source, [entry()], { ...WRITER, registryId });
}

async function marked(): Promise<number[]> {
  const rows = await database.source.query('select distinct registry_id as id from recompute_mark');
  return rows.map(({ id }: { id: number }) => id);
}

async function imported(name = 'today'): Promise<string> {
  const row = 'RecruitmentRegistered,A,2024-05-10,1,,,,';
  return (await importFile(database.source, [`${row}${name}`], { name })).importId;
}

/** What the program says meanwhile. */
async function saidDuring(work: () => Promise<void>): Promise<string> {
  const written: string[] = [];
  const channel = jest.spyOn(process.stdout, 'write').mockImplementation((piece) => written.push(String(piece)) > 0);
  await work().finally(() => channel.mockRestore());
  return written.join('');
}

describe('the jobs over all registries', () => {
  it('sweep the others when the values of one cannot be kept', async () => {
    await log();
    await asOwner('alter table metric_value add constraint broken check (registry_id <> 1)');
    await expect(ledgerHandlers(database.source).sweep({})).rejects.toThrow('broken');
    expect(await marked()).toEqual([1]);
  });

  it('verify the others when one cannot be verified', async () => {
    await asOwner('alter table metric_value drop constraint broken');
    for (const registryId of [1, 2]) await recompute(database.source, registryId);
    await asOwner('alter table verification add constraint broken check (registry_id <> 1)');
    await expect(ledgerHandlers(database.source).verify({})).rejects.toThrow('broken');
    await asOwner('alter table verification drop constraint broken');
    expect(await database.source.query('select registry_id as id from verification')).toEqual([{ id: 2 }]);
  });

  it('forget the files of imports that have been over for as long as the office keeps them', async () => {
    const { source } = database;
    const [kept, old, open] = [await imported(), await imported('a week ago'), (await stageFile(source, [])).importId];
    await source.query(`update import set finished_at = now() - interval '8 days' where import_id = $1`, [old]);
    const filesLeft = async () => {
      const rows = await source.query('select distinct import_id as id from import_file order by 1');
      return rows.map(({ id }: { id: string }) => id);
    };
    await ledgerHandlers(source).verify({});
    expect(await filesLeft()).toEqual([kept, old, open].sort());
    process.env.IMPORT_FILE_DAYS = '7';
    const handlers = ledgerHandlers(source);
    delete process.env.IMPORT_FILE_DAYS;
    await handlers.verify({});
    expect(await filesLeft()).toEqual([kept, open].sort());
  });

  it('say in both languages how many values have drifted, and nothing when none has', async () => {
    const verify = () => ledgerHandlers(database.source).verify({});
    expect(await saidDuring(verify)).toBe('');
    await asOwner(`update metric_value set value = value + 1 where registry_id = 2 and org = 'P' and period = '2024'`);
    expect(await saidDuring(verify)).toMatch(/资料库 2 有 \d+ 个数值与台账不符.* values of registry 2 are not what/);
  });
});
