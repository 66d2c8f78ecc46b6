import { machineOwner } from '../../libs/accounts/machine-owner';
import { parseMonthRange } from '../../libs/core/month-range';
import { closeAndRecompute, recompute, sweep } from '../../libs/indicators/recompute';
import { readIndicatorValues, readMetricValues } from '../../libs/indicators/values';
import { chooseSetting } from '../../libs/ledger/settings';
import { readProgress } from '../../libs/targets/progress';
import { readRunning, type RunningValue } from '../../libs/targets/running';
import { readRunningEntries } from '../../libs/targets/running-entries';
import { readTarget } from '../../libs/targets/target-input';
import { setTargets } from '../../libs/targets/targets';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

const AGREED: readonly [string, string?][] = [
  ['ScreenRequested'],
  ['ScreenAnswered', 'agreed'],
  ['RemobiliseRequested'],
  ['RemobiliseAnswered', 'agreed'],
  ['HrTypingRequested'],
  ['HrTypingAnswered', 'agreed'],
];
const KEYS = [
  'match.hr_agreed',
  'retention.revisited',
  'registry.stock_eop',
  'rate.hr_agree',
  'rate.volunteer_agree',
  'rate.revisit_coverage',
];

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { source } = database;
  const contact = (occurredOn: string, donorCode: string, outcome: string) =>
    entry({ kind: 'RetentionContacted', outcome, donorCode, occurredOn });
  await createSmallRegistry(source);
  await append(
    source,
    ...opening('A'),
    ...caseEntries('2024-02-01', [...AGREED, ['HrTypingConcluded', 'match']]),
    ...caseEntries('2024-02-01', AGREED),
    ...[contact('2024-02-10', 'C1', 'not_reached'), contact('2024-02-11', 'C2', 'confirmed')],
    ...[contact('2024-05-10', 'C1', 'not_reached'), contact('2024-05-11', 'C3', 'reached')],
    entry({
      kind: 'DonorWithdrawn',
      outcome: 'from_available',
      reason: 'DO',
      donorCode: 'W',
      occurredOn: '2024-02-20',
    }),
    ...caseEntries('2024-05-01', AGREED),
    ...caseEntries('2024-05-01', [...AGREED, ['HrTypingConcluded', 'match']]),
  );
  for (const year of ['2023', '2024']) {
    for (const month of ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12']) {
      if (`${year}-${month}` < '2024-04') await closeAndRecompute(source, REGISTRY, `${year}-${month}`, 'tester');
    }
  }
  const owner = await machineOwner(source.manager, REGISTRY);
  await source.transaction(async (manager) => {
    for (const [key, choice, since = '2024-04'] of [
      ['hr_agreed', 'after_match'],
      ['revisited', 'confirmed'],
      ['volunteer_agreement', 'hr_typing'],
      ['stock', 'gross', '2024-06'],
    ] as const) {
      await chooseSetting(manager, owner, { key, choice, since, reason: '省里统一口径' });
    }
  });
  await sweep(source);
  await setTargets(
    source,
    owner,
    ['match.hr_agreed', 'retention.revisited', 'rate.volunteer_agree'].map((key) =>
      readTarget(owner, { org: 'P', period: '2024', key, operator: 'ge', value: '10' }),
    ),
    null,
  );
}, 120_000);

afterAll(() => database?.drop());

function running(code: string): Promise<RunningValue[]> {
  const asked = { registryId: REGISTRY, range: parseMonthRange(code), scopes: [{ org: 'P', own: false }], keys: KEYS };
  return database.source.transaction('REPEATABLE READ', (manager) => readRunning(manager, asked));
}

async function stored(period: string): Promise<string[]> {
  const asked = { registryId: REGISTRY, period, keys: KEYS };
  const values = [
    ...(await readMetricValues(database.source, asked)),
    ...(await readIndicatorValues(database.source, asked)),
  ];
  return KEYS.flatMap((key) => values.filter((value) => value.key === key).map(line));
}

function line({
  key,
  value,
  numerator,
  denominator,
}: Pick<RunningValue, 'key' | 'value' | 'numerator' | 'denominator'>) {
  return [key, value, numerator ?? '', denominator ?? ''].join(' ');
}

describe('a running figure whose meaning an office chose within its months', () => {
  it('of the months of a period is its stored value', async () => {
    expect((await running('2024-01..2024-06')).map(line)).toEqual(await stored('2024-H1'));
    expect((await running('2024-01..2024-12')).map(line)).toEqual(await stored('2024'));
  });

  it('of other months adds a sum by the version of each month, and counts all else by that of the last one', async () => {
    // Two agreed in February by the old meaning, one matched in May by the new; one of the contacted was willing.
    const told = await running('2024-02..2024-05');
    expect(told.slice(0, 4).map(line)).toEqual([
      'match.hr_agreed 3  ',
      'retention.revisited 1  ',
      'registry.stock_eop 999  ',
      'rate.hr_agree 75.00 3 4',
    ]);
    expect(told[4]).toMatchObject({ key: 'rate.volunteer_agree', numerator: '3', denominator: '4' });
    expect((await running('2023-11..2024-02')).slice(0, 2).map(line)).toEqual([
      'match.hr_agreed 2  ',
      'retention.revisited 2  ',
    ]);
  });

  it('is not read from a longer period at whose end it means something else', async () => {
    // Nothing was entered in June; but since June the stock is told otherwise.
    expect((await running('2024-01..2024-05'))[2]?.value).toBe('999');
    expect((await running('2024-01..2024-06'))[2]?.value).toBe('1000');
  });

  it('says from when on it means something else', async () => {
    const changes = (await running('2024-02..2024-05')).map(({ key, changes: of }) => [
      key,
      of.map(({ since }) => since),
    ]);
    expect(changes).toEqual([
      ['match.hr_agreed', ['2024-04']],
      ['retention.revisited', ['2024-04']],
      ['registry.stock_eop', []],
      ['rate.hr_agree', ['2024-04']],
      ['rate.volunteer_agree', ['2024-04', '2024-04']],
      ['rate.revisit_coverage', ['2024-04']],
    ]);
  });

  it.each(['2024-02..2024-05', '2024-01..2024-06'])('is its list: %s', async (code) => {
    const wrong: string[] = [];
    for (const figure of await running(code)) {
      for (const part of figure.denominator === null ? [undefined] : (['numerator', 'denominator'] as const)) {
        const question = {
          registryId: REGISTRY,
          range: parseMonthRange(code),
          org: 'P',
          own: false,
          key: figure.key,
          part,
        };
        const { total } = await readRunningEntries(database.source, question);
        const said = part ? figure[part] : figure.value;
        if (total.sum !== said) wrong.push(`${figure.key} ${part}: ${said}, its list ${total.sum}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is what pace is told of', async () => {
    await recompute(database.source, REGISTRY);
    const of = { registryId: REGISTRY, org: 'P', period: '2024', on: '2024-05-31' };
    const { targets } = await readProgress(database.source, of);
    expect(targets.map(({ target, actual }) => [target.key, actual.now.value, actual.now.numerator])).toEqual([
      ['match.hr_agreed', '3', null],
      ['rate.volunteer_agree', '75.00', '3'],
      ['retention.revisited', '1', null],
    ]);
  });
});
