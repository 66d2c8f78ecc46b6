import { recompute } from '../../libs/indicators/recompute';
import { HttpApplication, type Answer } from '../support/http-application';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { bearer } from '../support/signed-in';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let application: HttpApplication;
let officer: { authorization: string };

const KEY = 'registry.recruited';

beforeAll(async () => {
  database = await createTestDatabase();
  const { source, url } = database;
  await createSmallRegistry(source);
  const month = (at: number) => `0${at + 1}`;
  await append(
    source,
    ...[10, 10, 10, 10, 10, 10, 20, 20, 20].map((quantity, at) =>
      entry({ org: 'A', occurredOn: `2023-${month(at)}-15`, quantity: String(quantity) }),
    ),
    entry({ org: 'A', occurredOn: '2023-12-15', quantity: '60' }),
    entry({ org: 'B', occurredOn: '2023-12-15', quantity: '60' }),
    ...[12, 14, 10, 12, 14, 10].map((quantity, at) =>
      entry({ org: 'A', occurredOn: `2024-${month(at)}-15`, quantity: String(quantity) }),
    ),
  );
  await recompute(source, REGISTRY);
  application = await HttpApplication.start({ databaseUrl: url }, { worker: false });
  officer = await bearer(source, 'officer');
}, 120_000);

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

function put(targets: object[], reason?: string, headers = officer): Promise<Answer> {
  const json = { ...headers, 'content-type': 'application/json' };
  return application.ask('/api/targets', { method: 'PUT', headers: json, body: JSON.stringify({ targets, reason }) });
}

async function upload(text: string, fields: Record<string, string> = {}): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([text]), 'targets.csv');
  return application.ask('/api/targets/import', { method: 'POST', headers: officer, body: form });
}

describe('targets', () => {
  it('are set by an officer within their org, together or not at all, and listed with who set them', async () => {
    const rows = [
      { org: 'P', period: '2024', key: KEY, target: '≥300人' },
      { org: 'A', period: '2024', key: KEY, operator: 'ge', value: '150' },
    ];
    expect(await put(rows)).toMatchObject({ status: 200, body: { set: 2, changed: 0, unchanged: 0 } });
    const city = await bearer(database.source, 'officer', { org: 'B' });
    const refused = await put([{ org: 'B', period: '2024', key: KEY, target: '≥1人' }, rows[1]!], undefined, city);
    expect(refused).toMatchObject({ status: 422, body: { code: 'org_unknown', index: 1 } });
    const { body } = await application.get('/api/targets?period=2024');
    expect(body.targets).toMatchObject([
      { org: 'A', operator: 'ge', value: '150', version: 1 },
      { org: 'P', operator: 'ge', value: '300', version: 1 },
    ]);
    expect((await put([{ ...rows[1], value: '160' }])).body.code).toBe('reason_missing');
  });

  it('are split over the cities by last year, and the remainder is shown', async () => {
    const asked = { period: '2024', key: KEY, by: 'last_year' };
    const { status, body } = await application.post('/api/targets/split', asked, officer);
    // Last year A had 180 and B 60.
    expect(status).toBe(200);
    expect(body.parts.map(({ org, share, value }: Record<string, string>) => [org, share, value])).toEqual([
      ['A', '180', '225'],
      ['B', '60', '75'],
    ]);
    expect(body).toMatchObject({ partsTotal: '300', remainder: '0', parts: [{ standing: { value: '150' } }, {}] });
    expect((await application.get(`/api/targets/split?period=2024&key=${KEY}`)).body).toMatchObject({
      partsTotal: '150',
      remainder: '150',
    });
    const given = { period: '2024', key: KEY, by: 'given', shares: { A: '1', B: '2', Z: '1' } };
    expect((await application.post('/api/targets/split', given, officer)).body.code).toBe('share_not_usable');
  });

  it('of a rate go down as they are', async () => {
    await put([{ org: 'P', period: '2024', key: 'rate.screen_agree', target: '≥45%' }]);
    const asked = { period: '2024', key: 'rate.screen_agree', by: 'equal' };
    const { body } = await application.post('/api/targets/split', asked, officer);
    expect(body).toMatchObject({ by: 'as_it_is', remainder: null, parts: [{ value: '45' }, { value: '45' }] });
  });

  it('stand with pace, last year and forecast', async () => {
    const { body } = await application.get('/api/targets/progress?period=2024&org=A&on=2024-06-15');
    expect(body).toMatchObject({
      months: '2024-01..2024-06',
      countedTo: '2024-06-30',
      days: 366,
      daysPassed: 182,
      targets: [
        {
          target: { key: KEY, value: '150' },
          actual: { now: { value: '72' }, before: { value: '60' }, change: '12', percent: '20.0' },
          // 150 × 182/366 = 74.59
          pace: { state: 'on_pace', elapsed: '49.73', achieved: '48.00', due: '75' },
        },
      ],
    });
    const [{ forecast }] = body.targets;
    // October and November 2023 are missing, so the months ahead go by the mean of the latest twelve with data.
    expect(forecast.method.zh).toContain('月均');
    expect(Number(forecast.low80)).toBeGreaterThanOrEqual(72);
    expect(forecast.likelihood.percent).toMatch(/^\d+$/);
  });

  it('of a year are forecast to the end of its first half too, until that is over and as long as it has a target', async () => {
    const firstHalf = async (on: string) => {
      const { body } = await application.get(`/api/targets/progress?period=2024&org=A&on=${on}`);
      return body.targets.find(({ target }: { target: { key: string } }) => target.key === KEY).firstHalf;
    };
    // 12, 14, 10, 12 and two months ahead.
    const april = await firstHalf('2024-04-15');
    expect(april).toMatchObject({ period: '2024-H1', target: null, actual: { value: '48' } });
    expect(april.forecast).toMatchObject({ to: '2024-06-30', likelihood: null });
    expect(Number(april.forecast.low80)).toBeGreaterThanOrEqual(48);
    expect(await firstHalf('2024-06-15')).toBeNull();

    await put([{ org: 'A', period: '2024-H1', key: KEY, target: '≥100人' }]);
    expect((await firstHalf('2024-04-15')).forecast.likelihood).toMatchObject({
      percent: expect.stringMatching(/^\d+$/),
      warning: true,
    });
    expect(await firstHalf('2024-06-15')).toMatchObject({
      actual: { value: '72' },
      target: { value: '100' },
      forecast: { mean: '72', likelihood: { percent: '0', words: { zh: '没有达到' }, warning: true } },
    });
    const half = await application.get('/api/targets/progress?period=2024-H1&org=A&on=2024-04-15');
    expect(half.body.targets).toMatchObject([{ firstHalf: null, forecast: { to: '2024-06-30' } }]);
  });

  it('of a period without data have neither pace nor forecast', async () => {
    await put([{ org: 'B', period: '2024-Q1', key: KEY, target: '≥5人' }]);
    const { body } = await application.get('/api/targets/progress?period=2024-Q1&org=B');
    expect(body.targets).toMatchObject([
      {
        pace: { state: 'no_data', achieved: null },
        forecast: { because: { zh: expect.stringContaining('还没有数据') } },
      },
    ]);
  });

  it('come from a file, by row and column where they cannot, and then none does', async () => {
    const bad =
      '机构,期间,指标,指标值\nA,2025,registry.recruited,≥10人\nZ,2025,registry.recruited,≥10人\nA,2025,donation.completed,100\nB,2025,donation.completed,≥3人\nA,2025,registry.recruited,≥11人\n';
    const refused = await upload(bad);
    expect(refused.status).toBe(200);
    expect(refused.body.done).toBeNull();
    expect(refused.body.problems.map(({ row, column, code }: Record<string, unknown>) => [row, column, code])).toEqual([
      [3, 'A', 'org_unknown'],
      [4, 'D', 'target_not_readable'],
      [5, 'D', 'unit_differs'],
      [6, null, 'target_twice'],
    ]);
    expect((await application.get('/api/targets?period=2025')).body.targets).toEqual([]);

    const good = '机构,期间,指标,指标值\nA,2025,registry.recruited,≥10人\nB,2025,donation.completed,≥3例\n';
    expect((await upload(good, { mode: 'dry_run' })).body).toMatchObject({ rows: 2, problems: [], done: null });
    expect((await upload(good)).body.done).toEqual({ set: 2, changed: 0, unchanged: 0 });
    expect((await upload(good)).body.done).toEqual({ set: 0, changed: 0, unchanged: 2 });
    expect((await upload('机构,期间,指标\nA,2025,x\n')).body.code).toBe('columns_missing');
  });

  it('are withdrawn with a reason, and their history says all of it', async () => {
    const place = { org: 'A', period: '2025', key: KEY };
    expect((await application.post('/api/targets/withdrawals', { ...place, reason: ' ' }, officer)).body.code).toBe(
      'reason_missing',
    );
    expect((await application.post('/api/targets/withdrawals', { ...place, reason: '不考核' }, officer)).status).toBe(
      204,
    );
    const { body } = await application.get(`/api/targets/history?org=A&period=2025&key=${KEY}`);
    expect(body.versions).toMatchObject([
      { version: 1, value: '10', reason: null },
      { version: 2, value: null, reason: '不考核' },
    ]);
  });
});

describe('a running period', () => {
  it('is told beside last year, and opens its list', async () => {
    const { body } = await application.get(`/api/metrics/running?period=2024-02..2024-04&keys=${KEY}`);
    expect(body.values).toMatchObject([{ now: { value: '36' }, before: { value: '30' }, percent: '20.0' }]);
    const list = (await application.get(`/api/metrics/running/entries?period=2024-02..2024-04&key=${KEY}&limit=2`))
      .body;
    expect(list).toMatchObject({ total: { entries: 3, sum: '36' }, entries: [{}, {}], next: expect.any(String) });
    const next = await application.get(
      `/api/metrics/running/entries?period=2024-02..2024-04&key=${KEY}&limit=2&after=${list.next}`,
    );
    expect(next.body).toMatchObject({ entries: [{ occurredOn: '2024-04-15' }], next: null });
    expect((await application.get(`/api/metrics/running?period=2024-04..2024-02&keys=${KEY}`)).body.code).toBe(
      'month_range_not_readable',
    );
    // R22: a list with codes of donors is recorded.
    const [act] = await database.source.query(
      `select act, thing from audit_act where act = 'entries.list' order by seq limit 1`,
    );
    expect(act).toEqual({ act: 'entries.list', thing: KEY });
  });
});

describe('how much of a period is counted', () => {
  it('ends with the last month that half of the cities have reported, and an org by itself with its own', async () => {
    await append(database.source, entry({ org: 'A', occurredOn: '2024-07-03', quantity: '1' }));
    await append(database.source, entry({ org: 'A1', occurredOn: '2024-08-03', quantity: '1' }));
    const city = `insert into org (registry_id, org, parent, level, name_zh, name_en) values
      ($1, 'C', 'P', 'city', '丙市', 'City C')`;
    await database.source.query(city, [REGISTRY]);
    await append(database.source, entry({ org: 'B', occurredOn: '2024-07-04', quantity: '1' }));
    await recompute(database.source, REGISTRY);
    await put([{ org: 'P', period: '2024', key: KEY, operator: 'ge', value: '500' }], '年度任务');
    const countedTo = async (org: string) =>
      (await application.get(`/api/targets/progress?period=2024&org=${org}`, officer)).body.countedTo;
    expect(await countedTo('P')).toBe('2024-07-31');
    expect(await countedTo('A')).toBe('2024-08-31');
  });

  it('is nothing of the last year that can be written', async () => {
    const { status, body } = await application.get('/api/targets/progress?period=9999', officer);
    expect({ status, months: body.months }).toEqual({ status: 200, months: null });
  });
});
