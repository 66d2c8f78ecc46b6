import { randomUUID } from 'node:crypto';
import { closeAndRecompute } from '../../libs/indicators/recompute';
import { readMetricValues } from '../../libs/indicators/values';
import { reopenMonths } from '../../libs/ledger/months';
import { reverseEntries } from '../../libs/ledger/reverse';
import { append, createSmallRegistry, entry, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database.drop());

async function close(month: string): Promise<void> {
  await closeAndRecompute(database.source, REGISTRY, month, 'tester');
}

async function reopen(month: string): Promise<void> {
  await database.source.transaction((manager) => reopenMonths(manager, REGISTRY, month, 'tester', '补录'));
}

async function postedMonthOf(id: string): Promise<string> {
  const [row] = await database.source.query(
    `select to_char(posted_month, 'YYYY-MM') as month from entry where id = $1`,
    [id],
  );
  return row.month;
}

async function recruitedIn(period: string): Promise<string | null> {
  const [value] = await readMetricValues(database.source, {
    registryId: REGISTRY,
    period,
    keys: ['registry.recruited'],
  });
  return value?.value ?? null;
}

describe('closing (R3)', () => {
  it('takes the months in order, and only after their last day', async () => {
    await expect(close('2023-02')).rejects.toMatchObject({ code: 'month_order' });
    await close('2023-01');
    await close('2023-02');
    await expect(close('2023-01')).rejects.toMatchObject({ code: 'month_order' });

    const next = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
    await database.source.query(
      `do $$ declare m date := '2023-03-01'; begin
        while m < '${next}-01' loop perform close_month(1, m, 'tester', null); m := m + interval '1 month'; end loop;
      end $$`,
    );
    await expect(close(next)).rejects.toMatchObject({ code: 'month_not_over' });
  });

  it('reopens every later month with the one that is asked for, from the end', async () => {
    for (const month of ['2023-01', '2023-02', '2023-03']) await close(month);
    await reopen('2023-02');

    const events = await database.source.query(
      `select to_char(month, 'YYYY-MM') as month from month_event where action = 'reopen' order by month`,
    );
    expect(events).toEqual([{ month: '2023-02' }, { month: '2023-03' }]);
    for (const month of ['2022-12', '2023-02', '2023-03']) {
      await expect(reopen(month)).rejects.toMatchObject({ code: 'month_not_closed' });
    }
    await reopen('2023-01');
  });

  it('does not read a period that is no month', async () => {
    await expect(close('2023-Q1')).rejects.toMatchObject({ code: 'month_not_readable' });
  });

  it('has recomputed what it closes, and shuts writers out until then', async () => {
    const jobs = Array.from({ length: 8 }, () => append(database.source, entry({ occurredOn: '2023-01-09' })));
    await Promise.allSettled([...jobs, close('2023-01')]);

    const [stored] = await database.source.query(
      `select count(*)::text as count from entry where posted_month = '2023-01-01'`,
    );
    expect((await recruitedIn('2023-01')) ?? '0').toBe(stored.count);
  });
});

describe('posting (R4)', () => {
  it('puts a late fact into the first open month, as an adjustment with its reason', async () => {
    await close('2023-01');
    const late = entry({ occurredOn: '2023-01-31', justification: '乡镇表迟到' });
    await append(database.source, late);

    expect(await postedMonthOf(late.id)).toBe('2023-02');
  });

  it('moves nothing when a month is reopened', async () => {
    await close('2023-01');
    const late = entry({ occurredOn: '2023-01-31', justification: '乡镇表迟到' });
    await append(database.source, late);
    await reopen('2023-01');
    const later = entry({ occurredOn: '2023-01-31' });
    await append(database.source, later);

    expect(await postedMonthOf(late.id)).toBe('2023-02');
    expect(await postedMonthOf(later.id)).toBe('2023-01');
  });

  it('keeps a closed month as it was when an entry of it is reversed', async () => {
    const one = entry({ occurredOn: '2023-01-15', quantity: '5' });
    await append(database.source, one);
    await close('2023-01');
    const reversal = { id: randomUUID(), reverses: one.id, justification: '重复登记' };
    await reverseEntries(database.source, [reversal], WRITER);
    await close('2023-02');

    expect(await postedMonthOf(reversal.id)).toBe('2023-02');
    expect([await recruitedIn('2023-01'), await recruitedIn('2023-02'), await recruitedIn('2023-Q1')]).toEqual([
      '5',
      '-5',
      null,
    ]);
  });
});
