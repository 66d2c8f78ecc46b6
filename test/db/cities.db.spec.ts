import { dateInShanghai } from '../../libs/core/period';
import { readCohort } from '../../libs/funnel/cohort';
import { reverseEntries } from '../../libs/ledger/reverse';
import { readCities, readCityCases, type CitiesQuestion } from '../../libs/funnel/cities';
import { append, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { requestOf } from '../support/request-of';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
const AGREED = ['2024-03-01 ScreenRequested', '2024-03-04 ScreenAnswered agreed'];

/** By hand: of 2024, A has 4 requests (one of A1), B 2, P itself 1; one of 2023 and one taken back beside them. */
beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...['P', 'A', 'A1', 'B'].flatMap((org) => opening(org)));
  const mistaken = requestOf('B', ['2024-03-01 ScreenRequested']);
  const askedAgain = ['2023-12-31 ScreenRequested', '2024-01-02 ScreenRequested', '2024-01-03 ScreenAnswered agreed'];
  await append(
    database.source,
    ...requestOf('A', AGREED),
    ...requestOf('A', [...AGREED, '2024-03-05 DonorRetracted early PR_TIME', '2024-03-05 RequestClosed donor_side PR']),
    ...requestOf('A', ['2024-03-01 ScreenRequested', '2024-03-04 ScreenAnswered refused UC']),
    // Agreed, but 40 days later.
    ...requestOf('A1', [
      '2024-12-31 ScreenRequested',
      '2025-02-09 ScreenAnswered agreed',
      '2025-02-10 RequestClosed patient_side FND',
    ]),
    ...requestOf('B', [...AGREED, '2024-03-05 DonorRetracted early PR_FAMILY']),
    ...requestOf('B', ['2024-05-01 ScreenRequested']),
    ...requestOf('P', AGREED),
    // Of the cohort of 2023, whenever it was asked again.
    ...requestOf('B', askedAgain),
    ...mistaken,
  );
  const reversal = { id: entry().id, reverses: mistaken[0]?.id ?? '', justification: '登记有误' };
  await reverseEntries(database.source, [reversal], WRITER);
}, 60_000);

afterAll(() => database.drop());

const asked = (question: Partial<CitiesQuestion>) => {
  return { registryId: REGISTRY, org: 'P', period: '2024', from: 'screen_requested', to: 'screen_agreed', ...question };
};
const cities = (question: Partial<CitiesQuestion> = {}) => readCities(database.source, asked(question));

describe('cities beside one another', () => {
  it('are told by the cases first requested in the period, and who of them came so far', async () => {
    const { whole, cities: rows } = await cities({ window: 0 });
    expect(whole).toMatchObject({ cases: 7, censored: 0, total: 7, hits: 5, rate: '71.43' });
    expect(rows).toMatchObject([
      {
        org: 'P',
        own: true,
        cases: 1,
        total: 1,
        hits: 1,
        rate: '100.00',
        interval: { lower: '20.65', upper: '100.00' },
      },
      { org: 'A', own: false, cases: 4, total: 4, hits: 3, rate: '75.00' },
      { org: 'B', own: false, cases: 2, total: 2, hits: 1, rate: '50.00' },
    ]);
    expect(rows.map(({ funnel }) => funnel?.outside)).toEqual(['within', 'within', 'within']);
  });

  it('count what came in time alone, and leave out whose time has not run out', async () => {
    const in2024 = await cities({ window: 39 });
    expect(in2024.whole).toMatchObject({ cases: 7, censored: 0, total: 7, hits: 4 });
    expect((await cities({ window: 40 })).whole).toMatchObject({ hits: 5 });
    const { whole, cities: rows } = await cities({ window: 3650 });
    expect(whole).toMatchObject({ cases: 7, censored: 7, total: 0, hits: 0, rate: null, interval: null });
    expect(rows.map(({ funnel }) => funnel)).toEqual([null, null, null]);
  });

  it('lie where they lie on the day that is looked back to', async () => {
    const [{ position }] = await database.source.query('select min(position) as position from entry');
    expect((await cities({ window: 0, asOf: position })).whole).toMatchObject({ cases: 0, total: 0 });
  });

  it('of another cohort are others', async () => {
    expect((await cities({ period: '2023', window: 0 })).whole).toMatchObject({ cases: 1, hits: 1 });
    expect((await cities({ period: '2024-H2', window: 0 })).whole).toMatchObject({ cases: 1, hits: 1 });
    expect((await cities({ org: 'A', window: 0 })).cities).toMatchObject([
      { org: 'A', own: true, total: 3, hits: 2 },
      { org: 'A1', own: false, total: 1, hits: 1 },
    ]);
  });

  it('lose cases for reasons of the donor and of the patient, each case once', async () => {
    const { losses } = await cities();
    expect(losses).toEqual([
      { org: 'A', own: false, side: 'donor', reason: 'PR', cases: 1 },
      { org: 'A', own: false, side: 'donor', reason: 'UC', cases: 1 },
      { org: 'A', own: false, side: 'patient', reason: 'FND', cases: 1 },
      { org: 'B', own: false, side: 'donor', reason: 'PR_FAMILY', cases: 1 },
    ]);
  });

  it('open the cases of each number', async () => {
    const of = async (part: 'cases' | 'censored' | 'total' | 'hits' | 'lost', more = {}) => {
      const { cases } = await readCityCases(database.source, { ...asked({ window: 39, org: 'A' }), part, ...more });
      return cases.length;
    };
    expect([await of('cases'), await of('censored'), await of('total'), await of('hits')]).toEqual([4, 0, 4, 2]);
    expect(await of('cases', { own: true })).toBe(3);
    expect([await of('lost'), await of('lost', { side: 'donor' }), await of('lost', { reason: 'FND' })]).toEqual([
      3, 2, 1,
    ]);
    const first = await readCityCases(database.source, { ...asked({ window: 0 }), part: 'hits', limit: 4 });
    const second = await readCityCases(database.source, {
      ...{ ...asked({ window: 0 }), part: 'hits', limit: 4 },
      after: first.next ?? '',
    });
    expect(new Set([...first.cases, ...second.cases].map(({ caseCode }) => caseCode)).size).toBe(5);
    expect(second.next).toBeNull();
    expect(first.cases[0]).toMatchObject({ requestedOn: '2024-03-01', beganOn: '2024-03-01', reachedOn: '2024-03-04' });
  });

  it('are told over the same windows as a cohort: one that ends on the day itself is over', async () => {
    const today = Date.parse(dateInShanghai(new Date()));
    for (const days of [29, 30, 31]) {
      const day = new Date(today - days * 86_400_000).toISOString().slice(0, 10);
      await append(database.source, ...requestOf('A', [`${day} ScreenRequested`, `${day} ScreenAnswered agreed`]));
    }
    const years = [today - 31 * 86_400_000, today].map((at) => new Date(at).toISOString().slice(0, 4));
    for (const period of new Set(years)) {
      const { stages } = await readCohort(database.source, { registryId: REGISTRY, org: 'P', period });
      const cohort = stages[0]?.windows.find(({ days }) => days === 30);
      const { whole } = await cities({ period, window: 30 });
      expect([whole.censored, whole.total, whole.hits]).toEqual([
        cohort?.censored,
        cohort?.denominator,
        cohort?.numerator,
      ]);
    }
  });

  it('are not compared over a window that is none', async () => {
    await expect(cities({ window: -1 })).rejects.toMatchObject({ code: 'window_not_readable' });
  });
});
