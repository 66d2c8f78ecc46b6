import { INDICATORS } from '../../libs/catalogue/indicators';
import { METRICS } from '../../libs/catalogue/metrics';
import { parseMonthRange } from '../../libs/core/month-range';
import { readContributions } from '../../libs/funnel/contributions';
import { recompute } from '../../libs/indicators/recompute';
import { machineOwner } from '../../libs/accounts/machine-owner';
import type { Principal } from '../../libs/accounts/principal';
import { readComparisons } from '../../libs/targets/comparison';
import { readProgress } from '../../libs/targets/progress';
import { readRunningEntries } from '../../libs/targets/running-entries';
import { readTarget } from '../../libs/targets/target-input';
import { setTargets } from '../../libs/targets/targets';
import { readActs } from '../golden/acts';
import { SCOPES } from '../golden/oracle';
import { inOneCall, perform } from '../golden/perform';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(180_000);

const KEYS = [...METRICS, ...INDICATORS].map(({ key }) => key);
const ADDITIVE = ['registry.recruited', 'registry.stock_eop', 'match.screen_requested', 'blood.whole_units'];
const TARGETS = [
  'registry.recruited',
  'registry.stock_eop',
  'retention.revisited',
  'match.screen_agreed',
  'donation.completed',
  'rate.screen_agree',
];
const WHOLE = SCOPES.filter(({ own }) => !own).map(({ org, own }) => ({ org, own }));
const MOMENTS = 6;

/** All that is told of running months, growth and targets, but for the place that it is told of. */
async function told(asOf?: string) {
  const { source } = database;
  const of = { registryId: REGISTRY, asOf };
  const running = [];
  for (const code of ['2024-02..2024-05', '2023-11..2024-02', '2024-01..2024-10', '2024-Q1', '2024']) {
    running.push(
      (await readComparisons(source, { ...of, range: parseMonthRange(code), scopes: WHOLE, keys: KEYS })).values,
    );
  }
  const growth = [];
  for (const key of ADDITIVE.filter((one) => KEYS.includes(one as (typeof KEYS)[number]))) {
    for (const period of ['2024', '2024-Q1']) {
      growth.push({ ...(await readContributions(source, { ...of, org: 'P', period, key })), asOf: null });
    }
  }
  const progress = [];
  for (const org of ['P', 'A']) {
    for (const on of ['2024-04-15', '2024-11-30', undefined]) {
      progress.push({ ...(await readProgress(source, { ...of, org, period: '2024', on })), asOf: null });
    }
  }
  return { running, growth, progress };
}

interface Moment {
  readonly position: string;
  readonly told: Awaited<ReturnType<typeof told>>;
}

let database: TestDatabase;
const moments: Moment[] = [];

async function setAll(owner: Principal, value: string): Promise<void> {
  const inputs = ['P', 'A'].flatMap((org) =>
    ['2024', '2024-H1'].flatMap((period) =>
      TARGETS.map((key) => readTarget(owner, { org, period, key, operator: 'ge', value })),
    ),
  );
  await setTargets(database.source, owner, inputs, '任务调整');
}

beforeAll(async () => {
  database = await createTestDatabase();
  const { source } = database;
  await createSmallRegistry(source);
  const owner = await machineOwner(source.manager, REGISTRY);
  const calls = inOneCall(readActs());
  const each = Math.ceil(calls.length / MOMENTS);
  await setAll(owner, '5');
  for (const [at, acts] of calls.entries()) {
    if (at === Math.floor(calls.length / 2)) await setAll(owner, '20');
    await perform(source, acts);
    if (at % each !== each - 1 && at !== calls.length - 1) continue;
    await recompute(source, REGISTRY);
    const [{ position }] = await source.query('select position from recompute_head where registry_id = $1', [REGISTRY]);
    moments.push({ position, told: await told() });
    // Months that a forecast looks back to move later, too.
    const late = { quantity: '7', justification: '迟到的登记' };
    await append(source, ...['2023-11-09', '2024-02-09'].map((occurredOn) => entry({ ...late, occurredOn })));
  }
}, 180_000);

afterAll(() => database?.drop());

describe('running months, growth and targets, looked back at', () => {
  it('are as of each moment what was told then', async () => {
    expect(moments.length).toBeGreaterThan(MOMENTS - 2);
    const [first, last] = [moments[0]!, moments.at(-1)!];
    // What never moves is not tested.
    for (const what of ['running', 'growth', 'progress'] as const) {
      expect(first.told[what]).not.toEqual(last.told[what]);
    }
    for (const { position, told: then } of moments) {
      expect({ position, told: await told(`position:${position}`) }).toEqual({ position, told: then });
    }
  });

  it('open the list that they had', async () => {
    const { position, told: then } = moments[Math.floor(MOMENTS / 2)]!;
    const values = then.running[0]!.filter(({ now: { org, value } }) => org === 'P' && value !== null && value !== '0');
    expect(values.length).toBeGreaterThan(20);
    const of = { registryId: REGISTRY, org: 'P', own: false, asOf: `position:${position}` };
    for (const { now } of values) {
      const range = parseMonthRange(now.period);
      const parts = now.denominator === null ? [undefined] : (['numerator', 'denominator'] as const);
      for (const part of parts) {
        const { asOf, figure, total } = await readRunningEntries(database.source, { ...of, range, key: now.key, part });
        const said = part ? now[part] : now.value;
        expect([now.key, part, asOf.position, figure.value, total.sum]).toEqual([
          now.key,
          part,
          position,
          now.value,
          said,
        ]);
      }
    }
  });
});
