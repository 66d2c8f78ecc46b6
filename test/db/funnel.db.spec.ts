import { readBridge, readBridgeEntries, type BridgeQuestion } from '../../libs/funnel/bridge';
import { readCohort, readCohortCases, type CohortListQuestion } from '../../libs/funnel/cohort';
import { readPeriodFunnel } from '../../libs/funnel/funnel';
import { recompute } from '../../libs/indicators/recompute';
import { followRequests } from '../support/followed-requests';
import { append, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await followRequests(database.source);
}, 120_000);

afterAll(() => database.drop());

async function bridge(more: Partial<BridgeQuestion> = {}) {
  const question = { registryId: REGISTRY, period: '2024', org: 'P', stage: 'exam', ...more };
  const { requested, terms, losses } = await readBridge(database.source, question);
  const told = terms.filter(({ entries }) => entries > 0).map(({ term, value }) => [term, Number(value)]);
  return { requested, terms: Object.fromEntries(told), losses };
}

async function casesOf(term: string, more: Partial<BridgeQuestion> = {}): Promise<(string | null)[]> {
  const question = { registryId: REGISTRY, period: '2024', org: 'P', stage: 'exam', term, ...more };
  const { entries } = await readBridgeEntries(database.source, question);
  return entries.map(({ caseCode }) => caseCode);
}

async function cohortCases(part: string, stage: string, more: Partial<CohortListQuestion> = {}): Promise<string[]> {
  const question = { registryId: REGISTRY, period: '2024', org: 'P', part, stage, ...more };
  const { cases } = await readCohortCases(database.source, question);
  return cases.map(({ caseCode }) => caseCode).sort();
}

describe('the bridge to the examinations of a year (R19)', () => {
  it('adds up to the figure, whatever came late, was repeated, lost or taken back', async () => {
    const { requested, terms, losses } = await bridge();
    const expected = {
      waitingAtStart: 2,
      passed: 8,
      passedAgain: -1,
      lost: -2,
      waitingAtEnd: -3,
      again: 1,
      adjustedIn: 1,
    };
    expect({ requested, terms }).toEqual({ requested: '6', terms: expected });
    expect(losses).toEqual([
      { how: 'closed', side: 'patient', reason: 'PDC', cases: 1 },
      { how: 'mismatch', side: 'donor', reason: 'MM', cases: 1 },
    ]);
  });

  it('opens for each term the list that it is made of', async () => {
    expect(await casesOf('waitingAtStart')).toEqual(['K10', 'K1']);
    expect(await casesOf('passedAgain')).toEqual(['K8']);
    expect(await casesOf('lost')).toEqual(['K3', 'K9']);
    expect(await casesOf('waitingAtEnd')).toEqual(['K10', 'K7', 'K4']);
    expect(await casesOf('again')).toEqual(['K2']);
    expect(await casesOf('adjustedIn')).toEqual(['K6']);
    await expect(casesOf('left')).rejects.toMatchObject({ code: 'term_unknown' });
  });

  it('takes from the year before what was posted in this one', async () => {
    const { requested, terms } = await bridge({ period: '2023' });
    expect({ requested, terms }).toEqual({
      requested: null,
      terms: { passed: 3, waitingAtEnd: -2, adjustedOut: -1 },
    });
    expect(await casesOf('adjustedOut', { period: '2023' })).toEqual(['K6']);
  });

  it('tells what went on in another org from what was lost', async () => {
    const own = await bridge({ org: 'A', own: true });
    expect(own.terms).toMatchObject({ wentElsewhere: -1 });
    expect(own.requested).toBe('5');
    expect(await bridge({ org: 'A1' })).toMatchObject({ requested: '1', terms: { cameFromElsewhere: 1 } });
    expect(await casesOf('cameFromElsewhere', { org: 'A1' })).toEqual(['K5']);
  });

  it('says what a period or a stage without one is', async () => {
    await expect(bridge({ stage: 'screen' })).rejects.toMatchObject({ code: 'stage_unknown' });
    await expect(bridge({ period: '2024-13' })).rejects.toMatchObject({ code: 'period_not_readable' });
    await expect(bridge({ asOf: '999999' })).rejects.toMatchObject({ code: 'as_of_in_the_future' });
  });
});

describe('the requests that began in a year (R18)', () => {
  it('are followed to where they are, each lost one once', async () => {
    const { cases, stages } = await readCohort(database.source, { registryId: REGISTRY, period: '2024', org: 'P' });
    expect(cases).toBe(10);
    const told = stages.map(
      ({ stage, reached, passed, open, lost, waiting, lostAfter, held, donorSide, patientSide }) => {
        return [stage, reached, passed, open, lost, waiting, lostAfter, held, donorSide, patientSide];
      },
    );
    expect(told).toEqual([
      ['screen', 10, 9, 0, 1, 1, 1, 1, 2, 0],
      ['remobilise', 7, 7, 0, 0, 0, 0, 0, 0, 0],
      ['hr', 7, 7, 0, 0, 2, 2, 0, 1, 1],
      ['exam', 3, 1, 2, 0, 1, 0, 0, 0, 0],
      ['donation', 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ]);
    expect(stages[0]?.losses).toEqual([
      { how: 'refused', side: 'donor', reason: 'PR_FAMILY', after: false, cases: 1 },
      { how: 'retracted', side: 'donor', reason: 'PR_TIME', after: true, cases: 1 },
    ]);
    expect(stages[3]?.fromBefore).toEqual({ numerator: 3, denominator: 7, value: '42.86' });
  });

  it('open for each number the requests that it counts', async () => {
    expect(await cohortCases('lost', 'screen')).toEqual(['S1']);
    expect(await cohortCases('held', 'screen')).toEqual(['S2']);
    expect(await cohortCases('waiting', 'hr')).toEqual(['K4', 'K7']);
    expect(await cohortCases('lostAfter', 'hr', { side: 'patient' })).toEqual(['K9']);
    expect(await cohortCases('reached', 'exam')).toEqual(['K2', 'K5', 'K8']);
    expect(await cohortCases('within', 'hr', { days: 60 })).toEqual(['K2', 'K3']);
    await expect(cohortCases('within', 'hr')).rejects.toMatchObject({ code: 'days_missing' });
    await expect(cohortCases('all', 'hr')).rejects.toMatchObject({ code: 'part_unknown' });
  });

  it('are of the org of their first request, also when another asks again', async () => {
    expect(await cohortCases('reached', 'screen', { org: 'B' })).toEqual(['S1']);
    expect(await cohortCases('reached', 'screen', { org: 'A1' })).toEqual([]);
    expect(await cohortCases('reached', 'exam', { org: 'A' })).toEqual(['K2', 'K5', 'K8']);
  });

  it('come a page at a time', async () => {
    const question = { registryId: REGISTRY, period: '2024', org: 'P', part: 'reached', stage: 'screen', limit: 4 };
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await readCohortCases(database.source, { ...question, after });
      seen.push(...page.cases.map(({ caseCode }) => caseCode));
      after = page.next ?? undefined;
    } while (after);
    expect(seen).toHaveLength(10);
    expect(new Set(seen).size).toBe(10);
  });

  it('as of an earlier position are what was known then', async () => {
    const [{ position }] = await database.source.query('select position - 1 as position from registry_head');
    const before = { registryId: REGISTRY, period: '2023', org: 'P', asOf: String(position) };
    const known = await readCohort(database.source, before);
    const now = await readCohort(database.source, { ...before, asOf: undefined });
    expect([known, now].map(({ stages }) => stages[3]?.reached)).toEqual([1, 2]);
    expect(known.asOf.position).toBe(String(position));
  });
});

describe('the funnel of a period', () => {
  it('is its figures; more may be asked for than passed before', async () => {
    const { stages } = await readPeriodFunnel(database.source, { registryId: REGISTRY, period: '2024-Q1', org: 'P' });
    const told = stages.map(({ stage, requested, succeeded, fromBefore }) => {
      return [stage, requested?.value ?? null, succeeded.value, fromBefore?.value ?? null];
    });
    expect(told).toEqual([
      ['screen', '12', '10', null],
      ['remobilise', '7', '7', '70.00'],
      ['hr', '7', '2', '100.00'],
      ['exam', '4', '1', '200.00'],
      ['donation', null, null, null],
    ]);
  });
});

describe('a year from before the ledger', () => {
  it('has no bridge: totals are known of it and no requests, at whatever moment it is asked', async () => {
    const attributes = { year: '2015', metric: 'workup.exam_started' };
    const total = {
      kind: 'OpeningYearTotal',
      occurredOn: '2023-01-01',
      quantity: '77',
      attributes,
      justification: '补报',
    };
    await append(database.source, entry(total));
    await recompute(database.source, REGISTRY);
    const [{ position: asOf }] = await database.source.query('select position from registry_head');
    // Of the figure itself the total is told.
    const { stages } = await readPeriodFunnel(database.source, { registryId: REGISTRY, period: '2015', org: 'P' });
    expect(stages[3]?.requested).toMatchObject({ value: '77', reported: true });
    for (const more of [{}, { asOf }]) {
      await expect(bridge({ period: '2015', ...more })).rejects.toMatchObject({
        code: 'only_reported',
        details: { field: 'period' },
      });
    }
  });
});
