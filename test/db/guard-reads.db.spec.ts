import { append, caseEntries, createSmallRegistry, opening } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

const CASES = 1_500;
const SECOND: [string, string?][] = [['ScreenRequested'], ['ScreenAnswered', 'agreed']];

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening());
});

afterAll(() => database.drop());

/** Rows of the ledger that this database has read so far, by whichever index or none. */
async function readRows(): Promise<number> {
  // What a session has counted is told to others at its next idling, unless it is asked for.
  await database.source.query(`select pg_stat_force_next_flush()`);
  const [{ rows }] = await database.source.query(
    `select coalesce(sum(idx_tup_read), 0)
        + (select seq_tup_read from pg_stat_user_tables where relname = 'entry') as rows
      from pg_stat_user_indexes where relname = 'entry'`,
  );
  return Number(rows);
}

it('what the guards read for an entry does not grow with a ledger that has no statistics yet', async () => {
  const perEntry: number[] = [];
  for (let call = 0; call < 3; call += 1) {
    const paths = Array.from({ length: CASES }, () => caseEntries('2024-03-01', SECOND));
    await append(database.source, ...paths.flatMap(([asked]) => asked ?? []));
    const before = await readRows();
    await append(database.source, ...paths.flatMap(([, answered]) => answered ?? []));
    perEntry.push(((await readRows()) - before) / CASES);
  }
  expect(Math.min(...perEntry)).toBeGreaterThan(0);
  expect(Math.max(...perEntry)).toBeLessThan(30);
});
