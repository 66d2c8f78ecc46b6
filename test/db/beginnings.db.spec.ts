import { randomUUID } from 'node:crypto';
import { readEntriesBehind } from '../../libs/indicators/entries-behind';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { readIndicatorValues, readMetricValues, type Value } from '../../libs/indicators/values';
import { verify } from '../../libs/indicators/verify';
import { reverseEntries } from '../../libs/ledger/reverse';
import { readSeal } from '../../libs/ledger/seals';
import { derivedRows } from '../support/derived-rows';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(async () => {
  expect(await verify(database.source, REGISTRY)).toMatchObject({ drift: 0, waiting: 0, seals: { drift: 0 } });
  await database.drop();
});

async function valuesOf(org: string, period: string, own = false): Promise<Value[]> {
  const asked = { registryId: REGISTRY, org, period, own };
  return [...(await readMetricValues(database.source, asked)), ...(await readIndicatorValues(database.source, asked))];
}

/** What is not missing, as `key state value`. */
async function told(org: string, period: string, own = false): Promise<string[]> {
  const values = await valuesOf(org, period, own);
  return values.flatMap(({ key, state, value }) => (state === 'missing' ? [] : [`${key} ${state} ${value ?? '-'}`]));
}

async function rate(period: string): Promise<(string | null)[]> {
  const asked = { registryId: REGISTRY, org: 'P', period, keys: ['rate.screen_agree'] };
  const [found] = await readIndicatorValues(database.source, asked);
  return [found?.state ?? null, found?.value ?? null, found?.numerator ?? null, found?.denominator ?? null];
}

async function takeBack(...ids: (string | undefined)[]): Promise<void> {
  const reversals = ids.map((reverses) => ({ id: randomUUID(), reverses: reverses ?? '', justification: '登记有误' }));
  await reverseEntries(database.source, reversals, WRITER);
  await recompute(database.source, REGISTRY);
}

const PERIODS = ['2023-02', '2023-Q1', '2023-H1', '2023'];

describe('the first entry that a registry ever has', () => {
  const only = ['registry.recruited value 6'];

  it('is a figure of its org, of all above it, of each period that holds its day, and of nothing else', async () => {
    await recompute(database.source, REGISTRY);
    for (const org of ['P', 'A', 'A1', 'B']) expect(await told(org, '2023')).toEqual([]);
    const first = entry({ org: 'A1', occurredOn: '2023-02-28', quantity: '6' });
    await append(database.source, first);
    await recompute(database.source, REGISTRY);

    for (const period of PERIODS) {
      for (const org of ['P', 'A', 'A1']) expect([org, period, await told(org, period)]).toEqual([org, period, only]);
      expect(await told('A1', period, true)).toEqual(only);
      for (const org of ['P', 'A']) expect(await told(org, period, true)).toEqual([]);
      expect(await told('B', period)).toEqual([]);
    }
    for (const period of ['2023-01', '2023-03', '2023-Q2', '2023-H2', '2024']) {
      expect([period, await told('P', period)]).toEqual([period, []]);
    }
    const list = await readEntriesBehind(database.source, {
      ...{ registryId: REGISTRY, key: 'registry.recruited', org: 'P', period: '2023' },
    });
    expect([list.total, list.entries.map(({ id }) => id)]).toEqual([{ entries: 1, sum: '6' }, [first.id]]);
  });

  it('leaves no row behind when it is taken back, as if nothing had ever been', async () => {
    const first = entry({ org: 'A1', occurredOn: '2023-02-28', quantity: '6' });
    await append(database.source, first);
    await recompute(database.source, REGISTRY);
    expect((await derivedRows(database.source, REGISTRY)).length).toBeGreaterThan(0);
    await takeBack(first.id);

    for (const org of ['P', 'A', 'A1']) for (const period of PERIODS) expect(await told(org, period)).toEqual([]);
    expect((await derivedRows(database.source, REGISTRY)).filter((row) => !row.startsWith('tally'))).toEqual([]);
  });

  it('may be an opening: its stock stands from the first month on, and its months close', async () => {
    await append(database.source, ...opening('B', '900'));
    await recompute(database.source, REGISTRY);
    const stock = ['effective_stock_eop', 'enrolled_cumulative', 'stock_eop'].map((key) => `registry.${key} value 900`);
    expect((await told('P', '2023-01')).sort()).toEqual(stock);
    await closeAndRecompute(database.source, REGISTRY, '2023-01', 'tester');
    const { values } = await readSeal(database.source.manager, REGISTRY, '2023-01', 'P');
    expect(new Set(values.map(({ org }) => org))).toEqual(new Set(['P', 'B']));
  });
});

it('an org without entries misses every figure, none is zero, and its lists are empty', async () => {
  await append(
    database.source,
    ...opening('A'),
    ...caseEntries('2023-02-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]),
    entry({ occurredOn: '2023-02-03' }),
  );
  await recompute(database.source, REGISTRY);
  for (const own of [false, true]) {
    for (const period of PERIODS) {
      const values = await valuesOf('B', period, own);
      expect(values.length).toBeGreaterThan(100);
      const wrong = values.filter((one) => one.state !== 'missing' || one.value !== null || one.numerator !== null);
      expect([period, own, wrong]).toEqual([period, own, []]);
    }
  }
  for (const asked of [
    { key: 'registry.recruited' },
    { key: 'registry.stock_eop' },
    { key: 'rate.screen_agree', part: 'denominator' as const },
  ]) {
    const list = await readEntriesBehind(database.source, { registryId: REGISTRY, org: 'B', period: '2023', ...asked });
    expect([asked.key, list.total, list.entries, list.next]).toEqual([asked.key, { entries: 0, sum: '0' }, [], null]);
  }
});

describe('a rate whose denominator goes back to nothing', () => {
  const month = '2023-02';

  it('is missing when nothing stands any more, and not applicable when a nil return does', async () => {
    const [requested, answered] = caseEntries(`${month}-01`, [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
    await append(database.source, ...opening('A'), requested!, answered!);
    await recompute(database.source, REGISTRY);
    for (const period of PERIODS) expect(await rate(period)).toEqual(['value', '100.00', '1', '1']);

    await takeBack(answered?.id, requested?.id);
    for (const period of PERIODS) expect(await rate(period)).toEqual(['missing', null, null, null]);

    await append(database.source, entry({ kind: 'ScreenRequested', occurredOn: `${month}-05`, quantity: '0' }));
    await recompute(database.source, REGISTRY);
    for (const period of PERIODS) expect(await rate(period)).toEqual(['not_applicable', null, null, '0']);

    await append(database.source, ...caseEntries(`${month}-06`, [['ScreenRequested'], ['ScreenAnswered', 'refused']]));
    await recompute(database.source, REGISTRY);
    for (const period of PERIODS) expect(await rate(period)).toEqual(['zero', '0.00', '0', '1']);
  });

  it('is not applicable in the month in which as many were taken back of a closed one as came', async () => {
    const [early] = caseEntries('2023-01-05', [['ScreenRequested']]);
    await append(database.source, ...opening('A'), early!);
    await closeAndRecompute(database.source, REGISTRY, '2023-01', 'tester');
    await append(database.source, ...caseEntries(`${month}-06`, [['ScreenRequested'], ['ScreenAnswered', 'agreed']]));
    await takeBack(early?.id);

    expect(await rate('2023-01')).toEqual(['missing', null, null, null]);
    expect(await rate(month)).toEqual(['not_applicable', null, '1', '0']);
    expect(await rate('2023')).toEqual(['value', '100.00', '1', '1']);
  });
});
