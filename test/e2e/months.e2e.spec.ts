import { randomUUID } from 'node:crypto';
import { dutiesOf } from '../../libs/catalogue/duties';
import { recompute } from '../../libs/indicators/recompute';
import { HttpApplication } from '../support/http-application';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { bearer } from '../support/signed-in';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

type Shown = { authorization: string };

let database: TestDatabase;
let application: HttpApplication;
let province: Shown;
let cityA: Shown;
let cityB: Shown;
let county: Shown;

beforeAll(async () => {
  database = await createTestDatabase();
  const { source } = database;
  await createSmallRegistry(source);
  await append(source, entry({ org: 'A', occurredOn: '2023-01-10', quantity: '4' }));
  await recompute(source, REGISTRY);
  application = await HttpApplication.start({ databaseUrl: database.url });
  [province, cityA, cityB, county] = (await Promise.all(
    ['P', 'A', 'B', 'A1'].map((org) => bearer(source, 'reviewer', { org })),
  )) as [Shown, Shown, Shown, Shown];
});

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

async function post(path: string, body: unknown, shown: Shown) {
  return application.post(`/api/months/${path}`, body, shown);
}

async function get(path: string, shown: Shown) {
  return (await application.get(`/api/months${path}`, shown)).body;
}

/** Until the worker has computed what stands, closing is refused. */
async function close(month: string, body: unknown, shown: Shown) {
  return post(`${month}/close`, body, shown);
}

describe('a month of the registry', () => {
  it('is submitted by each city for itself, after a look at what seems wrong', async () => {
    const check = await get('/2023-01/check', cityA);
    expect(check).toMatchObject({ org: 'A', month: '2023-01', outliers: [], waiting: [], findings: 0 });
    expect(check.nilReturns).toEqual(dutiesOf('city').filter((kind) => kind !== 'RecruitmentRegistered'));

    const { status, body } = await post('2023-01/submit', { note: '已核对' }, cityA);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'submitted', nilReturns: check.nilReturns });
    expect((await post('2023-01/submit', {}, cityA)).body).toMatchObject({ status: 'unchanged', nilReturns: [] });
    expect((await get('/2023-01/check', cityA)).nilReturns).toEqual([]);

    const { body: refused } = await post('2023-01/submit', { org: 'A' }, cityB);
    expect(refused).toMatchObject({ code: 'org_unknown', field: 'org' });
    for (const [shown, org] of [
      [county, undefined],
      [province, undefined],
      [province, 'A1'],
    ] as const) {
      expect((await post('2023-01/submit', { org }, shown)).body).toMatchObject({ code: 'org_submits_nothing' });
    }
    const acts = await database.source.query(
      `select actor, thing, org, detail from audit_act where act = 'months.submit'`,
    );
    expect(acts).toEqual([
      expect.objectContaining({ thing: '2023-01', org: 'A', detail: { nilReturns: check.nilReturns, note: '已核对' } }),
    ]);
  });

  it('shows each who has submitted it, within their reach', async () => {
    const overview = await get('/2023-01', province);
    expect(overview).toMatchObject({ month: '2023-01', state: 'open', action: null, seal: null, adjusted: 0 });
    expect(overview.orgs).toMatchObject([
      { org: 'A', name: { zh: '甲市' }, state: 'submitted', submission: { note: '已核对' } },
      { org: 'B', state: 'not_submitted', submission: null, nilReturns: [] },
    ]);
    expect(overview.orgs[0].nilReturns).toHaveLength(dutiesOf('city').length - 1);
    expect((await get('/2023-01', cityB)).orgs.map(({ org }: { org: string }) => org)).toEqual(['B']);
    const { months } = await get('', province);
    expect(months.at(0)).toMatchObject({ state: 'running', submitting: 2, submitted: 0 });
    expect(months.at(-1)).toMatchObject({ month: '2023-01', state: 'open', submitting: 2, submitted: 1, changed: 0 });
    expect((await get('', cityB)).months.at(-1)).toMatchObject({ submitting: 1, submitted: 0 });
    expect(await get('/2022-12', province)).toMatchObject({ status: 404, code: 'month_unknown' });
    expect(await get('/2023-13', province)).toMatchObject({ code: 'period_not_readable' });
    expect(await get('/2023', province)).toMatchObject({ code: 'month_not_readable' });
  });

  it('shows beside a figure how many of those that owe it have reported', async () => {
    const path = '/api/metrics/values?period=2023-01&keys=registry.recruited,blood.collected_units';
    const reporting = async (shown: Shown) =>
      (await application.get(path, shown)).body.values.map((one: { reporting: unknown }) => one.reporting);
    expect(await reporting(province)).toEqual([{ owe: 2, reported: 1 }, null]);
    expect(await reporting(cityA)).toEqual([null, null]);
  });

  it('is not submitted any more once something has come', async () => {
    const one = entry({ org: 'A1', occurredOn: '2023-01-12' });
    expect((await application.post('/api/entries', one)).status).toBe(201);
    expect((await get('/2023-01', province)).orgs[0]).toMatchObject({ org: 'A', state: 'changed' });
    expect((await get('', cityA)).months.at(-1)).toMatchObject({ submitting: 1, submitted: 0, changed: 1 });
    expect((await post('2023-01/submit', { org: 'A' }, province)).body).toMatchObject({
      status: 'submitted',
      nilReturns: [],
    });
  });

  it('is closed by the registry alone, without a city only for a reason', async () => {
    for (const shown of [cityA, cityB]) {
      expect(await close('2023-01', { reason: '按时' }, shown)).toMatchObject({
        status: 403,
        body: { code: 'org_out_of_reach' },
      });
    }
    expect(await close('2023-01', {}, province)).toMatchObject({
      status: 409,
      body: { code: 'month_not_submitted', field: 'reason', orgs: ['B'], detail: expect.stringContaining('乙市') },
    });
    expect((await close('2023-01', { reason: '  ' }, province)).body.code).toBe('month_not_submitted');
    expect((await close('2023-02', {}, province)).body.code).toBe('month_order');
    expect((await close('2023-01', { reason: '13800138000' }, province)).body.code).toBe('personal_number');
    expect((await close('2023-01', { reason: 7 }, province)).body.code).toBe('field_not_readable');
    const { status, body } = await close('2023-01', { reason: '乙市逾期' }, province);
    expect({ status, seals: body.seals.map(({ period }: { period: string }) => period) }).toEqual({
      status: 200,
      seals: ['2023-01'],
    });
    const overview = await get('/2023-01', cityB);
    expect(overview).toMatchObject({ state: 'closed', action: 'close', reason: '乙市逾期', seal: body.seals[0] });
    expect((await post('2023-01/submit', {}, cityB)).body.code).toBe('month_closed');
  });

  it('shows what was posted into it late, with the reason and the month that it belongs to', async () => {
    const late = entry({ org: 'B', occurredOn: '2023-01-31', quantity: '3', justification: '乡镇表迟到' });
    expect((await application.post('/api/entries', late)).status).toBe(201);
    const [first] = await database.source.query(`select id from entry where quantity = 4`);
    const reversal = { id: randomUUID(), justification: '重复登记' };
    expect((await application.post(`/api/entries/${first.id}/reversal`, reversal)).status).toBe(201);
    const taken = entry({ org: 'B', occurredOn: '2023-02-03', quantity: '8' });
    await application.post('/api/entries', taken);
    await application.post(`/api/entries/${taken.id}/reversal`, { id: randomUUID(), justification: '有误' });

    const { adjustments, adjusted } = await get('/2023-02', province);
    expect(adjusted).toBe(2);
    expect(adjustments).toMatchObject([
      { org: 'A', belongsTo: '2023-01', quantity: '-4', justification: '重复登记', reverses: first.id },
      { id: late.id, org: 'B', belongsTo: '2023-01', quantity: '3', justification: '乡镇表迟到', reversed: false },
    ]);
    expect((await get('/2023-02', cityB)).adjustments.map(({ id }: { id: string }) => id)).toEqual([late.id]);
  });

  it('says what reopening would undo before it is done, and wants a reason', async () => {
    const effect = await get('/2023-01/reopen-effect', province);
    expect(effect).toMatchObject({ months: ['2023-01'], seals: [{ period: '2023-01', number: 1 }] });
    expect(effect.keys).toContain('registry.recruited');
    expect(effect.assessments).toEqual([]);
    expect(await get('/2023-01/reopen-effect', cityA)).toMatchObject({ code: 'org_out_of_reach' });
    expect((await post('2023-01/reopen', { reason: '补录' }, cityA)).body.code).toBe('org_out_of_reach');
    expect((await post('2023-01/reopen', {}, province)).body).toMatchObject({
      code: 'reason_missing',
      field: 'reason',
    });
    expect((await post('2023-02/reopen', { reason: '补录' }, province)).body.code).toBe('month_not_closed');
    const { status, body } = await post('2023-01/reopen', { reason: '补录' }, province);
    const { keys: _, assessments: __, ...undone } = effect;
    expect({ status, body }).toEqual({ status: 200, body: undone });
    const old = await application.get('/api/seals/2023-01?number=1&org=A', province);
    expect(old.body).toMatchObject({ number: 1, standing: false, hash: effect.seals[0].hash });
    expect(new Set(old.body.values.map(({ org }: { org: string }) => org))).toEqual(new Set(['A', 'A1']));
    expect((await application.get('/api/seals', province)).body.seals).toMatchObject([
      { period: '2023-01', number: 1 },
    ]);
    expect(await get('/2023-01', province)).toMatchObject({
      state: 'open',
      action: 'reopen',
      reason: '补录',
      seal: null,
    });
  });

  it('is closed without a reason once all have submitted, and either before or after who submits meanwhile', async () => {
    await post('2023-01/submit', {}, cityB);
    expect((await get('', province)).months.at(-1)).toMatchObject({ submitted: 2, changed: 0 });
    expect((await close('2023-01', {}, province)).status).toBe(200);

    await post('2023-02/submit', {}, cityA);
    const [submitted, closed] = await Promise.all([post('2023-02/submit', {}, cityB), close('2023-02', {}, province)]);
    expect([submitted.status, submitted.body.status]).toEqual([200, 'submitted']);
    // A closing that came first was refused, for one had not submitted.
    expect([200, 409]).toContain(closed.status);
    const [both, again] = await Promise.all([
      close('2023-02', { reason: '到期' }, province),
      post('2023-02/submit', {}, cityB),
    ]);
    expect([both.status, closed.status]).toContain(200);
    expect(['unchanged', 'month_closed']).toContain(again.body.code ?? again.body.status);
    expect(await get('/2023-02', province)).toMatchObject({ state: 'closed' });
  });
});
