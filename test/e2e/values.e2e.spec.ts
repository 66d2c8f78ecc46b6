import { randomUUID } from 'node:crypto';
import { INDICATORS } from '../../libs/catalogue/indicators';
import { METRICS } from '../../libs/catalogue/metrics';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import type { Value } from '../../libs/indicators/values';
import { HttpApplication } from '../support/http-application';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { wholeList, type WholeList } from '../support/whole-list';

let database: TestDatabase;
let application: HttpApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  const { source, url } = database;
  await createSmallRegistry(source);
  await append(source, ...opening('A'), ...opening('P', '500'));
  const recruited = Array.from({ length: 130 }, (_, index) =>
    entry({
      org: ['A', 'A1', 'B', 'P'][index % 4],
      occurredOn: `2023-0${1 + (index % 3)}-1${index % 10}`,
      quantity: String(index),
    }),
  );
  const contacted = Array.from({ length: 120 }, (_, index) =>
    entry({
      kind: 'RetentionContacted',
      outcome: index % 3 === 0 ? 'not_reached' : 'confirmed',
      donorCode: `V${index % 45}`,
      occurredOn: `2023-0${1 + (index % 2)}-20`,
    }),
  );
  const listed = Array.from({ length: 30 }, () =>
    entry({ kind: 'DonorEnrolled', quantity: '2', occurredOn: '2023-02-03' }),
  );
  const requests = Array.from({ length: 60 }, (_, index) =>
    caseEntries('2023-02-06', [['ScreenRequested'], ['ScreenAnswered', index % 2 === 0 ? 'agreed' : 'refused']]),
  );
  await append(
    source,
    ...recruited,
    ...contacted,
    ...listed,
    ...requests.flat(),
    entry({ org: 'B', quantity: '0', occurredOn: '2023-05-02' }),
  );
  await closeAndRecompute(source, REGISTRY, '2023-01', 'tester');
  application = await HttpApplication.start({ databaseUrl: url }, { worker: false });
  // Taken back after its month was closed, and within its open month.
  for (const taken of [recruited[4], contacted[2], recruited[5]]) {
    const reversal = { id: randomUUID(), justification: '登记有误' };
    expect((await application.post(`/api/entries/${taken?.id}/reversal`, reversal)).status).toBe(201);
  }
  await recompute(source, REGISTRY);
}, 120_000);

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

async function values(path: string): Promise<Value[]> {
  const { status, body } = await application.get(`/api/${path}`);
  expect({ status, problem: body.detail }).toEqual({ status: 200, problem: undefined });
  return body.values;
}

describe('the values of a period', () => {
  it('are one row for each key, missing ones too', async () => {
    const metrics = await values('metrics/values?period=2023');
    expect(metrics.map(({ key }) => key)).toEqual(METRICS.map(({ key }) => key));
    expect(new Set(metrics.map(({ org, own, period }) => `${org} ${own} ${period}`))).toEqual(
      new Set(['P false 2023']),
    );
    const donated = { state: 'missing', value: null, unit: '例', position: null, computedAt: null };
    expect(metrics.find(({ key }) => key === 'donation.completed')).toMatchObject(donated);

    const indicators = await values('indicators/values?period=2023');
    expect(indicators.map(({ key }) => key)).toEqual(INDICATORS.map(({ key }) => key));
    expect(indicators.find(({ key }) => key === 'rate.screen_agree')).toMatchObject({
      state: 'value',
      value: '50.00',
      numerator: '30',
      denominator: '60',
      unit: '%',
      computedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      position: expect.stringMatching(/^\d+$/),
    });
  });

  it.each([
    ['month', 12, '2023-01', '2023-12'],
    ['quarter', 4, '2023-Q1', '2023-Q4'],
    ['half', 2, '2023-H1', '2023-H2'],
  ])('by %s are one row for each of them, and a sum is theirs', async (by, count, first, last) => {
    const rows = await values(`metrics/values?period=2023&by=${by}&keys=registry.recruited`);
    expect(rows).toHaveLength(count);
    expect([rows[0]?.period, rows.at(-1)?.period]).toEqual([first, last]);
    const [year] = await values('metrics/values?period=2023&keys=registry.recruited');
    expect(sum(rows)).toBe(Number(year?.value));
    expect(rows.at(-1)).toMatchObject({ state: 'missing', value: null });
  });

  it('by org are the own entries and the orgs below, and a sum is theirs', async () => {
    const rows = await values('metrics/values?period=2023&by=org&keys=registry.recruited');
    expect(rows.map(({ org, own }) => [org, own])).toEqual([
      ['P', true],
      ['A', false],
      ['B', false],
    ]);
    const [year] = await values('metrics/values?period=2023&keys=registry.recruited');
    expect(sum(rows)).toBe(Number(year?.value));

    const below = await values('metrics/values?period=2023&org=A&by=org&keys=registry.recruited');
    expect(below.map(({ org, own }) => [org, own])).toEqual([
      ['A', true],
      ['A1', false],
    ]);
    const [alone] = await values('metrics/values?period=2023&org=A&own=true&keys=registry.recruited');
    expect(alone).toMatchObject({ own: true, value: below[0]?.value });
  });

  it('of some keys are those alone', async () => {
    const keys = ['registry.recruited', 'retention.revisited'];
    expect((await values(`metrics/values?period=2023&keys=${keys.join(',')}`)).map(({ key }) => key)).toEqual(keys);
  });

  it('are zero where only a nil return stands, missing where nothing does', async () => {
    const [may, june] = await Promise.all(
      ['2023-05', '2023-06'].map((month) => values(`metrics/values?period=${month}&org=B&keys=registry.recruited`)),
    );
    expect(may?.[0]).toMatchObject({ state: 'zero', value: '0' });
    expect(june?.[0]).toMatchObject({ state: 'missing', value: null });
  });

  it('of a distinct figure are not the sum of their months', async () => {
    const months = await values('metrics/values?period=2023&org=A&by=month&keys=retention.revisited');
    const [year] = await values('metrics/values?period=2023&org=A&keys=retention.revisited');
    expect(year?.value).toBe('45');
    expect(sum(months)).toBeGreaterThan(45);
  });

  it('of a stock go on after the last entry', async () => {
    const [later] = await values('metrics/values?period=2023-11&org=A&keys=registry.stock_eop');
    expect(later).toMatchObject({ state: 'value', value: '1060' });
  });
});

describe('the list behind a figure', () => {
  function listOf(query: string, limit = 20): Promise<WholeList> {
    return wholeList(async (after) => {
      const answer = await application.get(
        `/api/values/entries?${query}&limit=${limit}${after ? `&after=${after}` : ''}`,
      );
      expect({ status: answer.status, problem: answer.body.detail }).toEqual({ status: 200, problem: undefined });
      expect(answer.body.entries.length).toBeLessThanOrEqual(limit);
      return answer.body;
    });
  }

  it.each([
    ['a sum', 'key=registry.recruited&period=2023', null],
    ['the own entries of an org', 'key=registry.recruited&period=2023&org=A&own=true', null],
    ['a quarter with a lone reversal from a closed month', 'key=registry.recruited&period=2023-02', null],
    ['a distinct figure', 'key=retention.revisited&period=2023', 'donor'],
    ['a distinct figure by outcome', 'key=retention.confirmed&period=2023-H1&org=A', 'donor'],
    ['a stock', 'key=registry.stock_eop&period=2023-06&org=A', null],
  ])('of %s adds up over all its pages', async (_, query, subject) => {
    const list = await listOf(query);
    expect(list.pages).toBeGreaterThan(1);
    expect(list.first.countsSubjects).toBe(subject);
    expect(list.adds).toBe(list.first.figure.value);
    expect(list.first.total).toEqual({ entries: list.entries.length, sum: list.adds });
  });

  it('of a sum has more than two pages, month by month, org by org, the oldest first, and all that is known of an entry', async () => {
    const list = await listOf('key=registry.recruited&period=2023');
    expect(list.pages).toBeGreaterThan(2);
    const places = list.entries.map(({ postedMonth, org, occurredOn }) => `${postedMonth} ${org} ${occurredOn}`);
    expect(places).toEqual([...places].sort());
    expect(list.entries[0]).toEqual({
      id: expect.any(String),
      kind: 'RecruitmentRegistered',
      org: expect.any(String),
      occurredOn: '2023-01-10',
      postedMonth: '2023-01',
      donorCode: null,
      caseCode: null,
      sampleCode: null,
      outcome: null,
      reason: null,
      quantity: expect.any(String),
      contribution: expect.any(String),
      justification: null,
      reverses: null,
      reversedBy: null,
      recordedAt: expect.any(String),
      recordedBy: 'tester',
      source: 'api',
      note: null,
    });
  });

  it('of a rate is that of its numerator or of its denominator', async () => {
    const query = 'key=rate.screen_agree&period=2023&org=A';
    const numerator = await listOf(`${query}&part=numerator`);
    expect(numerator.adds).toBe(numerator.first.figure.numerator);
    expect(numerator.adds).toBe('30');
    const denominator = await listOf(`${query}&part=denominator`);
    expect(denominator.adds).toBe(denominator.first.figure.denominator);
    expect(denominator.pages).toBe(3);
  });

  it('of a missing figure is empty', async () => {
    const list = await listOf('key=donation.completed&period=2023');
    expect(list).toMatchObject({ entries: [], adds: '0', first: { figure: { state: 'missing' }, next: null } });
  });

  it('comes 50 at a time unless said, and 1 to 1,000 if said', async () => {
    const read = async (limit: string) =>
      application.get(`/api/values/entries?key=registry.recruited&period=2023${limit}`);
    expect((await read('')).body.entries).toHaveLength(50);
    expect((await read('&limit=1')).body.entries).toHaveLength(1);
    expect((await read('&limit=1000')).body.next).toBeNull();
    for (const limit of ['0', '1001', '-5', '1.5', 'ten']) {
      expect(await read(`&limit=${limit}`)).toMatchObject({ status: 422, body: { field: 'limit' } });
    }
  });
});

describe('a question that cannot be answered', () => {
  it.each([
    [
      'values/entries?period=2023&key=registry.recruited&limit=100000',
      '“limit”应是 1 到 1000 的整数',
      'from 1 to 1000',
    ],
    ['funnel/cities?period=2023&from=x&to=x&window=9999', '“window”应是 0 到 3650 的整数', 'from 0 to 3650'],
    [
      'metrics/values?period=2023&by=week',
      '“by”可以是 month、quarter、half、org',
      'is one of month, quarter, half, org',
    ],
    ['metrics/values?period=2023&own=yes', '“own”应是 true 或 false', 'is true or false'],
    ['metrics/values?period=2023&colour=red', '“colour”无法识别', 'is unknown'],
  ])('says what the parameter may be: %s', async (path, zh, en) => {
    const { detail, detailEn } = (await application.get(`/api/${path}`)).body;
    expect([detail, detailEn]).toEqual([expect.stringContaining(zh), expect.stringContaining(en)]);
  });

  it.each([
    ['no period', 'metrics/values', 'parameter_missing', 'period'],
    ['a period that is none', 'metrics/values?period=2023-13', 'period_not_readable', 'period'],
    ['a period given twice', 'metrics/values?period=2023&period=2024', 'parameter_not_readable', 'period'],
    ['an unknown org', 'indicators/values?period=2023&org=X', 'org_unknown', 'org'],
    ['an unknown key', 'metrics/values?period=2023&keys=registry.recruited,x', 'key_unknown', 'keys'],
    ['an unknown parameter', 'metrics/values?period=2023&colour=red', 'parameter_not_readable', 'colour'],
    ['an unknown grain', 'metrics/values?period=2023&by=week', 'parameter_not_readable', 'by'],
    ['own neither true nor false', 'metrics/values?period=2023&own=yes', 'parameter_not_readable', 'own'],
    ['a list without a key', 'values/entries?period=2023', 'parameter_missing', 'key'],
    ['a list of an unknown key', 'values/entries?period=2023&key=x', 'key_unknown', 'key'],
    ['a list of an unknown org', 'values/entries?period=2023&key=registry.recruited&org=X', 'org_unknown', 'org'],
    ['a rate without its part', 'values/entries?period=2023&key=rate.hr_agree', 'part_missing', 'part'],
    ['an unknown part', 'values/entries?period=2023&key=rate.hr_agree&part=half', 'parameter_not_readable', 'part'],
    [
      'a page mark that is none',
      'values/entries?period=2023&key=registry.recruited&after=7',
      'cursor_not_readable',
      'after',
    ],
    ['targets of an unknown period', 'targets?period=last', 'period_not_readable', 'period'],
    ['targets of an unknown org', 'targets?period=2023&org=X', 'org_unknown', 'org'],
  ])('with %s is refused by the name of the field', async (_, path, code, field) => {
    const answer = await application.get(`/api/${path}`);
    expect(answer).toMatchObject({
      status: 422,
      body: { code, field, detail: expect.stringMatching(/[\u4e00-\u9fff]/) },
    });
    expect(answer.type).toMatch(/^application\/problem\+json/);
  });

  it.each([
    ['no day of the calendar', `2023-99-99_${randomUUID()}`],
    ['no id', `2023-01-01_${'-'.repeat(36)}`],
  ])('with a page mark that holds %s is refused', async (_, after) => {
    const answer = await application.get(`/api/values/entries?period=2023&key=registry.recruited&after=${after}`);
    expect(answer).toMatchObject({ status: 422, body: { code: 'cursor_not_readable', field: 'after' } });
  });
});

function sum(rows: readonly Value[]): number {
  return rows.reduce((total, { value }) => total + Number(value ?? 0), 0);
}
