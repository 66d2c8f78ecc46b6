import { Client } from 'pg';
import { Random } from '../../libs/demonstration/random';
import { closeAndRecompute, rebuild, recompute } from '../../libs/indicators/recompute';
import { verify } from '../../libs/indicators/verify';
import { verifySealsNow } from '../../libs/indicators/verify-seals';
import { closeMonth, findReopenEffect, reopenMonths } from '../../libs/ledger/months';
import { findStandingSeal, listSeals, readSeal } from '../../libs/ledger/seals';
import { lateEdits, sealedBytes } from '../support/late-edits';
import { sealedExports } from '../support/sealed-exports';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database.drop());

function close(month: string) {
  return closeAndRecompute(database.source, REGISTRY, month, '李主任', null, '10.1.2.3');
}

async function closeThrough(last: string): Promise<void> {
  for (let number = 1; number <= Number(last.slice(5)); number += 1) {
    await close(`${last.slice(0, 4)}-${String(number).padStart(2, '0')}`);
  }
}

function reopen(month: string) {
  return database.source.transaction((manager) => reopenMonths(manager, REGISTRY, month, '李主任', '补录'));
}

async function asOwner(statements: string): Promise<void> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(statements).finally(() => client.end());
}

/** As an owner of the database who gets round the triggers. */
async function tamper(tables: readonly string[], statement: string): Promise<void> {
  const set = (state: string) => tables.map((table) => `alter table ${table} ${state} trigger user`).join(';');
  await asOwner(`${set('disable')}; ${statement}; ${set('enable')}`);
}

/** A few months of a registry with entries of several kinds. */
async function someMonths(): Promise<void> {
  await append(database.source, ...opening('A'), ...opening('B'));
  for (const month of ['01', '02', '03', '04']) {
    const stages = [['ScreenRequested'], ['ScreenAnswered', 'agreed'], ['RemobiliseRequested']] as const;
    await append(
      database.source,
      entry({ occurredOn: `2023-${month}-05`, quantity: '7', note: '备注' }),
      entry({ kind: 'ScreenRequested', org: 'B', occurredOn: `2023-${month}-06`, quantity: '0' }),
      ...caseEntries(
        `2023-${month}-07`,
        stages.map(([kind, outcome]) => [kind, outcome]),
      ),
    );
  }
}

describe('closing a month (R21)', () => {
  it('seals its entries and the values of every org in both readings, chained to the seal before', async () => {
    await someMonths();
    const [january] = await close('2023-01');
    const [february] = await close('2023-02');

    expect(january).toMatchObject({ period: '2023-01', number: 1, seq: '1', sealedBy: '李主任', previous: '' });
    expect(january).toMatchObject({ entries: 9, standing: true });
    expect(february).toMatchObject({ seq: '2', previous: january?.hash, entries: 5 });
    const { values } = await readSeal(database.source.manager, REGISTRY, '2023-01', 'P');
    expect(values).toHaveLength(january?.figures ?? 0);
    const recruited = values.filter(({ key }) => key === 'registry.recruited');
    expect(recruited.map(({ org, own, value }) => `${org} ${own} ${value}`)).toEqual([
      'A false 7',
      'A true 7',
      'P false 7',
    ]);
    const ofB = await readSeal(database.source.manager, REGISTRY, '2023-01', 'B');
    expect(new Set(ofB.values.map(({ org }) => org))).toEqual(new Set(['B']));
  });

  it('seals a quarter, a half-year and a year with their last month only, in that order', async () => {
    await someMonths();
    await closeThrough('2023-12');

    const chain = await listSeals(database.source.manager, REGISTRY);
    expect(chain.map(({ period }) => period)).toEqual([
      ...['2023-01', '2023-02', '2023-03', '2023-Q1', '2023-04', '2023-05', '2023-06', '2023-Q2', '2023-H1'],
      ...['2023-07', '2023-08', '2023-09', '2023-Q3', '2023-10', '2023-11', '2023-12', '2023-Q4', '2023-H2', '2023'],
    ]);
    chain.forEach((seal, place) => expect(seal.previous).toBe(chain[place - 1]?.hash ?? ''));
    expect(chain.find(({ period }) => period === '2023')).toMatchObject({ entries: null, figures: expect.any(Number) });
    expect(await verifySealsNow(database.source, REGISTRY)).toMatchObject({ checked: 19, drift: 0, findings: [] });
  });

  it('of two at once closes one month once', async () => {
    await someMonths();
    const both = await Promise.allSettled([close('2023-01'), close('2023-01'), recompute(database.source, REGISTRY)]);

    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(await listSeals(database.source.manager, REGISTRY)).toHaveLength(1);
    expect(await verifySealsNow(database.source, REGISTRY)).toMatchObject({ drift: 0 });
  });

  it('leaves nothing when it is broken off', async () => {
    await someMonths();
    await recompute(database.source, REGISTRY);
    const broken = database.source.transaction(async (manager) => {
      await closeMonth(manager, REGISTRY, '2023-01', '李主任');
      throw new Error('the power fails');
    });
    await expect(broken).rejects.toThrow('the power fails');

    const [left] = await database.source.query(
      `select (select count(*)::int from seal) + (select count(*)::int from sealed_value)
        + (select count(*)::int from month_event) + (select count(*)::int from audit_act) as rows`,
    );
    expect(left.rows).toBe(0);
  });

  it('seals from psql too, and is refused there while entries of the month wait to be computed', async () => {
    await someMonths();
    const byHand = () => database.source.query(`select close_month(1, '2023-01-01', 'psql', null)`);
    await expect(byHand()).rejects.toThrow('entries of month 2023-01-01 wait to be computed');
    await expect(
      database.source.transaction((manager) => closeMonth(manager, REGISTRY, '2023-01', '李主任')),
    ).rejects.toMatchObject({ code: 'month_waiting' });

    await recompute(database.source, REGISTRY);
    await byHand();
    expect(await findStandingSeal(database.source.manager, REGISTRY, '2023-01')).toMatchObject({ sealedBy: 'psql' });
    expect(await verifySealsNow(database.source, REGISTRY)).toMatchObject({ checked: 1, drift: 0 });
  });

  it('holds of a note its hash only: a blanked note leaves the seal valid (R8)', async () => {
    await someMonths();
    await close('2023-01');
    await asOwner('update entry_note set note = null');

    expect(await verifySealsNow(database.source, REGISTRY)).toMatchObject({ drift: 0 });
  });

  it('cannot be done by hand: the application may not write seals', async () => {
    await someMonths();
    await close('2023-01');
    for (const statement of [
      'insert into seal select * from seal',
      'insert into sealed_value select * from sealed_value',
      `select seal_month(1, '2023-01-01', 1)`,
      `select seal_period(1, '2023-01', '2023-01-01', 2, 1)`,
    ]) {
      await expect(database.source.query(statement)).rejects.toThrow('permission denied');
    }
  });
});

describe('a sealed month', () => {
  it('stays as it is byte for byte, whatever comes late, while the first open month moves', async () => {
    await someMonths();
    await closeThrough('2023-03');
    const before = await sealedBytes(database.source, REGISTRY);
    const files = await sealedExports(database.source, REGISTRY, '2023-02');
    const running = await readSeal(database.source.manager, REGISTRY, '2023-Q1', 'P');

    await lateEdits(database.source, new Random('late edits'), 300);

    await recompute(database.source, REGISTRY);
    expect(await sealedBytes(database.source, REGISTRY)).toBe(before);
    expect(await sealedExports(database.source, REGISTRY, '2023-02')).toEqual(files);
    expect(await readSeal(database.source.manager, REGISTRY, '2023-Q1', 'P')).toEqual(running);
    const [moved] = await database.source.query(
      `select count(*)::int as late from entry where posted_month = '2023-04-01' and occurred_on < '2023-04-01'`,
    );
    expect(moved.late).toBeGreaterThan(200);
    expect(await verify(database.source, REGISTRY)).toMatchObject({ drift: 0, seals: { drift: 0, checked: 4 } });
  });

  it('is not touched by a rebuild, which gives the same bytes (R17)', async () => {
    await someMonths();
    await closeThrough('2023-03');
    await lateEdits(database.source, new Random('before a rebuild'), 40);
    const before = await sealedBytes(database.source, REGISTRY);
    const files = await sealedExports(database.source, REGISTRY, '2023-03');

    await rebuild(database.source, REGISTRY);

    expect(await sealedBytes(database.source, REGISTRY)).toBe(before);
    expect(await sealedExports(database.source, REGISTRY, '2023-03')).toEqual(files);
    expect(await verifySealsNow(database.source, REGISTRY)).toMatchObject({ checked: 4, drift: 0 });
  });

  it('without entries keeps its seal when a later month begins', async () => {
    await someMonths();
    await closeThrough('2023-06');
    await append(database.source, entry({ occurredOn: '2023-08-02' }));
    await recompute(database.source, REGISTRY);

    expect(await verifySealsNow(database.source, REGISTRY)).toMatchObject({ drift: 0, findings: [] });
  });
});

describe('reopening', () => {
  it('says beforehand which seals would stop standing, and does nothing', async () => {
    await someMonths();
    await closeThrough('2023-04');
    const { manager } = database.source;

    const effect = await findReopenEffect(manager, REGISTRY, '2023-03');
    expect(effect.months).toEqual(['2023-04', '2023-03']);
    const standing = (await listSeals(manager, REGISTRY)).slice(2);
    expect(effect.seals).toEqual(standing);
    expect(effect.seals.map(({ period }) => period)).toEqual(['2023-03', '2023-Q1', '2023-04']);
    expect(effect.figures).toBe(standing.reduce((sum, { figures }) => sum + figures, 0));
    await expect(findReopenEffect(manager, REGISTRY, '2023-05')).rejects.toMatchObject({ code: 'month_not_closed' });

    expect(await reopen('2023-03')).toEqual(effect);
    expect(await findStandingSeal(manager, REGISTRY, '2023-Q1')).toBeUndefined();
    expect(await findStandingSeal(manager, REGISTRY, '2023-02')).toMatchObject({ number: 1 });
    expect(await verifySealsNow(database.source, REGISTRY)).toMatchObject({ drift: 0 });
  });

  it('needs a reason', async () => {
    await close('2023-01');
    const { source } = database;
    await expect(
      source.transaction((manager) => reopenMonths(manager, REGISTRY, '2023-01', '李主任', ' ')),
    ).rejects.toMatchObject({ code: 'reason_missing' });
  });

  it('keeps the old seal readable, and closing again makes number 2', async () => {
    await someMonths();
    await closeThrough('2023-03');
    await reopen('2023-03');
    await append(database.source, entry({ occurredOn: '2023-03-20', quantity: '5' }));
    await close('2023-03');

    const { manager } = database.source;
    const recruited = async (number: number) => {
      const seal = await readSeal(manager, REGISTRY, '2023-Q1', 'P', number);
      return seal.values.find(({ org, own, key }) => org === 'P' && !own && key === 'registry.recruited')?.value;
    };
    expect([await recruited(1), await recruited(2)]).toEqual(['21', '26']);
    const seals = await listSeals(manager, REGISTRY, ['2023-03', '2023-Q1']);
    expect(seals.map(({ period, number, standing }) => `${period} ${number} ${standing}`)).toEqual([
      '2023-03 1 false',
      '2023-Q1 1 false',
      '2023-03 2 true',
      '2023-Q1 2 true',
    ]);
    await expect(readSeal(manager, REGISTRY, '2023-Q1', 'P', 3)).rejects.toMatchObject({ code: 'seal_unknown' });
    expect(await verifySealsNow(database.source, REGISTRY)).toMatchObject({ checked: 6, drift: 0 });
  });
});

describe('verify --seals finds', () => {
  const SEALS = ['seal', 'sealed_value'];

  beforeEach(async () => {
    await someMonths();
    await closeThrough('2023-03');
    await reopen('2023-03');
    await close('2023-03');
    expect(await verify(database.source, REGISTRY)).toMatchObject({ seals: { checked: 6, drift: 0 } });
  });

  async function problems(): Promise<string[]> {
    const { drift, findings } = await verifySealsNow(database.source, REGISTRY);
    expect(drift).toBe(findings.length);
    return findings.map(({ period, number, problem }) => `${period} ${number} ${problem}`);
  }

  it('a changed entry', async () => {
    await tamper(['entry'], `update entry set quantity = 8 where occurred_on = '2023-02-05'`);
    expect(await problems()).toEqual(['2023-02 1 entries']);
  });

  it('an entry less, of every seal that held it', async () => {
    await tamper(['entry'], `delete from entry where occurred_on = '2023-03-06'`);
    expect(await problems()).toEqual(['2023-03 1 entries', '2023-03 2 entries']);
  });

  it('an entry more', async () => {
    await tamper(
      ['entry'],
      `insert into entry (registry_id, id, position, posted_month, occurred_on, kind, org, quantity, original_month)
        select registry_id, gen_random_uuid(), position + 1, posted_month, occurred_on, kind, org, quantity, original_month
        from entry where occurred_on = '2023-02-05'`,
    );
    expect(await problems()).toEqual(['2023-02 1 entries']);
  });

  it('another name as who wrote an entry', async () => {
    await tamper(
      ['ledger_write'],
      `update ledger_write set recorded_by = 'nobody'
        where position = (select position from entry where occurred_on = '2023-02-05')`,
    );
    expect(await problems()).toEqual(['2023-02 1 entries']);
  });

  it('a value of today that moved, one more and one less', async () => {
    const ofA = `registry_id = 1 and org = 'A' and not own and period = '2023-Q1'`;
    await asOwner(
      `update metric_value set value = value + 1 where ${ofA} and key = 'registry.recruited';
      delete from metric_value where ${ofA} and key = 'match.screen_requested';
      insert into metric_value
        select registry_id, org, own, period, 'donation.completed', state, value, version, position, computed_at
        from metric_value where ${ofA} and key = 'match.screen_agreed'`,
    );
    const { findings, drift } = await verifySealsNow(database.source, REGISTRY);
    expect(drift).toBe(3);
    expect(findings).toMatchObject([
      { period: '2023-Q1', number: 2, problem: 'value', value: { key: 'donation.completed', sealed: null } },
      { problem: 'value', value: { key: 'match.screen_requested', today: null } },
      { problem: 'value', value: { key: 'registry.recruited', sealed: { value: 21 }, today: { value: 22 } } },
    ]);
  });

  it('a sealed value that was changed', async () => {
    await tamper(
      SEALS,
      `update sealed_value set value = 99
        where period = '2023-03' and number = 1 and org = 'A' and own and key = 'registry.recruited'`,
    );
    expect(await problems()).toEqual(['2023-03 1 figures']);
  });

  it('a missing seal', async () => {
    await tamper(SEALS, `delete from sealed_value where period = '2023-02'; delete from seal where period = '2023-02'`);
    expect(await problems()).toEqual([
      '2023-02 1 missing',
      ...['2023-03 1', '2023-Q1 1', '2023-03 2', '2023-Q1 2'].map((seal) => `${seal} broken`),
    ]);
  });

  it('the last seals missing, also when the closing is missing with them', async () => {
    await tamper(SEALS, 'delete from sealed_value where number = 2; delete from seal where number = 2');
    expect(await problems()).toEqual(['2023-03 2 missing', '2023-Q1 2 missing', 'null null missing']);

    await tamper(
      ['month_event'],
      `delete from month_event where action = 'close' and position = (select max(position) from month_event)`,
    );
    expect(await problems()).toEqual([
      '2023-03 1 history',
      ...['null null', '2023-03 2', '2023-Q1 2'].map((seal) => `${seal} missing`),
    ]);
  });

  it('a seal that was rewritten', async () => {
    await tamper(SEALS, `update seal set definitions = 'others' where seq = 6`);
    expect(await problems()).toEqual(['2023-Q1 2 changed']);
  });

  it('a seal that nothing was closed for', async () => {
    await asOwner(`select seal_period(1, '2023-04', '2023-04-01', 1, (select max(position) from seal))`);
    expect(await problems()).toEqual(['2023-04 1 added']);
  });

  it('a seal that was made again after its values were changed, by what was noted before', async () => {
    const made = `select seal_period(1, '2023-Q1', null, 2, (select max(position) from seal))`;
    const gone = ['sealed_value', 'seal'].map(
      (table) => `delete from ${table} where (period, number) = ('2023-Q1', 2)`,
    );
    await tamper(SEALS, [...gone, made].join(';'));
    expect(await problems()).toEqual([]);

    await asOwner(`update metric_value set value = value + 1 where period = '2023-Q1' and key = 'registry.recruited'`);
    await tamper(SEALS, [...gone, made].join(';'));
    expect(await problems()).toEqual(['2023-Q1 2 rewritten']);
  });
});
