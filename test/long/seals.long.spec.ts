import { Random } from '../../libs/demonstration/random';
import { closeAndRecompute, rebuild, recompute } from '../../libs/indicators/recompute';
import { verify } from '../../libs/indicators/verify';
import { lateEdits, sealedBytes } from '../support/late-edits';
import { sealedExports } from '../support/sealed-exports';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(1_200_000);

const EDITS = 10_000;

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening('A'), ...opening('B'));
  for (const month of ['2023-01', '2023-02', '2023-03']) {
    await append(
      database.source,
      ...Array.from({ length: 300 }, (_, at) => entry({ occurredOn: `${month}-05`, org: at % 2 ? 'A1' : 'B' })),
      ...caseEntries(`${month}-06`, [['ScreenRequested'], ['ScreenAnswered', 'agreed'], ['RemobiliseRequested']]),
    );
    await closeAndRecompute(database.source, REGISTRY, month, 'tester');
  }
});

afterAll(() => database?.drop());

it(`${EDITS} late edits leave the sealed months, their quarter and their files byte for byte as they were`, async () => {
  const { source } = database;
  const before = await sealedBytes(source, REGISTRY);
  const files = await sealedExports(source, REGISTRY, '2023-02');

  await lateEdits(source, new Random('ten thousand late edits'), EDITS);
  await recompute(source, REGISTRY);

  expect(await sealedBytes(source, REGISTRY)).toBe(before);
  expect(await verify(source, REGISTRY)).toMatchObject({ drift: 0, seals: { checked: 4, drift: 0 } });
  expect(await sealedExports(source, REGISTRY, '2023-02')).toEqual(files);
  await rebuild(source, REGISTRY);
  expect(await sealedBytes(source, REGISTRY)).toBe(before);
  expect(await sealedExports(source, REGISTRY, '2023-02')).toEqual(files);
  const [late] = await source.query(
    `select count(*)::int as entries, count(*) filter (where reverses is not null)::int as reversals
      from entry where posted_month = '2023-04-01'`,
  );
  expect(late.entries).toBeGreaterThan(EDITS * 0.9);
  expect(late.reversals).toBeGreaterThan(100);
});
