import { reverseEntries } from '../../libs/ledger/reverse';
import { readTimes, readTimesCases, type TimesQuestion } from '../../libs/funnel/times';
import { append, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { requestOf } from '../support/request-of';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...['P', 'A', 'A1', 'B'].flatMap((org) => opening(org)));
});

afterEach(() => database.drop());

const TO_ANSWER = { from: 'screen_requested', to: 'screen_agreed' } as const;

async function times(question: Partial<TimesQuestion> = {}) {
  const asked = { registryId: REGISTRY, org: 'P', period: '2024', ...TO_ANSWER, ...question };
  const { times: rows } = await readTimes(database.source, asked);
  return rows.map((row) => ({ ...row }));
}

async function theTime(question: Partial<TimesQuestion> = {}) {
  const [row, ...more] = await times(question);
  expect(more).toEqual([]);
  return row;
}

async function reached(question: Partial<TimesQuestion> = {}) {
  const asked = { registryId: REGISTRY, org: 'P', period: '2024', ...TO_ANSWER, ...question };
  const { cases } = await readTimesCases(database.source, { ...asked, state: 'reached' });
  return cases.map(({ caseCode, days, pausedDays }) => ({ caseCode, days, pausedDays }));
}

describe('the days between two stages', () => {
  it('are none where nothing was reached', async () => {
    expect(await theTime()).toEqual({
      org: 'P',
      own: false,
      month: null,
      pairs: 0,
      paused: 0,
      median: null,
      p90: null,
      medianWithoutPauses: null,
      p90WithoutPauses: null,
      open: 0,
    });
  });

  it('have a median and a 90th percentile between the days themselves', async () => {
    // 0, 1, 4, 10 days: the median lies halfway between 1 and 4, the 90th at 2.7 steps of 3: 4 + 0.7 * 6.
    for (const answered of ['2024-03-01', '2024-03-02', '2024-03-05', '2024-03-11']) {
      await append(
        database.source,
        ...requestOf('A', ['2024-03-01 ScreenRequested', `${answered} ScreenAnswered agreed`]),
      );
    }
    expect(await theTime()).toMatchObject({ pairs: 4, median: '2.5', p90: '8.2', open: 0 });
  });

  it('count the 29th of February, and end in the year of the later stage', async () => {
    await append(
      database.source,
      ...requestOf('A', ['2024-02-28 ScreenRequested', '2024-03-01 ScreenAnswered agreed']),
      ...requestOf('A', ['2023-12-30 ScreenRequested', '2024-01-02 ScreenAnswered agreed']),
      ...requestOf('A', ['2023-02-28 ScreenRequested', '2023-03-01 ScreenAnswered agreed']),
    );
    expect((await reached()).map(({ days }) => days)).toEqual([3, 2]);
    expect((await reached({ period: '2023' })).map(({ days }) => days)).toEqual([1]);
    expect(await theTime({ period: '2023' })).toMatchObject({ pairs: 1, open: 1 });
    expect(await times({ by: 'month' })).toMatchObject([
      { month: '2024-01', pairs: 1, median: '3.0', open: null },
      { month: '2024-03', pairs: 1, median: '2.0', open: null },
    ]);
  });

  it('lead from the first earlier stage to the first later one that still stand', async () => {
    const request = requestOf('A', [
      '2024-03-01 ScreenRequested',
      '2024-03-05 ScreenRequested',
      '2024-03-11 ScreenAnswered agreed',
    ]);
    await append(database.source, ...request);
    expect(await theTime()).toMatchObject({ pairs: 1, median: '10.0' });
    await takeBack(request[0]?.id);
    expect(await theTime()).toMatchObject({ pairs: 1, median: '6.0' });
    await takeBack(request[2]?.id);
    expect(await theTime()).toMatchObject({ pairs: 0, median: null, open: 1 });
    await append(database.source, { ...again(request[2]), occurredOn: '2024-03-07' });
    expect(await theTime()).toMatchObject({ pairs: 1, median: '2.0', open: 0 });
  });

  it('of two examinations are those of the first, in its own period', async () => {
    await append(
      database.source,
      ...requestOf('A', [
        ...FIT_BY_NOVEMBER,
        '2023-11-20 MobilisationStarted',
        '2023-11-25 DonationCompleted hpc_apheresis',
        '2024-02-01 ExamStarted',
        '2024-02-03 ExamConcluded fit',
      ]),
    );
    const asked = { from: 'hr_matched', to: 'exam_started' };
    expect(await theTime({ ...asked, period: '2023' })).toMatchObject({ pairs: 1, median: '4.0' });
    expect(await theTime({ ...asked, period: '2024' })).toMatchObject({ pairs: 0, open: 0 });
  });

  it('belong to the org of the first request, by itself or with all below it', async () => {
    const answered = (org: string, day: string) =>
      requestOf(org, ['2024-03-01 ScreenRequested', `2024-03-${day} ScreenAnswered agreed`]);
    const moved = answered('A1', '08').map((one) => ({ ...one, org: one.kind === 'ScreenAnswered' ? 'B' : one.org }));
    await append(database.source, ...answered('A', '02'), ...moved, ...answered('P', '05'), ...answered('B', '04'));
    expect(await theTime({ org: 'A' })).toMatchObject({ pairs: 2, median: '4.0' });
    expect(await theTime({ org: 'A', own: true })).toMatchObject({ pairs: 1, median: '1.0' });
    expect(await times({ by: 'org' })).toMatchObject([
      { org: 'P', own: true, pairs: 1, median: '4.0' },
      { org: 'A', own: false, pairs: 2, median: '4.0' },
      { org: 'B', own: false, pairs: 1, median: '3.0' },
    ]);
    expect(await theTime()).toMatchObject({ pairs: 4 });
  });

  it('were otherwise before what was written later', async () => {
    const request = requestOf('A', ['2024-03-01 ScreenRequested', '2024-03-03 ScreenAnswered agreed']);
    await append(database.source, ...request);
    const [{ position }] = await database.source.query('select position from registry_head');
    await takeBack(request[1]?.id);
    expect(await theTime()).toMatchObject({ pairs: 0, open: 1 });
    expect(await theTime({ asOf: position })).toMatchObject({ pairs: 1, open: 0 });
  });

  it('of stages that stand the other way round, or are unknown, are refused', async () => {
    await expect(times({ from: 'screen_agreed', to: 'screen_requested' })).rejects.toMatchObject({
      code: 'milestones_in_order',
    });
    await expect(times({ to: 'wedding' })).rejects.toMatchObject({ code: 'milestone_unknown' });
    await expect(times({ period: '24' })).rejects.toMatchObject({ code: 'period_not_readable' });
  });
});

describe('a pause', () => {
  const asked = { from: 'screen_agreed', to: 'remobilise_requested' } as const;
  const pausedBy = async (...turns: string[]) => {
    const all = ['2024-03-01 ScreenRequested', '2024-03-01 ScreenAnswered agreed', '2024-03-31 RemobiliseRequested'];
    for (const step of [...all.slice(0, 2), ...turns, ...all.slice(2)]) held.push(step);
    const request = requestOf('A', held.splice(0));
    // One write each, as they happened: of one day, what was written first came first.
    for (const one of request) await append(database.source, one);
    const [found] = (await reached(asked)).filter(({ caseCode }) => caseCode === request[0]?.caseCode);
    return found?.pausedDays;
  };
  const held: string[] = [];
  const HELD = 'RequestHeld patient_side';
  const RESUMED = 'RequestResumed';

  it.each<[string, number, string[]]>([
    ['of the patient is taken out', 5, [`2024-03-10 ${HELD}`, `2024-03-15 ${RESUMED}`]],
    ['of the donor is not', 0, ['2024-03-10 RequestHeld donor_side', `2024-03-15 ${RESUMED}`]],
    ['that is not resumed lasts to the later stage', 21, [`2024-03-10 ${HELD}`]],
    ['that overlaps another counts once', 8, [`2024-03-10 ${HELD}`, `2024-03-12 ${HELD}`, `2024-03-18 ${RESUMED}`]],
    [
      'after a pause counts too',
      7,
      [`2024-03-10 ${HELD}`, `2024-03-12 ${RESUMED}`, `2024-03-20 ${HELD}`, `2024-03-25 ${RESUMED}`],
    ],
    [
      'that goes on the day on which it was resumed goes on',
      21,
      [`2024-03-10 ${HELD}`, `2024-03-12 ${RESUMED}`, `2024-03-12 ${HELD}`],
    ],
    ['of no day is none', 0, [`2024-03-10 ${HELD}`, `2024-03-10 ${RESUMED}`]],
  ])('%s', async (_, days, turns) => {
    expect(await pausedBy(...turns)).toBe(days);
  });

  it('that is resumed and begun again in one write goes on', async () => {
    const turns = [`2024-03-10 ${HELD}`, `2024-03-15 ${RESUMED}`, `2024-03-15 ${HELD}`, `2024-03-20 ${RESUMED}`];
    const steps = ['2024-03-01 ScreenRequested', '2024-03-01 ScreenAnswered agreed', ...turns];
    await append(database.source, ...requestOf('A', [...steps, '2024-03-31 RemobiliseRequested']));
    expect((await reached(asked)).map(({ pausedDays }) => pausedDays)).toEqual([10]);
  });

  it('stands beside the days with it', async () => {
    await pausedBy(`2024-03-10 ${HELD}`, `2024-03-15 ${RESUMED}`);
    await pausedBy();
    expect(await theTime(asked)).toMatchObject({
      ...{ pairs: 2, paused: 1, median: '30.0', p90: '30.0' },
      ...{ medianWithoutPauses: '27.5', p90WithoutPauses: '29.5' },
    });
  });

  it('that was taken back is none, and before the earlier stage it does not count', async () => {
    const request = requestOf('A', [
      '2024-03-01 ScreenRequested',
      `2024-03-02 ${HELD}`,
      '2024-03-06 ScreenAnswered agreed',
      `2024-03-10 ${RESUMED}`,
      '2024-03-31 RemobiliseRequested',
    ]);
    await append(database.source, ...request);
    expect((await reached(asked)).map(({ pausedDays }) => pausedDays)).toEqual([4]);
    await takeBack(request[3]?.id, request[1]?.id);
    expect((await reached(asked)).map(({ pausedDays }) => pausedDays)).toEqual([0]);
  });
});

describe('cases that are still open', () => {
  const open = async (period: string, question: Partial<TimesQuestion> = {}) => {
    const asked = { registryId: REGISTRY, org: 'P', from: 'screen_requested', to: 'exam_started', ...question };
    const page = await readTimesCases(database.source, { ...asked, period, state: 'open' });
    expect((await readTimes(database.source, { ...asked, period })).times).toMatchObject([{ open: page.cases.length }]);
    return page.cases.map(({ caseCode }) => caseCode);
  };

  it('have the earlier stage, and neither the later one nor an ending, on the last day', async () => {
    const [waiting, refused, closed, retracted, examined] = [
      requestOf('A', ['2024-03-01 ScreenRequested', '2024-03-02 ScreenAnswered agreed']),
      requestOf('A', ['2024-03-01 ScreenRequested', '2024-03-02 ScreenAnswered refused']),
      requestOf('A', ['2024-03-01 ScreenRequested', '2024-04-02 RequestClosed patient_side']),
      requestOf('B', [
        '2024-03-01 ScreenRequested',
        '2024-03-02 ScreenAnswered agreed',
        '2024-04-03 DonorRetracted early',
      ]),
      requestOf('B', FIT_BY_NOVEMBER),
    ];
    await append(database.source, ...waiting, ...refused, ...closed, ...retracted, ...examined);
    const codes = (...requests: { caseCode?: string | null }[][]) => requests.map(([one]) => one?.caseCode).sort();
    expect((await open('2024-03')).sort()).toEqual(codes(waiting, closed, retracted));
    expect((await open('2024-04')).sort()).toEqual(codes(waiting));
    expect(await open('2023')).toEqual([]);
    expect((await open('2023-10')).sort()).toEqual(codes(examined));
    await takeBack(closed[1]?.id);
    expect((await open('2024')).sort()).toEqual(codes(waiting, closed));
  });

  it('are open again when a refusal is followed by another try', async () => {
    const request = requestOf('A', [
      '2024-03-01 ScreenRequested',
      '2024-03-02 ScreenAnswered agreed',
      '2024-03-03 RemobiliseRequested',
      '2024-03-04 RemobiliseAnswered refused',
      '2024-05-03 RemobiliseRequested',
    ]);
    await append(database.source, ...request);
    expect(await open('2024-03')).toEqual([]);
    expect(await open('2024-05')).toHaveLength(1);
  });
});

it('the list is read a page at a time', async () => {
  for (let day = 1; day <= 5; day += 1) {
    const answered = `2024-03-0${6 - Math.ceil(day / 2)}`;
    await append(
      database.source,
      ...requestOf('A', ['2024-03-01 ScreenRequested', `${answered} ScreenAnswered agreed`]),
    );
  }
  const asked = { registryId: REGISTRY, org: 'P', period: '2024', ...TO_ANSWER, state: 'reached' } as const;
  const all = await readTimesCases(database.source, asked);
  const seen: unknown[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page = await readTimesCases(database.source, { ...asked, after: after ?? undefined, limit: 2 });
    seen.push(...page.cases);
    after = page.next;
  }
  expect(seen).toEqual(all.cases);
  expect(seen).toHaveLength(5);
  await expect(readTimesCases(database.source, { ...asked, after: 'x' })).rejects.toMatchObject({
    code: 'cursor_not_readable',
  });
});

const FIT_BY_NOVEMBER = [
  '2023-10-01 ScreenRequested',
  '2023-10-02 ScreenAnswered agreed',
  '2023-10-03 RemobiliseRequested',
  '2023-10-04 RemobiliseAnswered agreed',
  '2023-10-05 HrTypingRequested',
  '2023-10-06 HrTypingAnswered agreed',
  '2023-11-01 HrTypingConcluded match',
  '2023-11-05 ExamStarted',
  '2023-11-10 ExamConcluded fit',
];

async function takeBack(...ids: (string | undefined)[]): Promise<void> {
  const reversals = ids.map((reverses = '') => ({ id: entry().id, reverses, justification: '登记有误' }));
  await reverseEntries(database.source, reversals, WRITER);
}

function again(one: ReturnType<typeof entry> | undefined): ReturnType<typeof entry> {
  return { ...entry(), ...one, id: entry().id };
}
