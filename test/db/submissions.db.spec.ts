import { randomUUID } from 'node:crypto';
import { dutiesOf } from '../../libs/catalogue/duties';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { readMetricValues } from '../../libs/indicators/values';
import { verify } from '../../libs/indicators/verify';
import { reverseEntries } from '../../libs/ledger/reverse';
import { readMonthOrgs } from '../../libs/ledger/month-overview';
import { submitMonth, type Submitted } from '../../libs/ledger/submissions';
import { findSubmissions } from '../../libs/ledger/submissions.queries';
import { append, createSmallRegistry, entry, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const OWED = dutiesOf('city').length;

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database.drop());

function submit(org: string, month: string, note?: string): Promise<Submitted> {
  return submitMonth(database.source, { registryId: REGISTRY, org, month, actor: 'reviewer', note });
}

async function isChanged(org: string, month: string): Promise<boolean | undefined> {
  const [one] = await findSubmissions(database.source.manager, REGISTRY, [`${month}-01`], org);
  return one?.changed;
}

async function recruited(org: string, period: string): Promise<{ state: string; value: string | null } | undefined> {
  await recompute(database.source, REGISTRY);
  const keys = ['registry.recruited'];
  const [value] = await readMetricValues(database.source, { registryId: REGISTRY, org, period, keys });
  return value && { state: value.state, value: value.value };
}

describe('submitting a month (R3, R10)', () => {
  it('writes a nil return of each kind that is owed and of which nothing stands, and of no other', async () => {
    await append(database.source, entry({ org: 'A1', occurredOn: '2024-02-10', quantity: '5' }));
    expect(await recruited('B', '2024-02')).toEqual({ state: 'missing', value: null });

    const { status, nilReturns, submission } = await submit('A', '2024-02', '已核对');
    expect(status).toBe('submitted');
    expect(nilReturns).toEqual(dutiesOf('city').filter((kind) => kind !== 'RecruitmentRegistered'));
    expect(submission).toMatchObject({ nilReturns: OWED - 1, submittedBy: 'reviewer', note: '已核对', changed: false });
    await submit('B', '2024-02');

    expect(await recruited('B', '2024-02')).toEqual({ state: 'zero', value: '0' });
    expect(await recruited('A', '2024-02')).toEqual({ state: 'value', value: '5' });
    const days = await database.source.query(
      `select distinct occurred_on, posted_month, quantity::text, outcome, donor_code, w.source from entry
        join ledger_write w using (registry_id, position) where w.recorded_by = 'reviewer'`,
    );
    expect(days).toEqual([
      {
        ...{ occurred_on: '2024-02-29', posted_month: '2024-02-01', quantity: '0', source: 'submit' },
        ...{ outcome: null, donor_code: null },
      },
    ]);
    expect(await verify(database.source, REGISTRY)).toMatchObject({ drift: 0, findings: [] });
  });

  it('changes nothing when nothing has come since', async () => {
    const first = await submit('A', '2024-02');
    const count = () => database.source.query('select count(*)::int as entries, max(position) as position from entry');
    const before = await count();
    await recompute(database.source, REGISTRY);
    const again = await submit('A', '2024-02');
    expect(again).toEqual({ status: 'unchanged', submission: first.submission, nilReturns: [] });
    expect(await count()).toEqual(before);
  });

  it('is undone by a later entry of the org or one below it, computed or not, and by no other', async () => {
    await submit('A', '2024-02');
    await append(database.source, entry({ org: 'B', occurredOn: '2024-02-10' }));
    await append(database.source, entry({ org: 'A', occurredOn: '2024-03-10' }));
    expect(await isChanged('A', '2024-02')).toBe(false);
    await recompute(database.source, REGISTRY);
    expect(await isChanged('A', '2024-02')).toBe(false);

    await append(database.source, entry({ org: 'A1', occurredOn: '2024-02-11' }));
    expect(await isChanged('A', '2024-02')).toBe(true);
    await recompute(database.source, REGISTRY);
    expect(await isChanged('A', '2024-02')).toBe(true);

    expect(await submit('A', '2024-02')).toMatchObject({ status: 'submitted', nilReturns: [] });
    expect(await isChanged('A', '2024-02')).toBe(false);
  });

  it('is undone by a reversal too, and then makes the nil return that has become due', async () => {
    const only = entry({ org: 'A', occurredOn: '2024-02-10', quantity: '5' });
    await append(database.source, only);
    expect((await submit('A', '2024-02')).nilReturns).not.toContain('RecruitmentRegistered');
    await reverseEntries(database.source, [{ id: randomUUID(), reverses: only.id, justification: '重复登记' }], WRITER);
    expect(await isChanged('A', '2024-02')).toBe(true);
    expect(await recruited('A', '2024-02')).toEqual({ state: 'missing', value: null });

    expect((await submit('A', '2024-02')).nilReturns).toEqual(['RecruitmentRegistered']);
    expect(await recruited('A', '2024-02')).toEqual({ state: 'zero', value: '0' });
  });

  it('tells no nil return of a kind of which something has come since', async () => {
    await submit('B', '2024-02');
    const told = async () =>
      (await readMonthOrgs(database.source.manager, REGISTRY, '2024-02')).find(({ org }) => org === 'B')?.nilReturns;
    expect(await told()).toContain('RecruitmentRegistered');
    const only = entry({ org: 'B', occurredOn: '2024-02-10', quantity: '5' });
    await append(database.source, only);
    expect(await told()).not.toContain('RecruitmentRegistered');
    expect(await told()).toContain('SampleCollected');
    await reverseEntries(database.source, [{ id: randomUUID(), reverses: only.id, justification: '重复登记' }], WRITER);
    expect(await told()).toContain('RecruitmentRegistered');
  });

  it('takes the reversal of what an earlier month holds for something that stands (R9)', async () => {
    const early = entry({ org: 'A', occurredOn: '2023-01-10', quantity: '5' });
    await append(database.source, early);
    await closeAndRecompute(database.source, REGISTRY, '2023-01', 'tester', '甲市未报送');
    await reverseEntries(
      database.source,
      [{ id: randomUUID(), reverses: early.id, justification: '重复登记' }],
      WRITER,
    );
    expect((await submit('A', '2023-02')).nilReturns).not.toContain('RecruitmentRegistered');
    expect(await recruited('A', '2023-02')).toEqual({ state: 'value', value: '-5' });
  });

  it('is not for a month that is not over, or is closed, or is none', async () => {
    const running = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
    await expect(submit('A', running)).rejects.toMatchObject({ code: 'month_not_over' });
    await closeAndRecompute(database.source, REGISTRY, '2023-01', 'tester', '甲市未报送');
    await expect(submit('A', '2023-01')).rejects.toMatchObject({ code: 'month_closed' });
    await expect(submit('A', '2024-Q1')).rejects.toMatchObject({ code: 'month_not_readable' });
    expect(await database.source.query('select from entry')).toEqual([]);
  });

  it('is for the orgs right below the registry, and of one that closed only up to its last month', async () => {
    for (const org of ['P', 'A1', 'X']) {
      await expect(submit(org, '2024-02')).rejects.toMatchObject({ code: 'org_submits_nothing' });
    }
    await database.source.query(`update org set closed_on = '2024-02-15' where org = 'B'`);
    await expect(submit('B', '2024-03')).rejects.toMatchObject({ code: 'org_submits_nothing' });
    await submit('B', '2024-02');
    const days = await database.source.query(`select distinct occurred_on as day from entry`);
    expect(days).toEqual([{ day: '2024-02-15' }]);
  });

  it('never leaves a nil return beside an entry that was answered before it, whoever comes first', async () => {
    const kinds = ['RecruitmentRegistered', 'SampleCollected', 'DonorEnrolled'];
    const [submitted] = await Promise.all([
      submit('A', '2024-02'),
      ...kinds.map((kind) => append(database.source, entry({ kind, org: 'A', occurredOn: '2024-02-10' }))),
    ]);
    const beside = await database.source.query(
      `select kind from entry e where quantity = 0 and exists (
        select from entry x where x.kind = e.kind and x.quantity > 0 and x.position < e.position)`,
    );
    expect(beside).toEqual([]);
    const later = await database.source.query(`select from entry where position > $1`, [submitted.submission.position]);
    expect(await isChanged('A', '2024-02')).toBe(later.length > 0);
  });
});

describe('the record of a submission', () => {
  it('is kept as it is', async () => {
    await submit('A', '2024-02');
    for (const statement of ['delete from submission', `update submission set note = 'x'`]) {
      await expect(database.source.query(statement)).rejects.toThrow();
    }
    const insert = `insert into submission select registry_id, 'B', month, position, 0, 0, null from submission`;
    await expect(database.source.query(insert)).rejects.toThrow('permission denied');
  });
});
