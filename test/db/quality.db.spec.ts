import { Client } from 'pg';
import { machineOwner } from '../../libs/accounts/machine-owner';
import { OUTLIER_RULE } from '../../libs/catalogue/duties';
import { findOutliers } from '../../libs/indicators/month-check.queries';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { reverseEntries } from '../../libs/ledger/reverse';
import { randomUUID } from 'node:crypto';
import { changeFinding, listFindings, type FindingView } from '../../libs/quality/findings';
import { runQuality } from '../../libs/quality/run';
import { importFile } from '../support/importing';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening('A'), ...opening('B'));
});

afterEach(() => database.drop());

const NOW = new Date('2024-07-10T04:00:00Z');

function run(now = NOW) {
  return runQuality(database.source, REGISTRY, { actor: 'tester', now });
}

async function findings(rule: string, org = 'P'): Promise<FindingView[]> {
  return [
    ...(await listFindings(database.source.manager, { registryId: REGISTRY, org }, { rule, limit: 1000 })).findings,
  ];
}

/** The findings of a rule as `org period subject measured expected`. */
async function told(rule: string, org?: string): Promise<string[]> {
  const shown = ({ org: at, period, subject, measured, expected }: FindingView) =>
    [at, period, subject, measured, expected].filter((part) => part !== null && part !== '').join(' ');
  return (await findings(rule, org)).map(shown).sort();
}

async function asOwner(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Says of all that has been written until now that it was recorded on a day. */
async function recordedOn(day: string): Promise<void> {
  await asOwner(
    'alter table ledger_write disable trigger ledger_write_append_only',
    `update ledger_write set recorded_at = '${day} 12:00+08' where recorded_at > '2025-01-01'`,
    'alter table ledger_write enable trigger ledger_write_append_only',
  );
}

const monthly = (quantities: readonly string[], from = '2024-01') =>
  quantities.map((quantity, index) => {
    const month = new Date(Date.parse(`${from}-01T00:00:00Z`));
    month.setUTCMonth(month.getUTCMonth() + index);
    return entry({ quantity, occurredOn: `${month.toISOString().slice(0, 7)}-10` });
  });

describe('the rules of data quality', () => {
  it('find what an org owes and has nothing of in a month that is over, and no zero', async () => {
    const { source } = database;
    await append(
      source,
      entry({ occurredOn: '2023-02-03' }),
      entry({ occurredOn: '2023-03-03', quantity: '0', org: 'A1' }),
    );
    await append(source, entry({ occurredOn: '2023-01-03' }), entry({ org: 'B', occurredOn: '2023-04-03' }));
    await run();
    const recruited = (await findings('month_missing')).filter(({ subject }) => subject === 'RecruitmentRegistered');
    // A has nothing in April; B began with its opening in January and has its first recruitment in April.
    expect(recruited.map(({ org, period }) => `${org} ${period}`).sort()).toEqual([
      'A 2023-04',
      'B 2023-01',
      'B 2023-02',
      'B 2023-03',
    ]);
    expect(recruited[0]?.sentence.zh).toContain('没有');
  });

  it('say nothing of the running month, nor of months after the last that anybody has', async () => {
    await append(database.source, entry({ occurredOn: '2023-02-03' }), entry({ org: 'B', occurredOn: '2023-02-03' }));
    await run(new Date('2023-02-28T12:00:00Z'));
    const months = () => findings('month_missing').then((all) => [...new Set(all.map(({ period }) => period))].sort());
    expect(await months()).toEqual(['2023-01']);
    await run(new Date('2023-02-28T16:00:00Z'));
    expect(await months()).toEqual(['2023-01', '2023-02']);
  });

  it('find a count far from what the org had before, by the same arithmetic as the check of a month', async () => {
    const { source } = database;
    // Of 10 12 11 13 9 10 the median is 10.5 and the median distance 1: 20 is 0.6745 × 9.5 = 6.41 away.
    await append(source, ...monthly(['10', '12', '11', '13', '9', '10', '20', '10']));
    await run(new Date('2024-09-10T04:00:00Z'));
    expect(await told('outlier')).toEqual(['A 2024-07 RecruitmentRegistered 20 10.5']);
    const [found] = await findings('outlier');
    expect(found?.detail).toEqual({ score: '6.41', mad: '1', months: 6 });
    const scope = { registryId: REGISTRY, org: 'A', firstDay: '2024-07-01' };
    expect(await findOutliers(source.manager, scope, ['RecruitmentRegistered'], OUTLIER_RULE)).toMatchObject([
      { quantity: '20', median: '10.5', mad: '1', score: '6.41', months: 6 },
    ]);
  });

  it('find figures that contradict each other, in the lowest org alone', async () => {
    const { source } = database;
    // The place of a donor who was listed before the ledger is unknown; A1 had none.
    const codes = { donorCode: 'D900', outcome: 'from_available', reason: 'MO' };
    await append(source, entry({ kind: 'DonorWithdrawn', org: 'A1', occurredOn: '2024-02-10', ...codes }));
    const component = (kind: string, quantity: string, day: string) =>
      entry({ kind, org: 'A1', quantity, occurredOn: day, outcome: 'plasma' });
    // Issued in March is what was prepared in February: no contradiction, until more goes out than there ever was.
    await append(
      source,
      component('ComponentPrepared', '5', '2024-02-10'),
      component('BloodIssued', '5', '2024-03-10'),
    );
    await run();
    expect(await told('stock_below_zero')).toEqual(['A1 2024-02 -1 0', 'A1 2024-03 -1 0']);
    expect(await told('components_issued_beyond_prepared')).toEqual([]);
    await append(source, component('BloodIssued', '0.5', '2024-04-10'));
    await run();
    expect(await told('components_issued_beyond_prepared')).toEqual(['A1 5.5 5']);
    expect((await findings('components_issued_beyond_prepared'))[0]?.sentence.zh).toBe(
      '自建账以来“发放成分血单位”5.5 大于“制备单位”5。',
    );
  });

  it('find what is recorded late, and leave out the history of before the first write', async () => {
    const { source } = database;
    await recordedOn('2024-03-01');
    await append(
      source,
      ...[7, 8, 9].map((day) => entry({ occurredOn: `2024-02-0${day}` })),
      ...monthly(['1', '1'], '2024-03'),
    );
    await append(source, ...[11, 12, 13].map((day) => entry({ occurredOn: `2024-03-${day}` })));
    await recordedOn('2024-04-11');
    await append(source, entry({ occurredOn: '2024-03-31' }));
    await run();
    // Of March the entries of the 10th and the 31st alone came more than 31 days after.
    expect(await told('recorded_late')).toEqual([]);
    await recordedOn('2024-05-02');
    await append(source, ...[1, 2].map(() => entry({ occurredOn: '2024-03-30' })));
    await recordedOn('2024-05-03');
    await run();
    expect(await told('recorded_late')).toEqual(['A 2024-03 57.1 20']);
  });

  it('find months with many adjustments', async () => {
    const { source } = database;
    await closeAndRecompute(source, REGISTRY, '2023-01', 'tester', '市州未报');
    const late = () => entry({ occurredOn: '2023-01-20', justification: '迟报' });
    await append(source, late(), late(), ...monthly(['1', '1'], '2023-02'));
    await run();
    expect(await told('many_adjustments')).toEqual([]);
    await append(source, late());
    await run();
    expect(await told('many_adjustments')).toEqual(['A 2023-02 75.0 10']);
  });

  it('find entries of history that stand on nothing, until the gap is filled', async () => {
    await importFile(database.source, ['ExamStarted,A,2023-03-05,,D1,R1,,'], { keepGaps: true });
    await run();
    const [found] = await findings('entry_gap');
    expect(found).toMatchObject({ org: 'A', period: '2023-03', measured: 'ExamStarted', detail: { caseCode: 'R1' } });
    expect(found?.sentence.zh).toContain('R1 在 2023-03-05 或之前没有');
    const reversal = { id: randomUUID(), reverses: found!.subject, justification: '未体检' };
    await reverseEntries(database.source, [reversal], WRITER);
    await run();
    expect(await findings('entry_gap')).toMatchObject([{ id: found!.id, state: 'gone' }]);
  });

  it('find donations without a follow-up, requests closed as donated without one, and silent requests', async () => {
    const { source } = database;
    const way = [
      ['ScreenRequested'],
      ['ScreenAnswered', 'agreed'],
      ['RemobiliseRequested'],
      ['RemobiliseAnswered', 'agreed'],
      ['HrTypingRequested'],
      ['HrTypingAnswered', 'agreed'],
      ['HrTypingConcluded', 'match'],
      ['ExamStarted'],
      ['ExamConcluded', 'fit'],
      ['MobilisationStarted'],
      ['DonationCompleted', 'hpc_apheresis'],
    ] as [string, string?][];
    const donated = caseEntries('2024-01-01', way);
    const followed = caseEntries('2024-01-01', [...way, ['FollowUpRecorded', 'well']]);
    const unreached = caseEntries('2024-05-01', [...way, ['FollowUpRecorded', 'not_reached']]);
    const closed = caseEntries('2024-03-01', [['ScreenRequested'], ['RequestClosed', 'donated']], 'B');
    const refused = caseEntries('2023-05-01', [['ScreenRequested'], ['ScreenAnswered', 'refused']]);
    const silent = caseEntries('2024-01-11', [['ScreenRequested'], ['ScreenAnswered', 'agreed']], 'A1');
    const younger = caseEntries('2024-01-12', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
    await append(source, ...donated, ...followed, ...unreached, ...closed, ...refused, ...silent, ...younger);
    await run();
    // Of 11 May, 60 days were over on 10 July; of 12 January, 180 days.
    expect(await told('donation_not_followed_up')).toEqual(
      [`A 2024-01 ${donated[0]!.donorCode} 2024-01-11`, `A 2024-05 ${unreached[0]!.donorCode} 2024-05-11`].sort(),
    );
    expect(await told('closed_as_donated_without_donation')).toEqual([`B 2024-03 ${closed[0]!.caseCode} 2024-03-02`]);
    expect(await told('case_silent')).toEqual([`A1 2024-01 ${silent[0]!.caseCode} 2024-01-12`]);
    expect(await told('case_silent', 'B')).toEqual([]);
  });

  it('find what stands twice in a request, and let a second examination be concluded', async () => {
    const { source } = database;
    const to: [string, string?][] = [
      ['ScreenRequested'],
      ['ScreenAnswered', 'agreed'],
      ['RemobiliseRequested'],
      ['RemobiliseAnswered', 'agreed'],
      ['HrTypingRequested'],
      ['HrTypingAnswered', 'agreed'],
      ['HrTypingConcluded', 'match'],
      ['ExamStarted'],
      ['ExamConcluded', 'fit'],
    ];
    const again = caseEntries('2024-06-01', [...to, ['ExamStarted'], ['ExamConcluded', 'fit']]);
    const twice = caseEntries('2024-06-01', [...to, ['ExamConcluded', 'fit']]);
    const asked = caseEntries('2024-06-01', [['ScreenRequested'], ['ScreenRequested'], ['ScreenRequested']]);
    await append(source, ...again, ...twice, ...asked);
    await run();
    expect(await told('exam_concluded_twice')).toEqual([`A 2024-06 ${twice[0]!.caseCode} 2 1`]);
    expect(await told('screen_requested_twice')).toEqual([`A 2024-06 ${asked[0]!.caseCode} 3 1`]);
  });
});

describe('a finding', () => {
  const asked = (org = 'A') => caseEntries('2024-06-01', [['ScreenRequested'], ['ScreenRequested']], org);
  const RULE = 'screen_requested_twice';

  async function owner() {
    return machineOwner(database.source.manager, REGISTRY);
  }

  async function history(id: string): Promise<string[]> {
    const rows = await database.source.query(
      `select concat_ws(' ', number, actor, state, reason) as text from quality_event where id = $1 order by number`,
      [id],
    );
    return rows.map(({ text }: { text: string }) => text);
  }

  it('is the same when it is found again, also by two runs at once', async () => {
    await append(database.source, ...asked(), ...asked('B'));
    const outcomes = await Promise.all([run(), run(), run()]);
    const first = await findings(RULE);
    expect(first).toHaveLength(2);
    const { found } = outcomes[0]!;
    expect(outcomes.map(({ opened }) => opened).sort((a, b) => a - b)).toEqual([0, 0, found]);
    const later = new Date('2024-07-11T04:00:00Z');
    expect(await run(later)).toMatchObject({ opened: 0, reopened: 0 });
    const again = await findings(RULE);
    expect(again.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    expect(again[0]).toMatchObject({ firstSeenAt: NOW, lastSeenAt: later, state: 'open' });
    expect(await history(first[0]!.id)).toEqual(['1 tester open']);
  });

  it('is gone when it is there no more, and comes back as the same', async () => {
    const { source } = database;
    const entries = asked();
    await append(source, ...entries);
    await run();
    const [{ id }] = (await findings(RULE)) as [FindingView];
    const reversal = { id: randomUUID(), reverses: entries[1]!.id!, justification: '重复' };
    await reverseEntries(source, [reversal], WRITER);
    expect(await run()).toMatchObject({ gone: 1 });
    expect(await run()).toMatchObject({ gone: 0 });
    await expect(changeFinding(source, await owner(), id, { state: 'resolved' })).rejects.toMatchObject({
      code: 'finding_gone',
    });
    await append(source, { ...entries[1]!, id: randomUUID() });
    expect(await run()).toMatchObject({ opened: 0, reopened: 1 });
    expect(await findings(RULE)).toMatchObject([{ id, state: 'open' }]);
    expect(await history(id)).toEqual(['1 tester open', '2 tester gone', '3 tester open']);
  });

  it('stays acknowledged while it measures the same, and opens again when it measures something else', async () => {
    const { source } = database;
    const entries = asked();
    await append(source, ...entries);
    await run();
    const [{ id }] = (await findings(RULE)) as [FindingView];
    const who = await owner();
    await expect(changeFinding(source, who, id, { state: 'acknowledged' })).rejects.toMatchObject({
      code: 'reason_missing',
    });
    const said = await changeFinding(source, who, id, { state: 'acknowledged', reason: '确实初筛两次' });
    expect(said).toMatchObject({ state: 'acknowledged', reason: '确实初筛两次', history: [{}, { actor: 'cli' }] });
    expect(await run()).toMatchObject({ reopened: 0 });
    expect(await findings(RULE)).toMatchObject([{ state: 'acknowledged' }]);
    await append(source, { ...entries[1]!, id: randomUUID() });
    expect(await run()).toMatchObject({ reopened: 1 });
    expect(await findings(RULE)).toMatchObject([{ id, state: 'open', measured: '3', reason: null }]);
    const acts = await source.query(`select thing, detail from audit_act where act = 'quality.change'`);
    expect(acts).toMatchObject([{ thing: id, detail: { from: 'open', state: 'acknowledged' } }]);
  });

  it('that was called resolved and is found again is open', async () => {
    await append(database.source, ...asked());
    await run();
    const [{ id }] = (await findings(RULE)) as [FindingView];
    await changeFinding(database.source, await owner(), id, { state: 'resolved' });
    await run();
    expect(await findings(RULE)).toMatchObject([{ state: 'open' }]);
    expect(await history(id)).toEqual(['1 tester open', '2 cli resolved', '3 tester open']);
  });

  it('has a history that nobody changes', async () => {
    await append(database.source, ...asked());
    await run();
    await expect(asOwner(`update quality_event set state = 'gone'`)).rejects.toThrow('append-only');
    await expect(database.source.query('delete from quality_finding')).rejects.toThrow('permission denied');
  });

  it('of one kind of rule is settled without the others', async () => {
    await append(database.source, ...asked());
    await run();
    const before = await findings(RULE);
    await recompute(database.source, REGISTRY);
    await runQuality(database.source, REGISTRY, { actor: 'tester', only: ['gap'] });
    expect(await findings(RULE)).toEqual(before);
  });
});
