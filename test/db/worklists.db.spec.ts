import { randomUUID } from 'node:crypto';
import { readWorklist, readWorklists } from '../../libs/ledger/worklists';
import { reverseEntries } from '../../libs/ledger/reverse';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const AGREED: [string, string?][] = [['ScreenRequested'], ['ScreenAnswered', 'agreed']];
const FIT: [string, string?][] = [
  ...AGREED,
  ['RemobiliseRequested'],
  ['RemobiliseAnswered', 'agreed'],
  ['HrTypingRequested'],
  ['HrTypingAnswered', 'agreed'],
  ['HrTypingConcluded', 'match'],
  ['ExamStarted'],
  ['ExamConcluded', 'fit'],
];

describe('the lists of who waits for what', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase();
    await createSmallRegistry(database.source);
    await append(database.source, ...opening('A'), ...opening('B'));
  }, 60_000);

  afterEach(() => database.drop());

  const rows = async (key: string, today: string, more: { org?: string; overdueOnly?: boolean } = {}) => {
    const page = await readWorklist(database.source, { registryId: REGISTRY, org: 'P', key, today, ...more });
    return page.waiting.map(({ caseCode, donorCode, since, waitingDays, dueOn, overdue, held }) => {
      return { of: caseCode ?? donorCode, since, waitingDays, dueOn, overdue, held };
    });
  };

  it('a request waits from its day on, is overdue after a week, and no longer once it is answered', async () => {
    const [asked, answered] = caseEntries('2024-03-01', AGREED);
    if (!asked || !answered) throw new Error('two entries were made');
    await append(database.source, asked);
    const waits = { of: asked.caseCode, since: '2024-03-01', dueOn: '2024-03-08', held: false };
    expect(await rows('screen_unanswered', '2024-02-29')).toEqual([]);
    expect(await rows('screen_unanswered', '2024-03-01')).toEqual([{ ...waits, waitingDays: 0, overdue: false }]);
    expect(await rows('screen_unanswered', '2024-03-08')).toEqual([{ ...waits, waitingDays: 7, overdue: false }]);
    expect(await rows('screen_unanswered', '2024-03-09')).toEqual([{ ...waits, waitingDays: 8, overdue: true }]);
    await append(database.source, answered);
    expect(await rows('screen_unanswered', '2024-03-09')).toEqual([]);
  });

  it('an answer that was reversed leaves the request waiting again', async () => {
    const [asked, answered] = caseEntries('2024-03-01', AGREED);
    if (!asked || !answered) throw new Error('two entries were made');
    await append(database.source, asked, answered);
    await reverseEntries(
      database.source,
      [{ id: randomUUID(), reverses: answered.id, justification: '登记有误' }],
      WRITER,
    );
    expect(await rows('screen_unanswered', '2024-03-02')).toMatchObject([{ of: asked.caseCode }]);
  });

  it('a request that was closed waits for nothing', async () => {
    const [asked] = caseEntries('2024-03-01', [['ScreenRequested']]);
    if (!asked) throw new Error('an entry was made');
    const { caseCode, donorCode } = asked;
    await append(
      database.source,
      asked,
      entry({
        kind: 'RequestClosed',
        outcome: 'patient_side',
        reason: 'PDC',
        occurredOn: '2024-03-04',
        caseCode,
        donorCode,
      }),
    );
    expect(await rows('screen_unanswered', '2024-04-01')).toEqual([]);
  });

  it('a request whose closing was taken back waits again', async () => {
    const [asked] = caseEntries('2024-03-01', AGREED);
    if (!asked) throw new Error('an entry was made');
    const { caseCode, donorCode } = asked;
    const closed = entry({ kind: 'RequestClosed', outcome: 'patient_side', reason: 'STP', occurredOn: '2024-03-04' });
    await append(database.source, asked, { ...closed, caseCode, donorCode });
    expect(await rows('screen_unanswered', '2024-03-05')).toEqual([]);
    expect(await rows('screen_unanswered', '2024-03-03')).toMatchObject([{ of: caseCode }]);
    const taken = { id: randomUUID(), reverses: closed.id, justification: '登记有误' };
    await reverseEntries(database.source, [taken], WRITER);
    expect(await rows('screen_unanswered', '2024-03-05')).toMatchObject([{ of: caseCode }]);
  });

  it('who is asked again waits from then on, where that was', async () => {
    const asked = caseEntries('2024-03-01', [...AGREED, ['RemobiliseRequested']]);
    const { caseCode, donorCode } = asked[0]!;
    const again = entry({ kind: 'RemobiliseRequested', org: 'B', occurredOn: '2024-03-20', caseCode, donorCode });
    await append(database.source, ...asked, again);
    expect(await rows('remobilise_unanswered', '2024-03-19')).toMatchObject([{ since: '2024-03-03' }]);
    expect(await rows('remobilise_unanswered', '2024-03-21')).toMatchObject([{ since: '2024-03-20' }]);
    expect(await rows('remobilise_unanswered', '2024-03-21', { org: 'A' })).toEqual([]);
  });

  it('a request on hold is listed as held and never overdue, until it is resumed', async () => {
    const [asked] = caseEntries('2024-03-01', [['ScreenRequested']]);
    if (!asked) throw new Error('an entry was made');
    const { caseCode, donorCode } = asked;
    await append(
      database.source,
      asked,
      entry({
        kind: 'RequestHeld',
        outcome: 'donor_side',
        reason: 'PR',
        occurredOn: '2024-03-02',
        caseCode,
        donorCode,
      }),
    );
    expect(await rows('screen_unanswered', '2024-04-01')).toMatchObject([{ overdue: false, held: true }]);
    await append(database.source, entry({ kind: 'RequestResumed', occurredOn: '2024-03-03', caseCode, donorCode }));
    expect(await rows('screen_unanswered', '2024-04-01')).toMatchObject([{ overdue: true, held: false }]);
  });

  it('a request stays on hold when its next stage begins', async () => {
    const [asked, answered, next] = caseEntries('2024-03-01', FIT);
    if (!asked || !answered || !next) throw new Error('three entries were made');
    const { caseCode, donorCode } = asked;
    const held = { kind: 'RequestHeld', outcome: 'donor_side', reason: 'PR', occurredOn: '2024-03-02' };
    await append(database.source, asked, answered, next, entry({ ...held, caseCode, donorCode }));
    expect(next.occurredOn > held.occurredOn).toBe(true);
    expect(await rows('remobilise_unanswered', '2024-06-01')).toMatchObject([{ overdue: false, held: true }]);
    await append(database.source, entry({ kind: 'RequestResumed', occurredOn: '2024-03-20', caseCode, donorCode }));
    expect(await rows('remobilise_unanswered', '2024-06-01')).toMatchObject([{ overdue: true, held: false }]);
  });

  it('each stage of a request waits in its own list only', async () => {
    const upTo = (stages: number) => caseEntries('2024-03-01', FIT.slice(0, stages));
    await append(database.source, ...[1, 3, 5, 6, 7, 8, 9].flatMap(upTo));
    const { counts } = await readWorklists(database.source, { registryId: REGISTRY, org: 'P', today: '2024-03-20' });
    expect(Object.fromEntries(counts.map(({ key, waiting }) => [key, waiting]))).toEqual({
      screen_unanswered: 1,
      remobilise_unanswered: 1,
      hr_unanswered: 1,
      hr_result_awaited: 1,
      exam_due: 1,
      exam_result_awaited: 1,
      donation_due: 1,
    });
  });

  it('a donor is followed up in steps: a missed one stays due until somebody reaches the donor', async () => {
    const days = caseEntries('2024-03-01', [...FIT, ['MobilisationStarted'], ['DonationCompleted', 'hpc_apheresis']]);
    await append(database.source, ...days);
    const donation = days.at(-1);
    if (!donation) throw new Error('a donation was made');
    expect(donation.occurredOn).toBe('2024-03-11');
    const followUp = (occurredOn: string, outcome: string) =>
      append(database.source, entry({ kind: 'FollowUpRecorded', outcome, occurredOn, donorCode: donation.donorCode }));
    const due = async (today: string) => (await rows('follow_up_due', today)).map(({ dueOn }) => dueOn);

    expect(await due('2024-03-11')).toEqual(['2024-03-18']);
    await followUp('2024-03-15', 'not_reached');
    expect(await due('2024-03-16')).toEqual(['2024-03-18']);
    await followUp('2024-03-17', 'well');
    expect(await due('2024-03-29')).toEqual([]);
    expect(await due('2024-03-30')).toEqual(['2024-04-10']);
    expect(await due('2024-10-01')).toEqual(['2024-04-10']);
    await followUp('2024-10-01', 'well');
    expect(await due('2024-12-08')).toEqual([]);
    expect(await due('2024-12-09')).toEqual(['2025-03-11']);
    await followUp('2025-02-01', 'well');
    expect(await due('2025-03-12')).toEqual([]);
  });

  it('the longest due stands first, a page at a time, and counts by org are of the subtree asked for', async () => {
    for (const day of ['2024-03-05', '2024-03-01', '2024-03-03']) {
      await append(database.source, ...caseEntries(day, [['ScreenRequested']]));
    }
    await append(database.source, ...caseEntries('2024-03-02', [['ScreenRequested']], 'B'));
    const question = { registryId: REGISTRY, org: 'P', key: 'screen_unanswered', today: '2024-03-10', limit: 3 };
    const first = await readWorklist(database.source, question);
    expect(first.waiting.map(({ since }) => since)).toEqual(['2024-03-01', '2024-03-02', '2024-03-03']);
    const second = await readWorklist(database.source, { ...question, after: first.next ?? undefined });
    expect(second.waiting.map(({ since }) => since)).toEqual(['2024-03-05']);
    expect(second.next).toBeNull();
    expect(await rows('screen_unanswered', '2024-03-10', { overdueOnly: true })).toHaveLength(2);
    expect(await rows('screen_unanswered', '2024-03-10', { org: 'B' })).toHaveLength(1);
    const { counts } = await readWorklists(database.source, { registryId: REGISTRY, org: 'P', today: '2024-03-10' });
    expect(counts).toEqual([
      { key: 'screen_unanswered', org: 'A', waiting: 3, overdue: 1, held: 0, longestDays: 9 },
      { key: 'screen_unanswered', org: 'B', waiting: 1, overdue: 1, held: 0, longestDays: 8 },
    ]);
  });

  it('an unknown list is refused with its name', async () => {
    await expect(rows('nobody', '2024-03-10')).rejects.toMatchObject({ code: 'worklist_unknown' });
  });
});
