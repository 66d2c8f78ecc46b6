import { machineOwner } from '../../libs/accounts/machine-owner';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { reopenMonths } from '../../libs/ledger/months';
import { chooseSetting } from '../../libs/ledger/settings';
import { openListFile } from '../../libs/reports/list-file';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database.drop());

async function lineOf(name: string, asOf?: string, period = '2023-01', key = 'registry.recruited') {
  const { head } = await openListFile(database.source, { registryId: REGISTRY, key, period, asOf });
  return head.find(([called]) => called === name)?.[1];
}

async function position(): Promise<string> {
  return (await database.source.query('select position from registry_head'))[0].position;
}

async function close(): Promise<string> {
  const [seal] = await closeAndRecompute(database.source, REGISTRY, '2023-01', 'tester');
  return seal!.hash;
}

describe('the file of a list', () => {
  it('prints the seal as soon as its month is closed, and at each past moment the one that stood', async () => {
    await append(database.source, entry({ occurredOn: '2023-01-05', quantity: '30' }));
    await recompute(database.source, REGISTRY);
    const open = await position();
    expect(await lineOf('封存')).toBeUndefined();

    const first = `2023-01 第 1 号 SHA-256 ${await close()}`;
    const closed = await position();
    expect(await lineOf('封存')).toBe(first);

    const { source } = database;
    await source.transaction((manager) => reopenMonths(manager, REGISTRY, '2023-01', 'tester', '补录'));
    expect(await lineOf('封存')).toBeUndefined();
    await append(source, entry({ occurredOn: '2023-01-06', quantity: '3' }));
    const reopened = await position();
    const second = `2023-01 第 2 号 SHA-256 ${await close()}`;

    expect(await lineOf('封存')).toBe(second);
    const past = [open, closed, reopened, await position()].map((at) => lineOf('封存', at));
    expect(await Promise.all(past)).toEqual([undefined, first, undefined, second]);
    expect(await lineOf('封存', 'seal:2023-01#1')).toBe(first);
  });

  it('tells the seal that it was asked by from one of its own period', async () => {
    await append(database.source, entry({ occurredOn: '2023-01-05' }));
    const hash = await close();
    expect(await lineOf('回看到', 'seal:2023-01', '2023')).toBe(`2023-01 第 1 号 SHA-256 ${hash}`);
    expect(await lineOf('封存', 'seal:2023-01', '2023')).toBeUndefined();
    expect(await lineOf('回看到', 'seal:2023-01')).toBeUndefined();
  });

  it('names the version as people read it', async () => {
    const owner = await machineOwner(database.source.manager, REGISTRY);
    const input = { key: 'revisited', choice: 'reached', since: '2023-01', reason: '按年报口径' };
    await append(database.source, entry({ occurredOn: '2023-01-05' }));
    await database.source.transaction((manager) => chooseSetting(manager, owner, input));
    await recompute(database.source, REGISTRY);
    expect(await lineOf('口径版本', undefined, '2023-01', 'retention.revisited')).toBe('1.1');
  });
});
