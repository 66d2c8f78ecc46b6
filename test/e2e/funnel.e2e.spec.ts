import { HttpApplication } from '../support/http-application';
import { followRequests } from '../support/followed-requests';
import { buildPrograms, killPrograms, ledger, type Ended } from '../support/program';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

let database: TestDatabase;
let application: HttpApplication;

beforeAll(async () => {
  await buildPrograms();
  database = await createTestDatabase();
  await followRequests(database.source);
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
}, 240_000);

afterAll(async () => {
  await application?.close();
  await killPrograms();
  await database?.drop();
});

async function ask(query: string) {
  const { status, body } = await application.get(`/api/funnel${query}`);
  expect({ status, problem: body.detail }).toEqual({ status: 200, problem: undefined });
  return body;
}

function run(...args: string[]): Promise<Ended> {
  return ledger({ DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl }, 'funnel', ...args);
}

describe('the funnel', () => {
  it('is told by period, and by the requests that began in it', async () => {
    const { stages } = await ask('?period=2024');
    expect(stages[3]).toMatchObject({
      stage: 'exam',
      requested: { value: '6', state: 'value' },
      fromBefore: { value: '75.00' },
    });
    const cohort = await ask('?period=2024&by=cohort&org=A');
    expect(cohort).toMatchObject({
      org: 'A',
      cases: 9,
      asOf: { position: expect.any(String), today: expect.any(String) },
    });
    expect(cohort.stages[3].windows[0]).toMatchObject({ days: 30, censored: 0 });
  });

  it('is explained by a bridge whose terms open lists that add up to it', async () => {
    const { requested, terms } = await ask('/bridge?period=2024&stage=exam');
    let sum = 0;
    for (const { term, entries, value } of terms) {
      const list = await ask(`/cases?period=2024&stage=exam&term=${term}`);
      expect([term, list.entries.length]).toEqual([term, entries]);
      const added = list.entries.reduce(
        (total: number, one: { contribution: string }) => total + Number(one.contribution),
        0,
      );
      expect([term, added]).toEqual([term, Number(value)]);
      sum += added;
    }
    expect(String(sum)).toBe(requested);
  });

  it('opens a cohort number as its requests, and that is noted', async () => {
    const { cases } = await ask('/cases?period=2024&stage=hr&part=lostAfter&how=mismatch');
    expect(cases).toMatchObject([
      { caseCode: 'K3', donorCode: 'D-K3', org: 'A', reached: 'hr', lostOn: '2024-03-10', reason: 'MM' },
    ]);
    const [act] = await database.source.query('select act, detail from audit_act order by seq desc limit 1');
    expect(act).toMatchObject({ act: 'cases.list', detail: { stage: 'hr', part: 'lostAfter' } });
  });

  it('opens all that was lost at a stage, and from a stage on, by side and reason', async () => {
    const { stages } = await ask('?period=2024&by=cohort');
    for (const { stage, lost, lostAfter, losses } of stages) {
      const gone = await ask(`/cases?period=2024&stage=${stage}&part=gone`);
      expect([stage, gone.cases.length]).toEqual([stage, lost + lostAfter]);
      for (const { how, side, reason, after, cases } of losses) {
        const asked = `part=${after ? 'lostAfter' : 'lost'}&how=${how}&side=${side ?? 'none'}&reason=${reason ?? 'none'}`;
        const list = await ask(`/cases?period=2024&stage=${stage}&${asked}`);
        expect([stage, asked, list.cases.length]).toEqual([stage, asked, cases]);
      }
    }
    const all = stages.reduce(
      (sum: number, one: { lost: number; lostAfter: number }) => sum + one.lost + one.lostAfter,
      0,
    );
    expect((await ask('/cases?period=2024&stage=screen&part=goneFrom')).cases.length).toBe(all);
  });

  it.each([
    ['/bridge?period=2024&stage=screen', 'stage_unknown', 'stage'],
    ['/bridge?period=2024-5&stage=exam', 'period_not_readable', 'period'],
    ['/cases?period=2024&stage=exam', 'number_not_said', 'term'],
    ['/cases?period=2024&stage=exam&term=lost&part=lost', 'number_not_said', 'term'],
    ['/cases?period=2024&stage=exam&part=within', 'days_missing', 'days'],
    ['?period=2024&asOf=2199-01-01', 'as_of_in_the_future', 'asOf'],
    ['?period=2024&org=X', 'org_unknown', 'org'],
  ])('says what is wrong with %s', async (query, code, field) => {
    const { status, body } = await application.get(`/api/funnel${query}`);
    expect({ status, code: body.code, field: body.field }).toEqual({ status: 422, code, field });
  });
});

describe('the verb funnel', () => {
  it('prints the period, the cohort and the bridge, whose last line is the figure', async () => {
    expect(await run('--period', '2024')).toMatchObject({ code: 0, stdout: expect.stringMatching(/exam +体检 +6 /) });
    expect((await run('--period', '2024', '--cohort', '--format', 'csv')).stdout).toMatch(/^hr,高分辨,7,/m);
    const bridge = await run('--period', '2024', '--bridge', 'exam');
    expect(bridge.stdout).toMatch(/waitingAtStart +期初等待 +2 +2\n/);
    expect(bridge.stdout).toMatch(/lost\.mismatch +捐献者方面：分型不符 +1\n/);
    expect(bridge.stdout).toMatch(/workup\.exam_started +等于本期数 +6\n$/);
    // What nobody reported is not 0, though its terms add up to nothing.
    const missing = await run('--period', '2023', '--bridge', 'exam', '--format', 'csv');
    expect(missing.stdout).toMatch(/\nworkup\.exam_started,等于本期数,,\r\n$/);
    const told = JSON.parse((await run('--period', '2024', '--bridge', 'exam', '--format', 'json')).stdout);
    expect(told).toMatchObject({ stage: 'exam', after: 'hr', requested: '6' });
  });

  it('says what it cannot do', async () => {
    const both = await run('--period', '2024', '--cohort', '--bridge', 'exam');
    expect(both).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('只能选一个') });
    expect(await run('--period', '2024', '--org', 'X')).toMatchObject({ code: 1, stdout: '' });
  });
});
