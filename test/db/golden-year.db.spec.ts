import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { INDICATORS } from '../../libs/catalogue/indicators';
import type { MetricDefinition } from '../../libs/catalogue/metric-definition';
import { METRICS } from '../../libs/catalogue/metrics';
import { decimal } from '../../libs/core/decimal';
import { readEntriesBehind, type ListQuestion } from '../../libs/indicators/entries-behind';
import { recompute } from '../../libs/indicators/recompute';
import { readIndicatorValues, readMetricValues, type Value } from '../../libs/indicators/values';
import { verify } from '../../libs/indicators/verify';
import { readActs } from '../golden/acts';
import { inOneCall, perform } from '../golden/perform';
import { expectedValues, PERIODS, SCOPES, type Expected } from '../golden/oracle';
import { COUNTED_BY_HAND } from '../golden/counted-by-hand';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const VALUES = join(__dirname, '../golden/values.csv');
const COLUMNS = ['org', 'own', 'period', 'key', 'state', 'value', 'numerator', 'denominator'] as const;

jest.setTimeout(180_000);

let database: TestDatabase;
let expected: Expected[];

beforeAll(async () => {
  // Not done by itself: `GOLDEN=print` writes the expected values anew, for a person to read what changed.
  if (process.env.GOLDEN === 'print') writeFileSync(VALUES, csvOf(expectedValues(readActs())));
  expected = parse(readFileSync(VALUES), { columns: true });
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  for (const acts of inOneCall(readActs())) await perform(database.source, acts);
  await recompute(database.source, REGISTRY);
}, 180_000);

afterAll(() => database.drop());

function csvOf(rows: readonly Expected[]): string {
  return [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((column) => row[column]).join(','))].join('\n') + '\n';
}

async function readAll(
  read: typeof readMetricValues,
  question: { org: string; own: boolean; period: string },
): Promise<Value[]> {
  return read(database.source, { registryId: REGISTRY, ...question });
}

function asExpected({ org, own, period, key, state, value, numerator, denominator }: Value): Expected {
  return {
    org,
    own: String(own),
    period,
    key,
    state,
    value: value ?? '',
    numerator: numerator ?? '',
    denominator: denominator ?? '',
  };
}

function lineOf(row: Expected): string {
  return COLUMNS.map((column) => row[column]).join(',');
}

describe('the golden year', () => {
  it('expects what the rules make of its entries, worked out in memory', () => {
    expect(readFileSync(VALUES, 'utf8')).toBe(csvOf(expectedValues(readActs())));
  });

  it('has a line for every metric and every indicator', () => {
    const lines = new Set(expected.filter(({ state }) => state === 'value').map(({ key }) => key));
    // A share whose every value was taken back, or is 0, has lines of other kinds.
    const shown = new Set(expected.map(({ key }) => key));
    expect([...METRICS, ...INDICATORS].map(({ key }) => key).filter((key) => !shown.has(key))).toEqual([]);
    expect([...METRICS, ...INDICATORS].map(({ key }) => key).filter((key) => !lines.has(key))).toEqual([
      'satisfaction.beneficiaries',
    ]);
  });

  // Added up with a pencil from entries.csv; the sum stands beside each.
  it.each(COUNTED_BY_HAND)('comes to what was counted by hand: %s', (place, value) => {
    const [org, period, key] = place.split(' ');
    const row = expected.find(
      (one) => one.org === org && one.own === 'false' && one.period === period && one.key === key,
    );
    expect(row?.value ?? 'missing').toBe(value);
  });

  it.each(SCOPES)('gives every metric and indicator of $org (own: $own) in every period', async ({ org, own }) => {
    const found: Value[] = [];
    for (const { code } of PERIODS) {
      found.push(...(await readAll(readMetricValues, { org, own, period: code })));
      found.push(...(await readAll(readIndicatorValues, { org, own, period: code })));
    }

    expect(found).toHaveLength(PERIODS.length * (METRICS.length + INDICATORS.length));
    const known = found.filter((value) => value.state !== 'missing').map(asExpected);
    const wanted = expected.filter((row) => row.org === org && row.own === String(own));
    expect(known.map(lineOf).sort()).toEqual(wanted.map(lineOf).sort());
  });

  it.each(['month', 'quarter', 'half', 'org'] as const)('gives the same figures by %s', async (by) => {
    for (const read of [readMetricValues, readIndicatorValues]) {
      const values = await read(database.source, { registryId: REGISTRY, org: 'A', period: '2024', by });
      const wanted = new Map(expected.map((row) => [placeOf(row), row]));
      for (const value of values) {
        const row = wanted.get(placeOf(asExpected(value)));
        expect([value.key, value.period, value.state, value.value]).toEqual([
          value.key,
          value.period,
          row?.state ?? 'missing',
          row?.value || null,
        ]);
      }
    }
  });

  it('takes the own entries of an org without children for its whole', async () => {
    const [own, whole] = await Promise.all(
      [true, false].map((asked) => readAll(readMetricValues, { org: 'B', own: asked, period: '2024' })),
    );
    expect(own?.map(({ key, state, value }) => ({ key, state, value }))).toEqual(
      whole?.map(({ key, state, value }) => ({ key, state, value })),
    );
  });

  it('adds months up to a year where a figure is a sum, and not where it counts subjects', () => {
    const byPlace = new Map(expected.map((row) => [placeOf(row), row.value]));
    const differing = new Set<string>();
    for (const { key, addsUp } of METRICS as readonly MetricDefinition[]) {
      for (const { org, own } of SCOPES) {
        const place = (period: string) => byPlace.get(`${org} ${own} ${period} ${key}`);
        const months = PERIODS.filter(({ code, first, last }) => code.startsWith('2024') && first === last);
        const sum = months.reduce((total, { code }) => total.plus(place(code) ?? '0'), decimal('0'));
        if (addsUp === 'sum') expect([key, org, sum.toFixed()]).toEqual([key, org, place('2024') ?? '0']);
        else if (addsUp === 'distinct' && sum.toFixed() !== (place('2024') ?? '0')) differing.add(key);
      }
    }
    expect([...differing]).toEqual([
      'retention.revisited',
      'retention.confirmed',
      'donation.donors_distinct',
      'match.cases_agreed',
    ]);
  });

  it('shows for every figure a list that comes to it', async () => {
    const parts = new Map<string, { numerator: string; denominator: string }>(
      INDICATORS.map((indicator) => [indicator.key, indicator]),
    );
    const lists = expected.flatMap(({ org, own, period, key, value, numerator, denominator }) => {
      const question = { registryId: REGISTRY, org, own: own === 'true', period, key };
      if (!parts.has(key)) return [{ question, figure: value }];
      return [
        { question: { ...question, part: 'numerator' as const }, figure: numerator },
        { question: { ...question, part: 'denominator' as const }, figure: denominator },
      ].filter((list) => list.figure !== '');
    });
    // Of the rates those of the years: the others open the lists of the same metrics.
    const asked = lists.filter(({ question }) => !('part' in question) || /^\d{4}$/.test(question.period));
    while (asked.length > 0) await Promise.all(asked.splice(0, 8).map(expectList));
  });

  it('is found without drift by a recount', async () => {
    expect(await verify(database.source, REGISTRY)).toMatchObject({ drift: 0, waiting: 0 });
  });
});

async function expectList({ question, figure }: { question: ListQuestion; figure: string }): Promise<void> {
  const { total, entries, countsSubjects } = await readEntriesBehind(database.source, { ...question, limit: 500 });
  const listed = countsSubjects
    ? new Set(
        entries
          .filter((one) => one.contribution === '1')
          .map((one) => (countsSubjects === 'donor' ? one.donorCode : one.caseCode)),
      ).size.toString()
    : entries.reduce((sum, one) => sum.plus(decimal(one.contribution)), decimal('0')).toFixed();
  expect({ ...question, sum: total?.sum, listed, entries: total?.entries }).toEqual({
    ...question,
    sum: figure,
    listed: figure,
    entries: entries.length,
  });
}

function placeOf({ org, own, period, key }: Pick<Expected, 'org' | 'own' | 'period' | 'key'>): string {
  return `${org} ${own} ${period} ${key}`;
}
