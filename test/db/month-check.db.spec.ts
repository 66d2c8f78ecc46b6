import { dutiesOf } from '../../libs/catalogue/duties';
import { machineOwner } from '../../libs/accounts/machine-owner';
import { readCoverage } from '../../libs/indicators/coverage';
import { readMonthCheck } from '../../libs/indicators/month-check';
import { recompute } from '../../libs/indicators/recompute';
import { chooseSetting } from '../../libs/ledger/settings';
import { submitMonth } from '../../libs/ledger/submissions';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database.drop());

function check(month: string, org = 'A') {
  return readMonthCheck(database.source, { registryId: REGISTRY, org, month });
}

/** Recruitments of City A in the months of 2023 from January on, and in the next. */
async function recruit(...quantities: readonly number[]): Promise<void> {
  const day = (at: number) => `${2023 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-10`;
  await append(
    database.source,
    ...quantities.map((quantity, at) => entry({ occurredOn: day(at), quantity: String(quantity) })),
  );
  await recompute(database.source, REGISTRY);
}

describe('the check of a month', () => {
  // Median 12, distances 0 0 1 1 2 2 2 3 4 4 5 6, whose median is 2.
  const YEAR = [12, 12, 11, 13, 10, 14, 14, 9, 8, 16, 7, 18];

  it('shows a count whose robust z-score is 3.5 or more, either way', async () => {
    await recruit(...YEAR, 23);
    // 0.6745 × (23 − 12) ÷ 2 = 3.70975
    expect((await check('2024-01')).outliers).toEqual([
      { kind: 'RecruitmentRegistered', quantity: '23', median: '12', mad: '2', score: '3.71', months: 12 },
    ]);
  });

  it('shows none below that', async () => {
    await recruit(...YEAR, 22);
    // 0.6745 × (22 − 12) ÷ 2 = 3.3725
    expect((await check('2024-01')).outliers).toEqual([]);
  });

  it('takes what will become a nil return for 0', async () => {
    await recruit(...YEAR);
    const { outliers, nilReturns } = await check('2024-01');
    // 0.6745 × (0 − 12) ÷ 2 = −4.047
    expect(outliers).toEqual([
      { kind: 'RecruitmentRegistered', quantity: '0', median: '12', mad: '2', score: '-4.05', months: 12 },
    ]);
    expect(nilReturns).toEqual(dutiesOf('city'));
  });

  it('says nothing of fewer than six months, and looks no further back than twelve', async () => {
    await recruit(5, 5, 5, 5, 5, 500);
    expect((await check('2023-06')).outliers).toEqual([]);
    await recruit(...Array.from({ length: 12 }, () => 0));
    // Of 2024-01 the months of 2023 are the past; of 2025-01 none is.
    expect((await check('2025-01')).outliers).toEqual([]);
  });

  it('takes counts that never varied for varying by one', async () => {
    await recruit(5, 5, 5, 5, 5, 5, 11);
    // 0.6745 × (11 − 5) ÷ 1 = 4.047
    expect((await check('2023-07')).outliers).toEqual([
      { kind: 'RecruitmentRegistered', quantity: '11', median: '5', mad: '0', score: '4.05', months: 6 },
    ]);
  });

  it('shows who waited at the end of the month, and not who was answered in it', async () => {
    await append(database.source, ...opening());
    await append(
      database.source,
      ...caseEntries('2024-01-05', [['ScreenRequested']]),
      ...caseEntries('2024-01-30', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]),
      ...caseEntries('2024-01-31', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]),
    );
    const waiting = { key: 'screen_unanswered', org: 'A', held: 0 };
    // The answer to the one asked on the last day is one of February.
    expect((await check('2024-01')).waiting).toEqual([{ ...waiting, waiting: 2, overdue: 1, longestDays: 26 }]);
  });

  it('is of the orgs that submit', async () => {
    for (const org of ['P', 'A1']) {
      await expect(check('2024-01', org)).rejects.toMatchObject({ code: 'org_submits_nothing' });
    }
    await expect(check('2024')).rejects.toMatchObject({ code: 'month_not_readable' });
  });
});

describe('how many have reported (R10)', () => {
  async function coverage(period: string, key = 'registry.recruited', org = 'P') {
    await recompute(database.source, REGISTRY);
    return (await readCoverage(database.source.manager, REGISTRY, org, period, [key])).get(key);
  }

  const nothing = (kind: string) => entry({ kind, quantity: '0', occurredOn: '2024-02-10' });

  it('counts those who owe it, and of them who has something or said that there is nothing', async () => {
    await append(database.source, entry({ org: 'A1', occurredOn: '2024-02-10' }));
    expect(await coverage('2024-02')).toEqual({ owe: 2, reported: 1 });
    await submitMonth(database.source, { registryId: REGISTRY, org: 'B', month: '2024-02', actor: 'reviewer' });
    expect(await coverage('2024-02')).toEqual({ owe: 2, reported: 2 });
    expect(await coverage('2024-Q1')).toEqual({ owe: 2, reported: 0 });
    await append(database.source, ...['2024-01-10', '2024-03-10'].map((occurredOn) => entry({ org: 'A', occurredOn })));
    expect(await coverage('2024-Q1')).toEqual({ owe: 2, reported: 1 });
  });

  it('has both parts of a rate reported', async () => {
    await append(database.source, entry({ occurredOn: '2024-02-10' }));
    const key = 'rate.screen_agree';
    expect(await coverage('2024-02', key)).toEqual({ owe: 2, reported: 0 });
    await append(database.source, entry({ kind: 'ScreenRequested', quantity: '0', occurredOn: '2024-02-10' }));
    expect(await coverage('2024-02', key)).toEqual({ owe: 2, reported: 0 });
    await append(database.source, entry({ kind: 'ScreenAnswered', quantity: '0', occurredOn: '2024-02-10' }));
    expect(await coverage('2024-02', key)).toEqual({ owe: 2, reported: 1 });
  });

  it('asks for the parts that the registry has chosen', async () => {
    const key = 'rate.volunteer_agree';
    await append(database.source, ...['ScreenRequested', 'ScreenAnswered'].map((kind) => nothing(kind)));
    expect(await coverage('2024-02', key)).toEqual({ owe: 2, reported: 1 });
    const owner = await machineOwner(database.source.manager, REGISTRY);
    const input = { key: 'volunteer_agreement', choice: 'second_mobilisation', since: '2024-02', reason: '省里口径' };
    await database.source.transaction((manager) => chooseSetting(manager, owner, input));
    expect(await coverage('2024-02', key)).toEqual({ owe: 2, reported: 0 });
    await append(database.source, ...['RemobiliseRequested', 'RemobiliseAnswered'].map((kind) => nothing(kind)));
    expect(await coverage('2024-02', key)).toEqual({ owe: 2, reported: 1 });
    expect(await coverage('2024-01', key)).toEqual({ owe: 2, reported: 0 });
  });

  it('asks nothing of a closed org, of a year before the ledger, of what nobody owes or of an org without such below', async () => {
    await append(database.source, entry({ occurredOn: '2024-02-10' }));
    await database.source.query(`update org set closed_on = '2024-01-31' where org = 'B'`);
    expect(await coverage('2024-02')).toEqual({ owe: 1, reported: 1 });
    expect(await coverage('2022')).toBeUndefined();
    expect(await coverage('2999')).toBeUndefined();
    expect(await coverage('2024-02', 'registry.recruited', 'A')).toBeUndefined();
    expect(await coverage('2024-02', 'blood.collected_units')).toBeUndefined();
  });
});
