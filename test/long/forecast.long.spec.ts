import { decimal } from '../../libs/core/decimal';
import { loadDemonstration } from '../../libs/demonstration/load';
import { DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { findRoot } from '../../libs/indicators/orgs.queries';
import { recompute } from '../../libs/indicators/recompute';
import { readIndicatorValues, readMetricValues } from '../../libs/indicators/values';
import { readProgress, type TargetProgress } from '../../libs/targets/progress';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(240_000);

const { registryId } = DEMONSTRATION_REGISTRY;

let database: TestDatabase;
let came: Map<string, string | null>;

beforeAll(async () => {
  database = await createTestDatabase();
  await loadDemonstration(database.source);
  await recompute(database.source, registryId);
  const asked = { registryId, period: '2024' };
  const values = [
    ...(await readMetricValues(database.source, asked)),
    ...(await readIndicatorValues(database.source, asked)),
  ];
  came = new Map(values.map(({ key, value }) => [key, value]));
}, 240_000);

afterAll(() => database?.drop());

async function progress(on: string): Promise<readonly TargetProgress[]> {
  const org = (await findRoot(database.source.manager, registryId)) ?? '';
  return (await readProgress(database.source, { registryId, org, period: '2024', on })).targets;
}

describe('the forecast of the demonstration year', () => {
  it('as of the end of June holds what came, for most of its targets', async () => {
    const told = (await progress('2024-06-30')).map(({ target: { key }, forecast }) => {
      if ('because' in forecast) return { key, held: null };
      const value = decimal(came.get(key) ?? '0');
      const held = value.greaterThanOrEqualTo(forecast.low95) && value.lessThanOrEqualTo(forecast.high95);
      return { key, held, low: forecast.low95, mean: forecast.mean, high: forecast.high95, came: came.get(key) };
    });
    if (process.env.SHOW_FORECAST) console.table(told);
    const made = told.filter(({ held }) => held !== null);
    expect(made.length).toBe(told.length);
    expect(made.filter(({ held }) => held).length / made.length).toBeGreaterThanOrEqual(0.75);
  });

  it('at the end of December is what came, and settled', async () => {
    for (const { target, actual, pace, forecast } of await progress('2024-12-31')) {
      expect([target.key, actual.now.value]).toEqual([target.key, came.get(target.key)]);
      expect(pace.elapsed).toBe('100.00');
      if ('because' in forecast) throw new Error(`${target.key}: ${forecast.because.en}`);
      expect([target.key, forecast.mean, forecast.low95]).toEqual([
        target.key,
        came.get(target.key),
        came.get(target.key),
      ]);
      expect(['0', '100']).toContain(forecast.likelihood?.percent);
    }
  });
});
