import { Client } from 'pg';
import type { EntityManager } from 'typeorm';
import { recomputeCells } from '../../libs/indicators/recompute';
import { readMetricValues, type ValueQuestion } from '../../libs/indicators/values';
import { planForRecompute } from '../../libs/metrics/recompute.queries';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const ORGS = 24;
const KEYS = ['registry.enrolled', 'registry.stock_eop', 'registry.withdrawn', 'match.screen_agreed'];

let database: TestDatabase;

/** Thirty years of values and tallies of many orgs, up to 2024. */
beforeAll(async () => {
  database = await createTestDatabase();
  const { source } = database;
  await createSmallRegistry(source);
  await source.query(
    `insert into org (registry_id, org, parent, level, name_zh, name_en)
      select $1, 'C' || n, 'B', 'county', 'C' || n, 'C' || n from generate_series(1, $2::int) n`,
    [REGISTRY, ORGS],
  );
  const months = `generate_series(date '1995-01-01', date '2024-12-01', interval '1 month') m`;
  await source.query(
    `insert into metric_value (registry_id, org, own, period, key, state, value, version, position, computed_at)
      select $1, org, own, to_char(m, 'YYYY-MM'), key, 'value', 1, 1, 1, now()
      from ${months}, org, unnest($2::text[]) key, (values (true), (false)) reading (own)`,
    [REGISTRY, KEYS],
  );
  await source.query(
    `insert into monthly_tally
        (registry_id, org, posted_month, kind, outcome, reason, original_month, originals, reversals, quantity)
      select $1, org, m, 'DonorEnrolled', '', '', m, 1, 0, 1 from ${months}, org`,
    [REGISTRY],
  );
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query('vacuum analyze metric_value, monthly_tally');
  await owner.end();
});

afterAll(() => database.drop());

/** How many rows of the values and of the tallies this connection has looked at, of what is not yet reported. */
async function lookedAt(manager: EntityManager): Promise<number[]> {
  const rows: { seen: string }[] = await manager.query(
    `select seq_tup_read + coalesce(idx_tup_fetch, 0) as seen from pg_stat_xact_user_tables
      where relname in ('metric_value', 'monthly_tally') order by relname`,
  );
  return rows.map(({ seen }) => Number(seen));
}

interface Cost {
  readonly values: number;
  readonly tallies: number;
}

async function costOf(work: (manager: EntityManager) => Promise<unknown>): Promise<Cost> {
  return database.source.transaction(async (manager) => {
    const before = await lookedAt(manager);
    await work(manager);
    const [values, tallies] = (await lookedAt(manager)).map((seen, at) => seen - (before[at] ?? 0));
    return { values: values ?? 0, tallies: tallies ?? 0 };
  });
}

function reading(question: Omit<ValueQuestion, 'registryId'>): Promise<Cost> {
  return costOf((manager) => readMetricValues({ manager }, { registryId: REGISTRY, ...question }));
}

it('the months of a year are read by themselves, however many orgs and years stand beside them', async () => {
  expect(await reading({ period: '2024', by: 'month' })).toEqual({ values: 12 * KEYS.length, tallies: 0 });
});

it('a stock after the last month with entries is found without looking at the tallies of all years', async () => {
  const { values, tallies } = await reading({ period: '2026-03' });
  expect(values).toBeLessThanOrEqual(KEYS.length);
  expect(tallies).toBeLessThanOrEqual(ORGS + 4);
});

it('an entry of this month has no running total added up from the tallies of earlier years', async () => {
  const { tallies } = await costOf(async (manager) => {
    await planForRecompute(manager);
    const scope = { registryId: REGISTRY, position: '2', computedTo: '1' };
    await recomputeCells(manager, scope, [{ org: 'A', posted_month: '2024-12-01', kind: 'DonorEnrolled' }]);
  });
  // The sums of the year look at its months, a few times over.
  expect(tallies).toBeLessThan(3 * 12 * (ORGS + 4));
});
