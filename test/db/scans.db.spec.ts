import { Client } from 'pg';
import { append, caseEntries, createSmallRegistry, entry, opening } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening('A'));
  for (let call = 0; call < 12; call += 1) await append(database.source, ...guarded());
  // Of a table that it knows to be small the planner thinks a scan the cheapest.
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query('vacuum analyze entry');
  await owner.end();
});

afterAll(() => database.drop());

/** Entries that ask the ledger of a donor, a case and a sample. */
function guarded() {
  const request = caseEntries('2024-05-10', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
  return [...request, entry({ kind: 'RetentionContacted', outcome: 'confirmed', donorCode: request[0]?.donorCode })];
}

async function scans(): Promise<number> {
  const [, [found]] = await Promise.all([
    database.source.query('select pg_stat_force_next_flush()'),
    database.source.query(`select seq_scan from pg_stat_user_tables where relname = 'entry'`),
  ]);
  return Number(found.seq_scan);
}

it('a write never scans the ledger for its subjects, however small that was when the planner last looked', async () => {
  const seen: number[] = [];
  for (let call = 0; call < 12; call += 1) {
    await append(database.source, ...guarded());
    await database.source.query('select pg_stat_force_next_flush()');
    await database.source.query('select 1');
    seen.push(await scans());
  }
  expect(new Set(seen).size).toBe(1);
});
