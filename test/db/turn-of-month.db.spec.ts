import { Client } from 'pg';
import { lastDayOf } from '../../libs/core/month-range';
import { enclosingPeriods, nextMonth, type Month } from '../../libs/core/period';
import { resolveAsOf } from '../../libs/indicators/as-of';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { readMetricValues } from '../../libs/indicators/values';
import { verify } from '../../libs/indicators/verify';
import { listSeals } from '../../libs/ledger/seals';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(180_000);

let database: TestDatabase;
let owner: Client;

/** The months whose ends are lived through: of quarters, halves and a year, and a February of 29 days. */
const MONTHS: Month[] = [];
for (let month = '2023-01'; month <= '2024-03'; month = nextMonth(month)) MONTHS.push(month);

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  // The functions that ask what time it is ask this table.
  await owner.query(`create table told_time (at timestamptz not null)`);
  await owner.query(`insert into told_time values ('2023-01-31T00:00:00Z')`);
  await owner.query(
    `create function public.clock_timestamp() returns timestamptz language sql volatile as 'select at from public.told_time'`,
  );
  const { rows } = await owner.query(
    `select oid::regprocedure::text as signature from pg_proc
      where pronamespace = 'public'::regnamespace and proname in ('close_month', 'post_entries', 'take_position')`,
  );
  expect(rows).toHaveLength(3);
  for (const { signature } of rows)
    await owner.query(`alter function ${signature} set search_path = public, pg_catalog, pg_temp`);
}, 120_000);

afterAll(async () => {
  await owner?.end();
  await database?.drop();
});

async function itIs(time: string): Promise<void> {
  await owner.query('update told_time set at = $1', [time]);
}

const close = (month: Month) => closeAndRecompute(database.source, REGISTRY, month, 'tester');

it('is at midnight of Asia/Shanghai, to the microsecond, for what is logged, what is closed and what is looked back to', async () => {
  const { source } = database;
  for (const month of MONTHS) {
    const [last, first] = [lastDayOf(month), `${nextMonth(month)}-01`];
    // Midnight in Shanghai is 16:00 of the day before in Greenwich.
    await itIs(`${last}T15:59:59.999999Z`);
    await append(source, entry({ occurredOn: last, quantity: '1' }));
    await expect(append(source, entry({ occurredOn: first }))).rejects.toThrow(`${first} lies in the future`);
    await expect(close(month)).rejects.toMatchObject({ code: 'month_not_over' });

    await itIs(`${last}T16:00:00Z`);
    await append(source, entry({ occurredOn: first, quantity: '1000' }));
    const seals = await close(month);
    const ended = enclosingPeriods(month).filter(({ lastMonth }) => lastMonth === month);
    expect(seals.map(({ period }) => period).sort()).toEqual(ended.map(({ code }) => code).sort());

    const asked = { registryId: REGISTRY, period: month, keys: ['registry.recruited'] };
    const { position } = await resolveAsOf(source.manager, REGISTRY, last);
    const [then] = await readMetricValues({ manager: source.manager }, { ...asked, position });
    const [next] = await readMetricValues(
      { manager: source.manager },
      { ...asked, period: nextMonth(month), position },
    );
    // Each month but the first began with what its first day brought.
    expect([month, then?.value, next?.value]).toEqual([month, month === '2023-01' ? '1' : '1001', null]);
  }
});

it('leaves each period with exactly the entries of its days', async () => {
  const { source } = database;
  await recompute(source, REGISTRY);
  const periods = [...new Set(MONTHS.flatMap((month) => enclosingPeriods(month).map(({ code }) => code)))];
  for (const period of periods) {
    const [value] = await readMetricValues(source, { registryId: REGISTRY, period, keys: ['registry.recruited'] });
    const [{ sum }] = await source.query(
      `select sum(quantity)::int::text as sum from entry where occurred_on between $1 and $2`,
      boundsOf(period),
    );
    expect([period, value?.value]).toEqual([period, sum]);
  }
  const standing = (await listSeals(source.manager, REGISTRY)).map(({ period }) => period);
  expect(standing).toEqual(expect.arrayContaining(['2023-Q1', '2023-H1', '2023-Q4', '2023-H2', '2023', '2024-Q1']));
  expect(await verify(source, REGISTRY)).toMatchObject({ drift: 0, waiting: 0, seals: { drift: 0 } });
});

/** The first and the last day of a period, told anew. */
function boundsOf(period: string): [string, string] {
  const [year = '', part = ''] = period.split('-');
  if (part === '') return [`${year}-01-01`, `${year}-12-31`];
  const [first, last] =
    part[0] === 'H'
      ? [6 * Number(part[1]) - 5, 6 * Number(part[1])]
      : part[0] === 'Q'
        ? [3 * Number(part[1]) - 2, 3 * Number(part[1])]
        : [Number(part), Number(part)];
  const days = new Date(Date.UTC(Number(year), last, 0)).getUTCDate();
  const two = (number: number) => String(number).padStart(2, '0');
  return [`${year}-${two(first)}-01`, `${year}-${two(last)}-${days}`];
}
