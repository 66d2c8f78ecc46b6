import { recompute } from '../../libs/indicators/recompute';
import { HttpApplication } from '../support/http-application';
import { buildPrograms, killPrograms, ledger } from '../support/program';
import { requestOf } from '../support/request-of';
import { append, createSmallRegistry, opening, REGISTRY } from '../support/small-registry';
import { bearer } from '../support/signed-in';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

let database: TestDatabase;
let application: HttpApplication;

beforeAll(async () => {
  await buildPrograms();
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...['A', 'B'].flatMap((org) => opening(org)));
  await append(
    database.source,
    ...requestOf('A', ['2024-03-01 ScreenRequested', '2024-03-04 ScreenAnswered agreed']),
    ...requestOf('B', ['2024-03-01 ScreenRequested', '2024-03-08 ScreenAnswered agreed']),
    ...requestOf('B', ['2024-03-01 ScreenRequested', '2024-03-05 RequestClosed patient_side FND']),
    ...requestOf('B', ['2023-03-01 ScreenRequested']),
  );
  await recompute(database.source, REGISTRY);
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
}, 180_000);

afterAll(async () => {
  await application?.close();
  await killPrograms();
  await database?.drop();
});

const PAIR = 'period=2024&from=screen_requested&to=screen_agreed';

async function get(path: string, headers = {}) {
  const { status, body } = await application.get(`/api/funnel/${path}`, headers);
  expect({ path, status, problem: body.detail }).toEqual({ path, status: 200, problem: undefined });
  return body;
}

describe('the comparisons', () => {
  it('tell days, and open their cases', async () => {
    const { times, asOf } = await get(`times?${PAIR}&by=org`);
    expect(times).toMatchObject([
      { org: 'P', own: true, pairs: 0, median: null },
      { org: 'A', pairs: 1, median: '3.0', open: 0 },
      { org: 'B', pairs: 1, median: '7.0', p90: '7.0', open: 1 },
    ]);
    expect(asOf.position).toMatch(/^\d+$/);
    const { cases } = await get(`times/cases?${PAIR}&state=reached&org=B`);
    expect(cases).toMatchObject([{ org: 'B', beganOn: '2024-03-01', reachedOn: '2024-03-08', days: 7 }]);
    expect((await get(`times/cases?${PAIR}&state=open`)).cases).toMatchObject([{ beganOn: '2023-03-01' }]);
  });

  it('tell ages and who is late, and open their cases', async () => {
    const { ages, lateness, day } = await get('ageing?day=2024-03-31');
    expect(day).toBe('2024-03-31');
    expect(ages).toMatchObject([
      { milestone: 'screen_agreed', band: '8-30', cases: 2 },
      { milestone: 'screen_requested', band: '>90', cases: 1 },
    ]);
    expect(lateness).toMatchObject([{ org: 'P', key: 'screen_unanswered', waiting: 1, late: 1, shareLate: '100.0' }]);
    expect((await get('ageing/cases?day=2024-03-31&band=%3E90')).cases).toHaveLength(1);
  });

  it('tell rates of cities, their losses and their shares of a change, and open their cases', async () => {
    const { whole, cities, losses } = await get(`cities?${PAIR}&window=30`);
    expect(whole).toMatchObject({ hits: 2, total: 3, rate: '66.67' });
    expect(cities).toMatchObject([
      { org: 'P', own: true, total: 0, rate: null, funnel: null },
      { org: 'A', hits: 1, total: 1, funnel: { outside: 'within' } },
      { org: 'B', hits: 1, total: 2, rate: '50.00', interval: { lower: '9.45', upper: '90.55' } },
    ]);
    expect(losses).toEqual([{ org: 'B', own: false, side: 'patient', reason: 'FND', cases: 1 }]);
    expect((await get(`cities/cases?${PAIR}&part=lost`)).cases).toMatchObject([{ side: 'patient', reason: 'FND' }]);
    const told = await get('contributions?period=2024&key=match.screen_requested');
    expect(told).toMatchObject({ growth: '200.00', missing: '100.00', rounding: '0.00', before: '2023' });
    expect(told.contributions).toMatchObject([
      { org: 'P', own: true, points: null },
      { org: 'A', now: '1', before: null, points: null },
      { org: 'B', now: '2', before: '1', points: '100.00' },
    ]);
  });

  it('of one city are all that its people see', async () => {
    const headers = await bearer(database.source, 'clerk', { org: 'B' });
    expect((await get(`times?${PAIR}`, headers)).times).toMatchObject([{ org: 'B', pairs: 1 }]);
    expect((await get(`cities/cases?${PAIR}&part=cases`, headers)).cases).toHaveLength(2);
    expect((await get(`cities?${PAIR}`, headers)).whole).toMatchObject({ cases: 2 });
  });

  it('whose lists show codes of donors stand in the audit log', async () => {
    await get(`times/cases?${PAIR}&state=open`);
    const [act] = await database.source.query(`select act, detail from audit_act order by seq desc limit 1`);
    expect(act).toMatchObject({ act: 'cases.list', detail: { state: 'open', from: 'screen_requested' } });
  });

  it.each([
    ['times?period=2024&from=wedding&to=donated', 'milestone_unknown', 'from'],
    ['times?period=2024&from=donated&to=screen_requested', 'milestones_in_order', 'to'],
    ['ageing?day=2024-02-30', 'date_not_readable', 'day'],
    ['contributions?period=2024&key=donation.donors_distinct', 'key_not_additive', 'key'],
    [`cities/cases?${PAIR}&part=hits&after=x`, 'cursor_not_readable', 'after'],
  ])('refuse %s with a sentence', async (path, code, field) => {
    const { status, body } = await application.get(`/api/funnel/${path}`);
    expect({ status, code: body.code, field: body.field }).toEqual({ status: 422, code, field });
  });

  it('are printed by the command line as a table, JSON and CSV', async () => {
    const asked = ['--period', '2024', '--from', 'screen_requested', '--to', 'screen_agreed'];
    const run = (...args: string[]) =>
      ledger({ DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl }, ...args);
    const [times, cities, losses, refused] = await Promise.all([
      run('times', ...asked, '--format', 'json'),
      run('cities', ...asked, '--format', 'csv', '--window', '30'),
      run('cities', ...asked, '--losses'),
      run('times', '--period', '2024', '--from', 'x', '--to', 'donated'),
    ]);
    expect(JSON.parse(times?.stdout ?? '')).toMatchObject([{ org: 'P', pairs: 2, median: '5.0', open: 1 }]);
    expect(cities?.stdout).toContain('B,乙市,1,2,50.00,9.45,90.55');
    expect(losses?.stdout).toContain('另有更合适供者');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
  });
});
