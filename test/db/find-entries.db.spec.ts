import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { searchEntries } from '../../libs/ledger/find-entries';
import { append, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { source } = database;
  await createSmallRegistry(source);
  const months = Array.from({ length: 18 }, (_, at) => new Date(Date.UTC(2023, at, 1)).toISOString().slice(0, 7));
  const days = months.flatMap((month, at) => Array.from({ length: (at * 7) % 5 }, (_, day) => `${month}-1${day}`));
  await append(source, ...opening(), ...days.map((occurredOn, at) => entry({ occurredOn, org: at % 3 ? 'A1' : 'B' })));
  await recompute(source, REGISTRY);
  for (const month of months.slice(0, 3)) await closeAndRecompute(source, REGISTRY, month, 'tester');
  const late = ['2023-02-11', '2023-03-10', '2023-01-31'].map((occurredOn) =>
    entry({ occurredOn, justification: '补登记' }),
  );
  await append(source, ...late);
});

afterAll(() => database?.drop());

it.each([
  ['all', {}],
  ['those of some days', { from: '2023-02-01', to: '2023-09-11' }],
  ['those of one kind', { kind: 'RecruitmentRegistered' }],
  ['those posted to one month', { postedMonth: '2023-04' }],
  ['none', { kind: 'RecruitmentRegistered', from: '2030-01-01' }],
])('pages through %s, the latest day first, those too that were posted late', async (_, asked) => {
  const scope = { registryId: REGISTRY, org: 'P' };
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await searchEntries(database.source, scope, asked, { after, limit: 3 });
    found.push(...page.entries.map(({ occurredOn, id }) => `${occurredOn} ${id}`));
    after = page.next ?? undefined;
  } while (after !== undefined);
  const all = await searchEntries(database.source, scope, asked, { limit: 1000, count: true });
  expect(found).toEqual([...found].sort().reverse());
  expect(found).toHaveLength(all.total ?? -1);
  expect(new Set(found).size).toBe(found.length);
});
