import { Client } from 'pg';
import { ledgerHandlers } from '../../apps/worker/handlers';
import { recompute } from '../../libs/indicators/recompute';
import { appendEntries } from '../../libs/ledger/append';
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

  it('say in both languages how many values have drifted, and nothing when none has', async () => {
    const verify = () => ledgerHandlers(database.source).verify({});
    expect(await saidDuring(verify)).toBe('');
    await asOwner(`update metric_value set value = value + 1 where registry_id = 2 and org = 'P' and period = '2024'`);
    expect(await saidDuring(verify)).toMatch(/资料库 2 有 \d+ 个数值与台账不符.* values of registry 2 are not what/);
  });
});
