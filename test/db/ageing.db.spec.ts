import { readAgeing, readAgeingCases, type AgeingQuestion } from '../../libs/funnel/ageing';
import { readWorklists } from '../../libs/ledger/worklists';
import { append, createSmallRegistry, opening, REGISTRY } from '../support/small-registry';
import { requestOf } from '../support/request-of';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
const AGREED = ['2024-03-01 ScreenRequested', '2024-03-04 ScreenAnswered agreed'];

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...['P', 'A', 'A1', 'B'].flatMap((org) => opening(org)));
  await append(
    database.source,
    ...requestOf('A', ['2024-03-24 ScreenRequested']),
    ...requestOf('A', ['2024-03-23 ScreenRequested']),
    ...requestOf('A1', [...AGREED, '2024-03-11 RequestHeld patient_side']),
    ...requestOf('A1', [...AGREED, '2024-03-11 RequestHeld donor_side']),
    ...requestOf('B', [...AGREED, '2024-03-20 RemobiliseRequested']),
    ...requestOf('B', ['2024-03-01 ScreenRequested', '2024-03-04 ScreenAnswered refused']),
    ...requestOf('B', [...AGREED, '2024-03-31 RequestClosed patient_side']),
    ...requestOf('B', ['2024-04-02 ScreenRequested']),
  );
}, 60_000);

afterAll(() => database.drop());

const ages = async (question: Partial<AgeingQuestion> = {}) => {
  const found = await readAgeing(database.source, { registryId: REGISTRY, org: 'P', day: '2024-03-31', ...question });
  return found.ages.map(({ org, own, milestone, band, cases, held }) =>
    [org, ...(own ? ['own'] : []), milestone, band, cases, ...(held ? [`${held} held`] : [])].join(' '),
  );
};

describe('open cases', () => {
  it('stand at their last milestone, by their days without what the patient held', async () => {
    expect(await ages()).toEqual([
      'P remobilise_requested 8-30 1',
      'P screen_agreed 8-30 2 1 held',
      'P screen_requested 0-7 1',
      'P screen_requested 8-30 1',
    ]);
    expect(await ages({ day: '2024-03-30' })).toContain('P screen_agreed 8-30 3 1 held');
    expect(await ages({ day: '2024-04-01' })).toEqual([
      'P remobilise_requested 31-60 1',
      'P screen_agreed 8-30 1 1 held',
      'P screen_agreed 31-60 1',
      'P screen_requested 8-30 2',
    ]);
    expect(await ages({ day: '2024-02-29' })).toEqual([]);
  });

  it('are counted from their last milestone too, by org', async () => {
    expect(await ages({ by: 'org', since: 'milestone' })).toEqual([
      'A screen_agreed 0-7 1 1 held',
      'A screen_agreed 8-30 1',
      'A screen_requested 0-7 1',
      'A screen_requested 8-30 1',
      'B remobilise_requested 8-30 1',
    ]);
    expect(await ages({ org: 'A', own: true })).toEqual([
      'A own screen_requested 0-7 1',
      'A own screen_requested 8-30 1',
    ]);
  });

  it('open as a list, the oldest first', async () => {
    const of = async (more: object = {}) => {
      const asked = { registryId: REGISTRY, org: 'P', day: '2024-03-31', ...more };
      return (await readAgeingCases(database.source, asked)).cases;
    };
    const all = await of();
    expect(all.map(({ beganOn }) => beganOn)).toEqual([
      ...['2024-03-01', '2024-03-01', '2024-03-01', '2024-03-23', '2024-03-24'],
    ]);
    expect(all.find(({ held }) => held)).toMatchObject({
      days: 30,
      pausedDays: 20,
      milestone: 'screen_agreed',
      org: 'A1',
    });
    expect(await of({ milestone: 'screen_requested', band: '8-30' })).toMatchObject([{ beganOn: '2024-03-23' }]);
    await expect(of({ band: 'old' })).rejects.toMatchObject({ code: 'band_unknown' });
    await expect(of({ day: '2024-02-30' })).rejects.toMatchObject({ code: 'date_not_readable' });
  });
});

describe('who is late', () => {
  it('is whom the worklists say, by list and org, with the share of them', async () => {
    const asked = { registryId: REGISTRY, org: 'P', day: '2024-03-31' };
    const { lateness } = await readAgeing(database.source, { ...asked, by: 'org' });
    expect(lateness).toEqual([
      { org: 'A', own: false, key: 'screen_unanswered', waiting: 2, late: 1, onTime: 1, held: 0, shareLate: '50.0' },
      {
        org: 'B',
        own: false,
        key: 'remobilise_unanswered',
        waiting: 1,
        late: 1,
        onTime: 0,
        held: 0,
        shareLate: '100.0',
      },
    ]);
    const { counts } = await readWorklists(database.source, { ...asked, today: asked.day });
    expect(counts.map(({ key, overdue }) => [key, overdue])).toEqual([
      ['remobilise_unanswered', 1],
      ['screen_unanswered', 1],
    ]);
  });
});
