import ExcelJS from 'exceljs';
import { parse } from 'csv-parse/sync';
import { randomUUID } from 'node:crypto';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { HttpApplication } from '../support/http-application';
import { bearer } from '../support/signed-in';
import { append, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const LIST = 'key=registry.recruited&period=2023-01';

let database: TestDatabase;
let application: HttpApplication;
let sealed: { position: string; hash: string };

beforeAll(async () => {
  database = await createTestDatabase();
  const { source } = database;
  await createSmallRegistry(source);
  const first = entry({ occurredOn: '2023-01-05', quantity: '30', note: '=1+1' });
  await append(source, ...opening(), first, entry({ org: 'B', occurredOn: '2023-01-06', quantity: '12' }));
  const [seal] = await closeAndRecompute(source, REGISTRY, '2023-01', '李主任');
  sealed = seal!;
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
  const reversal = { id: randomUUID(), justification: '重复登记' };
  expect((await application.post(`/api/entries/${first.id}/reversal`, reversal)).status).toBe(201);
  await append(source, entry({ occurredOn: '2023-02-01', quantity: '5' }));
  await recompute(source, REGISTRY);
}, 120_000);

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

async function get(path: string) {
  const { status, body } = await application.get(`/api/${path}`);
  expect({ path, status, problem: body.detail }).toEqual({ path, status: 200, problem: undefined });
  return body;
}

describe('figures as of a moment', () => {
  it('are told with the place that they stand at, and whether anything waits', async () => {
    const now = await get('metrics/values?period=2023&keys=registry.recruited');
    expect(now).toMatchObject({
      waiting: 0,
      asOf: { position: '4' },
      values: [{ value: '17', computedAt: expect.any(String) }],
    });
    const then = await get('metrics/values?period=2023&keys=registry.recruited&asOf=seal:2023-01');
    expect(then).toMatchObject({
      asOf: { position: sealed.position, recordedAt: expect.any(String), seal: { number: 1, hash: sealed.hash } },
      values: [{ value: '42', position: sealed.position }],
    });
    const rate = await get(`indicators/values?period=2023&keys=rate.screen_agree&asOf=${sealed.position}`);
    expect(rate.values).toMatchObject([{ state: 'missing' }]);
    await append(database.source, entry({ occurredOn: '2023-03-01' }));
    expect((await get('metrics/values?period=2023&keys=registry.recruited')).waiting).toBeGreaterThan(0);
    await recompute(database.source, REGISTRY);
  });

  it('have lists of the same moment', async () => {
    const list = await get(`values/entries?key=registry.recruited&period=2023&asOf=${sealed.position}`);
    expect(list).toMatchObject({ figure: { value: '42' }, total: { entries: 2, sum: '42' }, waiting: 0 });
    expect(list.entries.map(({ reversedBy }: { reversedBy: string | null }) => reversedBy)).toEqual([null, null]);
  });

  it('differ by what was written since, and the difference is its sum', async () => {
    const changes = await get(`values/changes?key=registry.recruited&period=2023&since=seal:2023-01&asOf=4`);
    expect(changes).toMatchObject({
      then: { value: '42' },
      now: { value: '17' },
      total: { entries: 2, sum: '-25' },
      next: null,
    });
    expect(changes.entries.map(({ contribution }: { contribution: string }) => contribution).sort()).toEqual([
      '-30',
      '5',
    ]);
    const { changed } = await get('values/changes/summary?period=2023&since=seal:2023-01&asOf=4');
    expect(changed).toMatchObject([{ then: { key: 'registry.recruited', value: '42' }, difference: '-25' }]);
    // The sealed month itself did not move.
    expect((await get('values/changes/summary?period=2023-01&since=seal:2023-01')).changed).toEqual([]);
  });

  it('hold for months that run, for growth and for targets as well', async () => {
    const running = 'metrics/running?period=2023-01..2023-02&keys=registry.recruited';
    expect((await get(running)).values).toMatchObject([{ now: { value: '17' } }]);
    expect(await get(`${running}&asOf=seal:2023-01`)).toMatchObject({
      asOf: { position: sealed.position, seal: { hash: sealed.hash } },
      values: [{ now: { value: '42' } }],
    });
    const list = 'metrics/running/entries?period=2023-01..2023-02&key=registry.recruited';
    expect(await get(list)).toMatchObject({ figure: { value: '17' }, total: { entries: 2, sum: '17' } });
    expect(await get(`${list}&asOf=seal:2023-01`)).toMatchObject({ figure: { value: '42' }, total: { sum: '42' } });
    const growth = 'funnel/contributions?period=2023&key=registry.recruited';
    expect(await get(`${growth}&asOf=position:${sealed.position}`)).toMatchObject({
      asOf: { position: sealed.position },
      whole: { now: '42' },
      contributions: [{ org: 'P' }, { org: 'A', now: '30' }, { org: 'B', now: '12' }],
    });

    const owner = await bearer(database.source, 'officer');
    const target = (value: string) => ({ org: 'P', period: '2023', key: 'registry.recruited', operator: 'ge', value });
    const set = (value: string) => ({
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...owner },
      body: JSON.stringify({ targets: [target(value)], reason: '任务' }),
    });
    expect((await application.ask('/api/targets', set('50'))).status).toBe(200);
    const between = new Date().toISOString();
    expect((await application.ask('/api/targets', set('60'))).status).toBe(200);
    expect((await get('targets?period=2023')).targets).toMatchObject([{ value: '60' }]);
    expect((await get(`targets?period=2023&asOf=${between}`)).targets).toMatchObject([{ value: '50' }]);
    expect((await get('targets?period=2023&asOf=2022-12-31')).targets).toEqual([]);
    expect((await get('targets/progress?period=2023&on=2023-02-28')).targets).toMatchObject([
      { target: { value: '60' }, actual: { now: { value: '17' } } },
    ]);
    expect((await get(`targets/progress?period=2023&on=2023-02-28&asOf=${between}`)).targets).toMatchObject([
      { target: { value: '50' }, actual: { now: { value: '17' } } },
    ]);
    expect(await get('targets/progress?period=2023&asOf=seal:2023-01')).toMatchObject({
      asOf: { position: sealed.position },
      targets: [],
    });
  });

  it.each([
    ['metrics/values?period=2023&asOf=2023', 'as_of_ambiguous', 'asOf'],
    ['metrics/running?period=2023&keys=registry.recruited&asOf=2023', 'as_of_ambiguous', 'asOf'],
    ['metrics/running/entries?period=2023&key=registry.recruited&asOf=x', 'as_of_not_readable', 'asOf'],
    ['funnel/contributions?period=2023&key=registry.recruited&asOf=seal:2023-09', 'seal_unknown', 'asOf'],
    ['targets?asOf=2023', 'as_of_ambiguous', 'asOf'],
    ['targets?asOf=2023-W05', 'as_of_not_readable', 'asOf'],
    ['targets?asOf=2999-01-01', 'as_of_in_the_future', 'asOf'],
    ['targets/progress?period=2023&asOf=20230131', 'as_of_ambiguous', 'asOf'],
    ['values/changes/summary?period=2023&since=202301', 'as_of_ambiguous', 'since'],
    ['metrics/values?period=2023&asOf=2999-01-01', 'as_of_in_the_future', 'asOf'],
    ['indicators/values?period=2023&asOf=1999-01-01', 'as_of_before_beginning', 'asOf'],
    ['values/entries?key=registry.recruited&period=2023&asOf=yesterday', 'as_of_not_readable', 'asOf'],
    ['metrics/values?period=2023&asOf=0', 'as_of_not_readable', 'asOf'],
    ['values/changes?key=registry.recruited&period=2023&since=00', 'as_of_not_readable', 'since'],
    ['values/changes?key=registry.recruited&period=2023&since=x', 'as_of_not_readable', 'since'],
    ['values/changes?key=registry.recruited&period=2023', 'parameter_missing', 'since'],
    ['values/changes?key=registry.recruited&period=2023&since=3&asOf=2', 'moments_reversed', 'since'],
    ['values/changes?key=rate.screen_agree&period=2023&since=1', 'part_missing', 'part'],
    ['values/changes?key=registry.recruited&period=2023&since=1&org=X', 'org_unknown', 'org'],
    ['values/changes/summary?period=2023&since=1&org=X', 'org_unknown', 'org'],
    ['values/entries/export?key=registry.recruited&period=2023&format=pdf', 'parameter_not_readable', 'format'],
    ['values/entries/export?key=x&period=2023&format=csv', 'key_unknown', 'key'],
    ['values/entries/export?key=registry.recruited&period=2023&format=csv&org=X', 'org_unknown', 'org'],
  ])('that cannot be asked are refused: %s', async (path, code, field) => {
    expect(await application.get(`/api/${path}`)).toMatchObject({ status: 422, body: { code, field } });
  });
});

describe('orgs as of a moment', () => {
  const NOW = 'metrics/values?period=2023-01&keys=registry.recruited&by=org';
  const rowsOf = async (query: string) => (await get(query)).values.map(({ org }: { org: string }) => org);

  it('are those that were there: a later one has no row, and a renamed one its old name', async () => {
    const owner = await bearer(database.source, 'administrator');
    const as = (method: string, body: object) => {
      const headers = { 'content-type': 'application/json', ...owner };
      return { method, headers, body: JSON.stringify(body) };
    };
    const file = `/api/values/entries/export?${LIST}&format=csv&asOf=seal:2023-01`;
    const before = await application.get(file);
    const station = { code: 'CC', parent: 'P', level: 'city', nameZh: '丙市' };
    expect((await application.ask('/api/orgs', as('POST', station))).status).toBe(201);
    expect((await application.ask('/api/orgs/B', as('PATCH', { nameZh: '新乙市' }))).status).toBe(200);

    expect(await rowsOf(NOW)).toEqual(['P', 'A', 'B', 'CC']);
    expect(await rowsOf(`${NOW}&asOf=seal:2023-01`)).toEqual(['P', 'A', 'B']);
    const whole = 'metrics/values?period=2023-01&keys=registry.recruited';
    expect((await get(`${whole}&asOf=seal:2023-01`)).values).toMatchObject([{ reporting: { owe: 2, reported: 2 } }]);
    expect((await get(whole)).values).toMatchObject([{ reporting: { owe: 3 } }]);
    expect(before.body.toString()).toContain('乙市');
    expect((await application.get(file)).body.equals(before.body)).toBe(true);
    // A sealed month is told as it was sealed; another moment has to be asked for.
    const now = file.replace(/&asOf=.*/, '');
    expect((await application.get(now)).body.equals(before.body)).toBe(true);
    const [{ position }] = await database.source.query('select position from registry_head');
    expect((await application.get(`${now}&asOf=${position}`)).body.toString()).toContain('新乙市');
  });
});

describe('the list behind a figure as a file', () => {
  async function download(query: string): Promise<Buffer> {
    const answer = await application.get(`/api/values/entries/export?${query}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="list\./);
    return answer.body;
  }

  it('says what it is of, prints the seal, and ends with the figure: CSV', async () => {
    const text = (await download(`${LIST}&format=csv`)).toString('utf8');
    expect(text.startsWith('\uFEFF')).toBe(true);
    const rows: string[][] = parse(text, { bom: true, relax_column_count: true });
    const head = Object.fromEntries(rows.slice(0, 12).map(([name, said]) => [name, said]));
    expect(head).toMatchObject({ 期间: '2023-01', 名单合计: '42', 封存: expect.stringContaining(sealed.hash) });
    const columns = rows.find(([first]) => first === '发生日期')!;
    const last = rows.at(-1)!;
    expect([last[0], last[columns.indexOf('计入')]]).toEqual(['合计（共 2 条）', '42']);
    expect(text).toContain(`"'=1+1"`);
  });

  it('is the same workbook whenever the same past is asked for', async () => {
    const query = `${LIST}&format=xlsx&asOf=seal:2023-01`;
    const bytes = await download(query);
    await append(database.source, entry({ occurredOn: '2023-04-01' }));
    await recompute(database.source, REGISTRY);
    expect((await download(query)).equals(bytes)).toBe(true);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
    const sheet = workbook.worksheets[0]!;
    expect(sheet.getRow(sheet.rowCount).getCell(11).value).toBe(42);
    expect(sheet.getColumn(18).values).toContain('=1+1');
  });

  it('is an act in the audit log', async () => {
    await download(`${LIST}&format=csv`);
    const [act] = await database.source.query(
      `select act, thing, detail from audit_act where act = 'export' order by seq desc limit 1`,
    );
    expect(act).toMatchObject({ thing: '/api/values/entries/export', detail: { period: '2023-01', format: 'csv' } });
  });
});
