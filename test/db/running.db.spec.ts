import { INDICATORS } from '../../libs/catalogue/indicators';
import { METRICS } from '../../libs/catalogue/metrics';
import { decimal } from '../../libs/core/decimal';
import { parseMonthRange } from '../../libs/core/month-range';
import { findPlaces } from '../../libs/indicators/as-of.queries';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { readIndicatorValues, readMetricValues } from '../../libs/indicators/values';
import { findIndicatorsAsOf, findMetricsAsOf } from '../../libs/indicators/values-as-of.queries';
import { readContributions } from '../../libs/funnel/contributions';
import { reopenMonths } from '../../libs/ledger/months';
import { findComparisons, type Comparison } from '../../libs/targets/comparison';
import { readRunning, type RunningValue } from '../../libs/targets/running';
import { readRunningEntries } from '../../libs/targets/running-entries';
import type { RunningScope } from '../../libs/targets/running.queries';
import { readActs } from '../golden/acts';
import { SCOPES } from '../golden/oracle';
import { inOneCall, perform } from '../golden/perform';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(180_000);

type Line = Pick<RunningValue, 'key' | 'org' | 'own' | 'state' | 'value' | 'numerator' | 'denominator'>;

const KEYS = [...METRICS, ...INDICATORS].map(({ key }) => key);

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  for (const acts of inOneCall(readActs())) await perform(database.source, acts);
  await recompute(database.source, REGISTRY);
}, 180_000);

afterAll(() => database?.drop());

function running(
  period: string,
  keys: readonly string[] = KEYS,
  scopes: readonly RunningScope[] = SCOPES,
): Promise<RunningValue[]> {
  return database.source.transaction('REPEATABLE READ', (manager) =>
    readRunning(manager, { registryId: REGISTRY, range: parseMonthRange(period), scopes, keys }),
  );
}

function line({ key, org, own, state, value, numerator, denominator }: Line): string {
  return [key, org, own, state, value, numerator, denominator].join(' ');
}

describe('a range of months', () => {
  it.each(['2023', '2024-H1', '2024-Q3', '2024-02'])(
    'that is the period %s has its figures, for every metric, rate and org',
    async (period) => {
      const asked = SCOPES.map((scope) => ({ registryId: REGISTRY, period, ...scope }));
      const stored = [];
      for (const question of asked) {
        stored.push(...(await readMetricValues(database.source, question)));
        stored.push(...(await readIndicatorValues(database.source, question)));
      }
      expect((await running(period)).map(line)).toEqual(stored.map(line));
    },
  );

  it.each(['2024-02..2024-05', '2023-11..2024-02', '2024-10..2024-11', '2022-11..2023-04'])(
    'that is no period, %s, is what the past is told by, for every metric, rate and org',
    async (code) => {
      const { manager } = database.source;
      const { computed: position } = await findPlaces(manager, REGISTRY);
      const periods = [{ ...parseMonthRange(code), grain: 'month' } as const];
      const of = { registryId: REGISTRY, position, scopes: SCOPES, periods, metrics: METRICS };
      const counted = [...(await findMetricsAsOf(manager, of)), ...(await findIndicatorsAsOf(manager, of, INDICATORS))];
      const told = (await running(code)).filter(({ state }) => state !== 'missing');
      expect(told.map(line).sort()).toEqual(counted.map(line).sort());
    },
  );

  it.each(['2024-02..2024-05', '2023-11..2024-02', '2022-11..2023-04'])(
    'is its list, whatever is asked of %s',
    async (period) => {
      const wrong: string[] = [];
      for (const scope of SCOPES.filter(({ org, own }) => !own && org !== 'A1')) {
        for (const figure of await running(period, KEYS, [scope])) {
          const parts =
            figure.numerator === null && figure.denominator === null
              ? [undefined]
              : (['numerator', 'denominator'] as const);
          for (const part of figure.state === 'missing' ? [] : parts) {
            const question = { registryId: REGISTRY, range: parseMonthRange(period), ...scope, key: figure.key, part };
            const { total } = await readRunningEntries(database.source, question);
            const said = (part === undefined ? figure.value : figure[part]) ?? '0';
            if (!decimal(total.sum).equals(decimal(said))) wrong.push(`${line(figure)}: ${part} ${total.sum}`);
          }
        }
      }
      expect(wrong).toEqual([]);
    },
  );

  it('counts a person once who came in two of its months', async () => {
    const contacted = (occurredOn: string) =>
      entry({ kind: 'RetentionContacted', donorCode: 'TWICE', occurredOn, outcome: 'confirmed', org: 'B' });
    const of = async (period: string) =>
      (await running(period, ['retention.confirmed'], [{ org: 'B', own: false }]))[0];
    const before = await of('2025-01..2025-03');
    await append(database.source, contacted('2025-01-31'), contacted('2025-03-01'));
    await recompute(database.source, REGISTRY);
    expect([before?.value ?? '0', (await of('2025-01..2025-03'))?.value]).toEqual([
      before?.value ?? '0',
      String(Number(before?.value ?? '0') + 1),
    ]);
  });
});

describe('a running period beside the same months of last year', () => {
  const recruited = 'registry.recruited';
  let small: TestDatabase;

  beforeAll(async () => {
    small = await createTestDatabase();
    await createSmallRegistry(small.source);
    const attributes = { year: '2022', metric: recruited };
    await append(
      small.source,
      ...opening('B'),
      entry({ kind: 'OpeningYearTotal', org: 'B', occurredOn: '2023-01-01', quantity: '400', attributes }),
      ...[
        ['2023-02-28', '20'],
        ['2023-03-01', '500'],
        ['2024-01-31', '0'],
        ['2024-02-29', '30'],
        ['2024-03-01', '500'],
      ].map(([occurredOn, quantity]) => entry({ org: 'B', occurredOn, quantity })),
      ...caseEntries('2024-02-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']], 'B'),
      ...caseEntries('2024-02-01', [['ScreenRequested'], ['ScreenAnswered', 'refused']], 'B'),
      ...caseEntries('2023-02-01', [['ScreenRequested'], ['ScreenAnswered', 'refused']], 'B'),
    );
    await recompute(small.source, REGISTRY);
  });

  afterAll(() => small?.drop());

  async function compare(period: string, key: string, org = 'P'): Promise<Comparison> {
    const range = parseMonthRange(period);
    const [compared] = await small.source.transaction('REPEATABLE READ', (manager) =>
      findComparisons(manager, { registryId: REGISTRY, range, scopes: [{ org, own: false }], keys: [key] }),
    );
    if (!compared) throw new Error('one was asked for');
    return compared;
  }

  it('counts the 29th of February with its month, beside a February of 28 days', async () => {
    expect(await compare('2024-01..2024-02', recruited)).toMatchObject({
      now: { period: '2024-01..2024-02', value: '30' },
      before: { period: '2023-01..2023-02', value: '20' },
      change: '10',
      percent: '50.0',
      points: null,
    });
  });

  it('counts the persons of closed months anew when they were reopened, and when they are closed again', async () => {
    const contacted = (donorCode: string, occurredOn: string) =>
      entry({ kind: 'RetentionContacted', donorCode, occurredOn, outcome: 'confirmed', org: 'B' });
    const before = async () => (await compare('2024-02..2024-03', 'retention.confirmed')).before.value;
    await append(small.source, contacted('X', '2023-02-10'), contacted('X', '2023-03-10'));
    await recompute(small.source, REGISTRY);
    const close = async (...months: string[]) => {
      for (const month of months) await closeAndRecompute(small.source, REGISTRY, month, 'tester');
    };
    await close('2023-01', '2023-02', '2023-03');
    expect([await before(), await before()]).toEqual(['1', '1']);
    await small.source.transaction((manager) => reopenMonths(manager, REGISTRY, '2023-03', 'tester', '补录'));
    await append(small.source, contacted('Y', '2023-03-11'));
    await recompute(small.source, REGISTRY);
    expect(await before()).toBe('2');
    await close('2023-03');
    expect(await before()).toBe('2');
  });

  it('says that last year is missing, instead of a rise from nothing', async () => {
    const compared = await compare('2024-01..2024-01', recruited);
    expect(compared.now).toMatchObject({ state: 'zero', value: '0' });
    expect(compared).toMatchObject({ before: { state: 'missing', value: null }, change: null, percent: null });
    expect((await compare('2024-01..2024-03', recruited, 'A')).now).toMatchObject({ state: 'missing', value: null });
  });

  it('compares with no year of which the ledger holds a part alone, but with its stock', async () => {
    const across = await compare('2023-12..2024-03', recruited);
    expect([across.before.value, across.change, across.percent]).toEqual(['520', null, null]);
    expect((await compare('2024-01..2024-03', recruited)).percent).toBe('1.9');
    expect((await compare('2023-12..2024-02', 'rate.screen_agree')).points).toBeNull();
    expect((await compare('2023-12..2024-02', 'registry.stock_eop')).change).toBe('0');
  });

  it('takes no growth of its cities from a year that was only reported', async () => {
    const [reported] = await small.source.transaction((manager) =>
      readRunning(manager, {
        ...{ registryId: REGISTRY, keys: [recruited] },
        range: parseMonthRange('2022'),
        scopes: [{ org: 'P', own: false }],
      }),
    );
    expect(reported).toMatchObject({ value: '400', reported: true });
    const of = (period: string) =>
      readContributions(small.source, { registryId: REGISTRY, org: 'P', period, key: recruited });
    expect(await of('2023')).toMatchObject({ whole: { now: '520', before: null }, growth: null });
    expect(await of('2024')).toMatchObject({ whole: { now: '530', before: '520' }, growth: '1.92' });
  });

  it('tells a rate in points, of the sums of both sides, and a percentage of nothing not at all', async () => {
    expect(await compare('2024-02..2024-02', 'rate.screen_agree')).toMatchObject({
      now: { value: '50.00', numerator: '1', denominator: '2' },
      before: { value: '0.00', numerator: '0', denominator: '1' },
      change: null,
      percent: null,
      points: '50.00',
    });
    expect(await compare('2024-02..2024-02', 'match.screen_agreed')).toMatchObject({ change: '1', percent: null });
  });
});
