import type { DataSource } from 'typeorm';
import { INDICATORS } from '../../libs/catalogue/indicators';
import type { MetricDefinition } from '../../libs/catalogue/metric-definition';
import { METRICS } from '../../libs/catalogue/metrics';
import { decimal, plain } from '../../libs/core/decimal';
import { enclosingPeriods } from '../../libs/core/period';
import { closeDemonstration } from '../../libs/demonstration/close';
import { loadDemonstration } from '../../libs/demonstration/load';
import { Random } from '../../libs/demonstration/random';
import { DEMONSTRATION_ORGS, DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { readBridge } from '../../libs/funnel/bridge';
import { readEntriesBehind } from '../../libs/indicators/entries-behind';
import { recompute } from '../../libs/indicators/recompute';
import { readIndicatorValues, readMetricValues, type Value, type ValueQuestion } from '../../libs/indicators/values';
import { verify } from '../../libs/indicators/verify';
import { reopenMonths } from '../../libs/ledger/months';
import { listSeals } from '../../libs/ledger/seals';
import { makeAssessmentFiles } from '../../libs/reports/assessment-files';
import { assessDemonstration } from '../../libs/self-assessment/demonstration-assessments';
import { openAssessment } from '../../libs/self-assessment/read-assessment';
import { YEAR_2024 } from '../support/demonstration-year';
import { killPrograms, ledger } from '../support/program';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { wholeList } from '../support/whole-list';

jest.setTimeout(120_000);

const { registryId } = DEMONSTRATION_REGISTRY;
const [ROOT, ...CITIES] = DEMONSTRATION_ORGS.map(({ org }) => org);
const SUMS = (METRICS as readonly MetricDefinition[]).filter(({ addsUp }) => addsUp === 'sum').map(({ key }) => key);

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  source = database.source;
  await loadDemonstration(source);
  await recompute(source, registryId);
  await closeDemonstration(source);
}, 300_000);

afterAll(async () => {
  await killPrograms();
  await database?.drop();
});

async function values(question: Omit<ValueQuestion, 'registryId'>): Promise<Value[]> {
  const whole = { registryId, ...question };
  return [...(await readMetricValues(source, whole)), ...(await readIndicatorValues(source, whole))];
}

function sumOf(rows: readonly Value[], key: string): string {
  const own = rows.filter((row) => row.key === key);
  return plain(own.reduce((sum, { value }) => sum.plus(value ?? '0'), decimal('0')).toFixed());
}

describe('the demonstration of 2024', () => {
  it('has exactly the totals that it tells of', async () => {
    const rows = await values({ period: '2024' });
    const found = Object.fromEntries(rows.map(({ key, value }) => [key, value]));
    expect(found).toMatchObject(YEAR_2024);
  });

  it('explains why 231 examinations stand above 219 who agreed, and every stage of every city so (R19)', async () => {
    const explained: unknown[] = [];
    for (const org of [ROOT, ...CITIES]) {
      for (const stage of ['remobilise', 'hr', 'exam', 'donation']) {
        const bridge = await readBridge(source, { registryId, period: '2024', org: org ?? '', stage });
        const sum = bridge.terms.reduce((total, { value }) => total.plus(value), decimal('0'));
        expect([org, stage, plain(sum.toFixed())]).toEqual([org, stage, bridge.requested ?? '0']);
        if (org === ROOT && stage === 'exam') explained.push(bridge.requested, bridge.terms);
      }
    }
    expect(explained).toEqual([
      '231',
      expect.arrayContaining([expect.objectContaining({ term: 'passed', value: '219' })]),
    ]);
  });

  it('reports that nobody retracted late: zero, not missing', async () => {
    const [late] = await values({ period: '2024', keys: ['donation.last_minute_withdrawals'] });
    expect(late).toMatchObject({ state: 'zero', value: '0' });
  });

  it('has all samples passed on by the registry itself', async () => {
    const rows = await values({ period: '2024', by: 'org', keys: ['registry.samples_transited'] });
    expect(rows[0]).toMatchObject({ org: ROOT, own: true, value: '2805' });
    expect(rows.slice(1).every(({ value }) => value === null || value === '0')).toBe(true);
    const [own] = await values({ period: '2024', own: true, keys: ['registry.samples_transited'] });
    expect(own).toMatchObject({ own: true, value: '2805', state: 'value' });
  });

  it('prints the same by the command line', async () => {
    const environment = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl };
    const { code, stdout } = await ledger(environment, 'report', '--period', '2024', '--format', 'json');
    expect(code).toBe(0);
    const rows: Value[] = JSON.parse(stdout);
    expect(rows.map(({ key }) => key)).toEqual([...METRICS, ...INDICATORS].map(({ key }) => key));
    expect(Object.fromEntries(rows.map(({ key, value }) => [key, value]))).toMatchObject(YEAR_2024);
    expect(rows.find(({ key }) => key === 'rate.screen_agree')).toEqual({
      ...{ key: 'rate.screen_agree', org: ROOT, period: '2024', value: '48.73' },
      ...{ numerator: '4877', denominator: '10008', unit: '%', state: 'value' },
    });
    const table = await ledger(environment, 'report', '--period', '2024');
    expect(table.stdout).toMatch(/^演示数据/);
    expect(table.stdout).toMatch(/初筛成功率 +48\.73 +% +4,877\/10,008/);
  });

  it('fills the self-assessment', async () => {
    const { filled: form } = await openAssessment(source, { registryId, form: 'hunan', period: '2024' });
    const actuals = Object.fromEntries(form.lines.map(({ code, actual }) => [code, actual]));
    expect(actuals).toMatchObject({
      ...{ recruited: '12000', samples: '2805', screened: '10008', remobilised: '1114', typed: '358' },
      ...{ examined: '231', exam_completed: '181', donations: '136', revisited: '186594', stock: '196937' },
      ...{ screen_rate: '48.73', remobilise_rate: '65.17', typing_rate: '61.17', exam_rate: '78.35', release: '6.9' },
      ...{ late_retractions: '0', samples_damaged: '0' },
    });
    expect(form.lines.find(({ code }) => code === 'screen_rate')).toMatchObject({
      ...{ numerator: '4877', denominator: '10008', targetMet: expect.any(Boolean), deviation: expect.any(String) },
    });
  });
});

describe('its self-assessments', () => {
  it('are begun: the half-year stands frozen with all its files, the year is a draft', async () => {
    await assessDemonstration(source, registryId, makeAssessmentFiles);
    const half = await openAssessment(source, { registryId, form: 'hunan', period: '2024-H1' });
    expect(half.record).toMatchObject({ state: 'frozen', revision: 1 });
    expect(half.record.files.map(({ kind }) => kind)).toEqual([
      'data.json',
      'evidence.zip',
      'form.xlsx',
      'report.docx',
    ]);
    const year = await openAssessment(source, { registryId, form: 'hunan', period: '2024' });
    expect(year.record).toMatchObject({ state: 'draft', revision: 1 });
  });
});

describe('its months', () => {
  it('are closed and sealed through November of the last year', async () => {
    const seals = await listSeals(source.manager, registryId);
    expect(seals.filter(({ period }) => /-\d\d$/.test(period)).map(({ period }) => period)).toEqual([
      ...Array.from({ length: 12 }, (_, at) => `2023-${String(at + 1).padStart(2, '0')}`),
      ...Array.from({ length: 11 }, (_, at) => `2024-${String(at + 1).padStart(2, '0')}`),
    ]);
    expect(seals.every(({ standing }) => standing)).toBe(true);
    expect(seals.map(({ period }) => period)).toEqual(
      expect.arrayContaining(['2023', '2023-H2', '2024-Q3', '2024-H1']),
    );
    expect(seals).toHaveLength(23 + 7 + 3 + 1);
  });
});

describe('every sum of a year', () => {
  it.each(['2023', '2024'])(
    'of %s is that of its months, quarters and halves, and of its cities and own',
    async (period) => {
      const year = await values({ period, keys: SUMS });
      for (const by of ['month', 'quarter', 'half', 'org'] as const) {
        const parts = await values({ period, by, keys: SUMS });
        const sums = Object.fromEntries(SUMS.map((key) => [key, sumOf(parts, key)]));
        expect({ by, ...sums }).toEqual({
          by,
          ...Object.fromEntries(year.map(({ key, value }) => [key, value ?? '0'])),
        });
        for (const { key, state } of year) {
          const reported = parts.some((part) => part.key === key && part.state !== 'missing');
          expect({ key, by, missing: state === 'missing' }).toEqual({ key, by, missing: !reported });
        }
      }
    },
  );

  it('is not what a distinct figure is', async () => {
    const keys = ['retention.revisited'];
    const [year] = await values({ period: '2024', keys });
    const months = await values({ period: '2024', by: 'month', keys });
    expect(Number(sumOf(months, 'retention.revisited'))).toBeGreaterThan(Number(year?.value));
  });
});

describe('each city', () => {
  it('has figures of every year, half, quarter and month', async () => {
    const keys = ['registry.recruited', 'registry.stock_eop', 'match.screen_requested', 'retention.revisited'];
    for (const org of CITIES) {
      for (const by of [undefined, 'half', 'quarter', 'month'] as const) {
        const rows = await values({ period: '2024', org, by, keys });
        expect(rows.filter(({ state }) => state === 'missing')).toEqual([]);
      }
      const rates = await values({ period: '2024', org, keys: ['rate.screen_agree', 'rate.revisit_coverage'] });
      expect(rates.map(({ state }) => state)).toEqual(['value', 'value']);
    }
  });
});

const RATES = new Set<string>(INDICATORS.map(({ key }) => key));

describe('behind the figures', () => {
  it('verify finds no drift in any of them', async () => {
    const { checked, drift, waiting, findings, seals } = await verify(source, registryId);
    expect({ drift, waiting, findings }).toEqual({ drift: 0, waiting: 0, findings: [] });
    expect(seals).toMatchObject({ drift: 0, findings: [] });
    expect(checked).toBeGreaterThan(10_000);
  });

  it('the entries of any hundred of them add up', async () => {
    const random = new Random('any hundred figures');
    const pick = <T>(of: readonly T[]): T => of[random.between(0, of.length - 1)] as T;
    const questions = Array.from({ length: 100 }, () => {
      const key = pick([...METRICS, ...INDICATORS]).key;
      const part = RATES.has(key) ? pick(['numerator', 'denominator'] as const) : undefined;
      const month = `${pick(['2023', '2024'])}-${String(random.between(1, 12)).padStart(2, '0')}`;
      const org = pick(DEMONSTRATION_ORGS).org;
      return { key, part, org, own: org === ROOT && random.chance(0.3), period: pick(enclosingPeriods(month)).code };
    });
    const wrong: unknown[] = [];
    for (const question of questions) {
      const list = await wholeList((after) =>
        readEntriesBehind(source, { registryId, ...question, after, limit: 100_000 }),
      );
      const { figure, total } = list.first;
      const printed = question.part ? figure[question.part] : figure.value;
      // A rate without a row does not say its parts.
      const expected = question.part && printed === null ? list.adds : (printed ?? '0');
      if (list.adds !== expected || total?.sum !== list.adds || total?.entries !== list.entries.length) {
        wrong.push({ ...question, expected, adds: list.adds, total, entries: list.entries.length });
      }
    }
    expect(wrong).toEqual([]);
  });
});

it('loaded once more, nothing changes', async () => {
  const read = () => source.query('select position, first_open_month from registry_head');
  const before = await read();
  await loadDemonstration(source);
  await closeDemonstration(source);
  expect(await recompute(source, registryId)).toBe(0);
  expect(await read()).toEqual(before);
});

it('a month that somebody has reopened stays open when the demonstration is started again', async () => {
  await source.transaction((manager) => reopenMonths(manager, registryId, '2024-10', 'demo-reviewer', '更正'));
  await closeDemonstration(source);
  const [head] = await source.query('select first_open_month from registry_head');
  expect(head).toEqual({ first_open_month: '2024-10-01' });
});
