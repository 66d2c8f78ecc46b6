import { Client } from 'pg';
import { machineOwner } from '../../libs/accounts/machine-owner';
import type { Principal } from '../../libs/accounts/principal';
import { decimal } from '../../libs/core/decimal';
import { readChanges } from '../../libs/indicators/changes';
import { readEntriesBehind } from '../../libs/indicators/entries-behind';
import { closeAndRecompute, rebuild, recompute, sweep } from '../../libs/indicators/recompute';
import { readIndicatorValues, readMetricValues } from '../../libs/indicators/values';
import { verify } from '../../libs/indicators/verify';
import { reverseEntries } from '../../libs/ledger/reverse';
import { chooseSetting, readSettings, type SettingInput } from '../../libs/ledger/settings';
import { derivedRows, differencesBetween } from '../support/derived-rows';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
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
const MONTHS = ['2023', '2024']
  .flatMap((year) => Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`))
  .filter((month) => month < '2024-04');

let database: TestDatabase;
let owner: Principal;
let closed: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  const { source } = database;
  await createSmallRegistry(source);
  owner = await machineOwner(source.manager, REGISTRY);
  await append(source, ...opening('A'));
  const answered = caseEntries('2024-02-01', AGREED);
  await append(source, ...caseEntries('2024-02-01', [...AGREED, ['HrTypingConcluded', 'match']]));
  await append(source, ...answered);
  await append(source, contact('2024-02-10', 'C1', 'not_reached'), contact('2024-02-11', 'C2', 'confirmed'));
  await append(
    source,
    entry({
      kind: 'DonorWithdrawn',
      outcome: 'from_available',
      reason: 'DO',
      donorCode: 'W1',
      occurredOn: '2024-02-20',
    }),
  );
  for (const month of MONTHS) await closeAndRecompute(source, REGISTRY, month, 'tester');
  await append(source, ...caseEntries('2024-04-01', AGREED));
  await append(source, ...caseEntries('2024-05-01', [...AGREED, ['HrTypingConcluded', 'match']]));
  await append(source, contact('2024-05-10', 'C1', 'not_reached'), contact('2024-05-11', 'C3', 'reached'));
  await append(
    source,
    entry({ kind: 'RetentionContacted', outcome: 'confirmed', donorCode: 'C2', occurredOn: '2024-05-12', org: 'A1' }),
  );
  // Of a closed month: taken back in April, from what it was counted for in February.
  await reverseEntries(source, [{ id: entry().id, reverses: answered.at(-1)!.id, justification: '登记错误' }], WRITER);
  await recompute(source, REGISTRY);
  closed = await ofClosedPeriods();
}, 120_000);

afterAll(() => database.drop());

function contact(occurredOn: string, donorCode: string, outcome: string) {
  return entry({ kind: 'RetentionContacted', outcome, donorCode, occurredOn });
}

/** Every derived row of the months and quarters that are closed. */
async function ofClosedPeriods(): Promise<string[]> {
  const rows = await derivedRows(database.source, REGISTRY);
  return rows.filter((row) => / (2023(-\w+)?|2024-(01|02|03|Q1)) /.test(row));
}

async function figures(key: string, periods: readonly string[]): Promise<string[]> {
  const rows: { line: string }[] = await database.source.query(
    `select concat_ws(' ', period, trim_scale(value), 'v' || version) as line from (
        select period, key, value, version, org, own from metric_value
        union all select period, key, value, version, org, own from indicator_value
      ) v where key = $1 and org = 'P' and not own and period = any($2) order by array_position($2, period)`,
    [key, periods],
  );
  return rows.map(({ line }) => line);
}

async function choose(input: SettingInput): Promise<number> {
  return database.source.transaction((manager) => chooseSetting(manager, owner, { reason: '省里统一口径', ...input }));
}

async function drift(): Promise<unknown> {
  const { drift: found, waiting, findings } = await verify(database.source, REGISTRY);
  return { drift: found, waiting, findings };
}

const SOUND = { drift: 0, waiting: 0, findings: [] };
const PERIODS = ['2024-02', '2024-03', '2024-Q1', '2024-04', '2024-05', '2024-Q2', '2024-H1', '2024'];

describe('a meaning that an office chooses from a month on', () => {
  it('is the one that the definitions have until something is chosen', async () => {
    expect(await figures('match.hr_agreed', PERIODS)).toEqual([
      '2024-02 2 v1',
      '2024-Q1 2 v1',
      '2024-04 0 v1',
      '2024-05 1 v1',
      '2024-Q2 1 v1',
      '2024-H1 3 v1',
      '2024 3 v1',
    ]);
    expect(await figures('retention.revisited', ['2024-02', '2024-05', '2024'])).toEqual([
      '2024-02 2 v1',
      '2024-05 3 v1',
      '2024 3 v1',
    ]);
    expect(await figures('registry.stock_eop', ['2024-02', '2024-04', '2024'])).toEqual([
      '2024-02 999 v1',
      '2024-04 999 v1',
      '2024 999 v1',
    ]);
    expect(await drift()).toEqual(SOUND);
  });

  it('waits for the recompute, and until then every figure is what it was, without drift', async () => {
    expect(await choose({ key: 'hr_agreed', choice: 'after_match', since: '2024-04' })).toBe(1);
    expect(await choose({ key: 'revisited', choice: 'confirmed', since: '2024-04' })).toBe(2);
    expect(await choose({ key: 'stock', choice: 'gross', since: '2024-04' })).toBe(3);
    expect(await choose({ key: 'volunteer_agreement', choice: 'hr_typing', since: '2024-04' })).toBe(4);
    expect(await choose({ key: 'retraction', choice: 'later_refusal', since: '2027-01' })).toBe(5);

    expect(await figures('match.hr_agreed', ['2024'])).toEqual(['2024 3 v1']);
    expect(await drift()).toEqual(SOUND);
    await sweep(database.source);
    expect(await drift()).toEqual(SOUND);
  });

  it('adds the months of a sum each under its own version, and takes back what was counted by the one of its day', async () => {
    // February 2 by version 1, of which one is taken back in April; since April the matches alone, and in May there is one.
    expect(await figures('match.hr_agreed', PERIODS)).toEqual([
      '2024-02 2 v1',
      '2024-Q1 2 v1',
      '2024-04 -1 v1001',
      '2024-05 1 v1001',
      '2024-Q2 0 v1001',
      '2024-H1 2 v1001',
      '2024 2 v1001',
    ]);
    await append(database.source, ...caseEntries('2024-06-01', AGREED));
    await recompute(database.source, REGISTRY);
    expect(await figures('match.hr_agreed', ['2024-06', '2024'])).toEqual(['2024 2 v1001']);
  });

  it('counts subjects, stocks and rates by the version in force on the last day of the period', async () => {
    // Three were contacted in the year; one of them was willing.
    expect(await figures('retention.revisited', PERIODS)).toEqual([
      '2024-02 2 v1',
      '2024-Q1 2 v1',
      '2024-05 1 v1002',
      '2024-Q2 1 v1002',
      '2024-H1 1 v1002',
      '2024 1 v1002',
    ]);
    expect(await figures('registry.stock_eop', ['2024-02', '2024-03', '2024-04', '2024-05', '2024'])).toEqual([
      '2024-02 999 v1',
      '2024-03 999 v1',
      '2024-04 1000 v1003',
      '2024-05 1000 v1003',
      '2024 1000 v1003',
    ]);
    expect(await figures('rate.volunteer_agree', ['2024-02', '2024-Q1', '2024-05', '2024'])).toEqual([
      '2024-02 100 v1',
      '2024-Q1 100 v1',
      '2024-05 100 v1004',
      '2024 40 v1004',
    ]);
  });

  it('does not move what is closed', async () => {
    expect(differencesBetween(closed, await ofClosedPeriods())).toEqual([]);
  });

  it('is the same after further entries as after a rebuild, and as a recount finds it', async () => {
    await append(database.source, contact('2024-06-02', 'C4', 'confirmed'), contact('2024-06-03', 'C5', 'not_reached'));
    await recompute(database.source, REGISTRY);
    expect(await figures('retention.revisited', ['2024-06', '2024'])).toEqual(['2024-06 1 v1002', '2024 2 v1002']);
    expect(await drift()).toEqual(SOUND);
    const before = await derivedRows(database.source, REGISTRY);
    await rebuild(database.source, REGISTRY);
    expect(differencesBetween(before, await derivedRows(database.source, REGISTRY))).toEqual([]);
  });

  it('is found out by a recount where a figure stands by another version', async () => {
    await database.source.query(`update metric_value set version = 1, value = 3
      where key = 'retention.revisited' and org = 'P' and period = '2024'`);
    expect(await drift()).toMatchObject({
      drift: 1,
      findings: [
        { key: 'retention.revisited', expected: { value: 2, version: 1002 }, found: { value: 3, version: 1 } },
      ],
    });
    await rebuild(database.source, REGISTRY);
  });

  it.each(['match.hr_agreed', 'retention.revisited', 'registry.stock_eop'])(
    'is what the list behind a figure goes by: %s',
    async (key) => {
      for (const period of PERIODS) {
        const { figure, total } = await readEntriesBehind(database.source, { registryId: REGISTRY, key, period });
        expect([period, total?.sum]).toEqual([period, figure.value ?? '0']);
      }
    },
  );
});

describe('what moved a figure since before its meaning was chosen', () => {
  it.each([
    ['match.hr_agreed', '-1'],
    ['retention.revisited', '-2'],
    ['registry.stock_eop', '1'],
  ])('is its entries, and apart from them the meaning: %s', async (key, ofTheYear) => {
    const [{ position }] = await database.source.query('select min(position) - 1 as position from setting');
    const between = { registryId: REGISTRY, key, since: position };
    for (const period of ['2024-Q1', '2024-05', '2024']) {
      const { then, now, total, byMeaning } = await readChanges(database.source, { ...between, period });
      const told = decimal(total?.sum ?? '0').plus(decimal(byMeaning ?? '0'));
      expect([period, told.toFixed()]).toEqual([
        period,
        decimal(now.value ?? '0')
          .minus(decimal(then.value ?? '0'))
          .toFixed(),
      ]);
    }
    // Of the whole year it is another meaning; of a quarter that was closed before, it is not.
    const { byMeaning } = await readChanges(database.source, { ...between, period: '2024' });
    expect([key, byMeaning]).toEqual([key, ofTheYear]);
    expect(await readChanges(database.source, { ...between, period: '2024-Q1' })).toMatchObject({ byMeaning: null });
  });
});

describe('a figure whose meaning changes within its period', () => {
  const asked = { registryId: REGISTRY, keys: ['match.hr_agreed', 'registry.stock_eop'] };

  it('says from which month on it means something else, and that of a month does not', async () => {
    const year = await readMetricValues(database.source, { ...asked, period: '2024' });
    expect(year.map(({ key, version, changes }) => [key, version, changes])).toEqual([
      ['registry.stock_eop', 1003, [{ key: 'registry.stock_eop', version: 1003, since: '2024-04' }]],
      ['match.hr_agreed', 1001, [{ key: 'match.hr_agreed', version: 1001, since: '2024-04' }]],
    ]);
    for (const period of ['2024-Q1', '2024-05', '2024-H2']) {
      const values = await readMetricValues(database.source, { ...asked, period });
      expect(values.flatMap(({ changes }) => changes)).toEqual([]);
    }
  });

  it('says so of a rate where a part of it does', async () => {
    const keys = ['rate.hr_agree', 'rate.volunteer_agree'];
    const rates = await readIndicatorValues(database.source, { registryId: REGISTRY, keys, period: '2024' });
    expect(
      rates.map(({ key, changes }) => [key, changes.map((one) => `${one.key} ${one.version} ${one.since}`)]),
    ).toEqual([
      ['rate.hr_agree', ['match.hr_agreed 1001 2024-04']],
      ['rate.volunteer_agree', ['rate.volunteer_agree 1004 2024-04', 'match.hr_agreed 1001 2024-04']],
    ]);
  });

  it.each(['numerator', 'denominator'] as const)('lists the %s of a rate by its version', async (part) => {
    for (const period of ['2024-Q1', '2024-05', '2024']) {
      const question = { registryId: REGISTRY, key: 'rate.volunteer_agree', period, part };
      const { figure, total } = await readEntriesBehind(database.source, question);
      expect([period, total?.sum]).toEqual([period, figure[part]]);
    }
  });

  it('is told by what holds at the end of a month that nothing was entered in yet, too', async () => {
    await choose({ key: 'stock', choice: 'net', since: '2024-09' });
    await recompute(database.source, REGISTRY);
    const stock = async (period: string) => {
      const [value] = await readMetricValues(database.source, { ...asked, keys: ['registry.stock_eop'], period });
      return [value?.version, value?.value];
    };
    expect(await stock('2024-08')).toEqual([1003, '1000']);
    expect(await stock('2024-09')).toEqual([1006, '999']);
    expect(await stock('2024')).toEqual([1006, '999']);
    expect(await drift()).toEqual(SOUND);
  });
});

describe('a choice', () => {
  const wanted = { key: 'attrition', choice: 'donor_side', since: '2024-06' };

  it.each([
    ['of a closed month', { ...wanted, since: '2024-03' }, 'setting_month_closed'],
    ['of what is no month', { ...wanted, since: '2024-Q2' }, 'month_not_readable'],
    ['of a month far ahead', { ...wanted, since: '2099-01' }, 'month_too_late'],
    ['of an unknown setting', { ...wanted, key: 'colour' }, 'setting_unknown'],
    ['that the setting has not', { ...wanted, choice: 'green' }, 'choice_unknown'],
    ['without a reason', { ...wanted, reason: ' ' }, 'reason_missing'],
    ['of what holds already', { ...wanted, choice: 'beyond_will' }, 'setting_unchanged'],
  ])('%s is refused', async (_, input, code) => {
    await expect(choose(input)).rejects.toMatchObject({ code });
  });

  it('is the registry’s alone', async () => {
    const ofCity = { ...owner, org: 'A', orgs: new Set(['A', 'A1']) };
    await expect(
      database.source.transaction((manager) => chooseSetting(manager, ofCity, { ...wanted, reason: '本市口径' })),
    ).rejects.toMatchObject({ code: 'setting_of_registry' });
  });

  it('can be chosen anew for the same month: the later one holds, and both stay recorded', async () => {
    await choose({ key: 'hr_agreed', choice: 'to_be_sampled', since: '2024-04' });
    await recompute(database.source, REGISTRY);
    expect(await figures('match.hr_agreed', ['2024-05', '2024'])).toEqual(['2024-05 1 v1007', '2024 4 v1007']);
    const [setting] = await readSettings(database.source, REGISTRY);
    expect(setting?.timeline).toEqual([{ number: 7, choice: 'to_be_sampled', since: '2024-04' }]);
    expect(
      setting?.history.map(({ number, choice, recordedBy, reason }) => [number, choice, recordedBy, reason]),
    ).toEqual([
      [1, 'after_match', 'cli', '省里统一口径'],
      [7, 'to_be_sampled', 'cli', '省里统一口径'],
    ]);
    expect(await drift()).toEqual(SOUND);
  });

  it('is audited', async () => {
    const [act] = await database.source.query(
      `select actor, act, thing, detail ->> 'choice' as choice from audit_act where act = 'settings.choose' order by seq limit 1`,
    );
    expect(act).toEqual({ actor: 'cli', act: 'settings.choose', thing: 'hr_agreed', choice: 'after_match' });
  });

  it.each([
    `update setting set choice = 'x'`,
    'delete from setting',
    `insert into setting values (1, 9, 'a', 'b', '2030-01-01', 'c', 1)`,
  ])('neither changes nor goes, nor comes by another way: %s', async (statement) => {
    await expect(database.source.query(statement)).rejects.toThrow(/permission denied/);
  });
});

describe('the choices of a registry', () => {
  it('are 999 at the most, and the next one is refused with a sentence', async () => {
    await createSmallRegistry(database.source, 2);
    const office = await machineOwner(database.source.manager, 2);
    const choose = (choice: string) =>
      database.source.transaction((manager) =>
        chooseSetting(manager, office, { key: 'stock', choice, since: '2023-02', reason: '试' }),
      );
    await choose('gross');
    const server = new Client({ connectionString: database.ownerUrl });
    await server.connect();
    await server.query(
      `insert into setting select registry_id, n, key, case when n % 2 = 0 then 'net' else 'gross' end, since, reason, position
        from setting, generate_series(2, 998) n where registry_id = 2`,
    );
    await server.end();

    expect(await choose('gross')).toBe(999);
    await expect(choose('net')).rejects.toMatchObject({ code: 'settings_used_up', details: { field: 'key' } });
  });
});
