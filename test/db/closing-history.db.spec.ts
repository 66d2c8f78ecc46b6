import { Client } from 'pg';
import { closeAndRecompute } from '../../libs/indicators/recompute';
import { verifySealsNow } from '../../libs/indicators/verify-seals';
import { reopenMonths } from '../../libs/ledger/months';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  for (const month of ['01', '02', '03']) await append(database.source, entry({ occurredOn: `2023-${month}-05` }));
  for (const month of ['01', '02', '03']) await close(`2023-${month}`, '乙市没有报送');
  expect(await problems()).toEqual([]);
});

afterEach(() => database.drop());

function close(month: string, reason: string | null = null) {
  return closeAndRecompute(database.source, REGISTRY, month, '李主任', reason);
}

function reopen(month: string) {
  return database.source.transaction((manager) => reopenMonths(manager, REGISTRY, month, '李主任', '补录'));
}

/** As an owner of the database who gets round the triggers. */
async function tamper(statements: string): Promise<void> {
  const tables = ['seal', 'sealed_value', 'month_event', 'ledger_write'];
  const set = (state: string) => tables.map((table) => `alter table ${table} ${state} trigger user`).join(';');
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(`${set('disable')}; ${statements}; ${set('enable')}`).finally(() => client.end());
}

async function problems(): Promise<string[]> {
  const { drift, findings } = await verifySealsNow(database.source, REGISTRY);
  expect(drift).toBe(findings.length);
  return findings.map(({ period, number, problem }) => `${period} ${number} ${problem}`);
}

describe('verify --seals, of the closing and reopening of months, finds', () => {
  it('a reopening that never was, and a value that moved behind it', async () => {
    await tamper(
      `insert into ledger_write select registry_id, position + 1, recorded_at, 'x', 'reopen' from ledger_write
          order by position desc limit 1;
        insert into month_event select 1, max(position), '2023-02-01', 'reopen', 'x' from ledger_write;
        update metric_value set value = value + 1
          where org = 'P' and not own and period = '2023-02' and key = 'registry.recruited'`,
    );
    expect(await problems()).toEqual(['2023-02 1 history', '2023-02 1 value']);
  });

  it('months that are open though nothing reopened them, or closed though nothing closed them', async () => {
    await tamper(`update registry_head set first_open_month = '2023-02-01'`);
    expect(await problems()).toEqual(['2023-02 1 history', '2023-03 1 history']);
    await tamper(`update registry_head set first_open_month = '2023-05-01'`);
    expect(await problems()).toEqual(['2023-04 0 history']);
  });

  it('the last closing taken away with its seals, by the audit log', async () => {
    const last = `where period in ('2023-03', '2023-Q1')`;
    await tamper(
      `delete from sealed_value ${last}; delete from seal ${last}; delete from month_event where month = '2023-03-01';
        update registry_head set first_open_month = '2023-03-01'`,
    );
    expect(await problems()).toEqual(['2023-03 1 missing', '2023-Q1 1 missing']);
  });

  it('a reopening that was hushed up', async () => {
    await reopen('2023-03');
    await tamper(
      `delete from month_event where action = 'reopen'; update registry_head set first_open_month = '2023-04-01'`,
    );
    expect(await problems()).toEqual(['2023-03 1 history']);
  });

  it('a reopening that was hushed up before the month was closed again', async () => {
    await reopen('2023-03');
    await close('2023-03');
    expect(await problems()).toEqual([]);
    await tamper(`delete from month_event where action = 'reopen'`);
    expect(await problems()).toEqual(['2023-03 2 history', '2023-03 1 history']);
  });

  it('another reason for closing or for reopening', async () => {
    await tamper(`update month_event set reason = '各市均已报送' where month = '2023-02-01'`);
    expect(await problems()).toEqual(['2023-02 1 history']);
    await reopen('2023-03');
    await tamper(`update month_event set reason = '例行' where action = 'reopen'`);
    expect(await problems()).toEqual(['2023-02 1 history', '2023-03 1 history']);
  });

  it('another time or name as when and by whom a month was closed', async () => {
    const ofFebruary = `position = (select position from month_event where month = '2023-02-01')`;
    await tamper(`update ledger_write set recorded_at = recorded_at + interval '1 microsecond' where ${ofFebruary}`);
    expect(await problems()).toEqual(['2023-02 1 changed']);
  });
});
