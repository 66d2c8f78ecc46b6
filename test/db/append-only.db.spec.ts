import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { dateInShanghai } from '../../libs/core/period';
import { recompute } from '../../libs/indicators/recompute';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

type Row = Readonly<Record<string, string | null>>;

/** Columns of a table and what is sent for them. */
type Send = (row: Row) => Promise<void>;

const LEDGER = ['entry', 'ledger_write', 'month_event', 'seal', 'sealed_value', 'org_history'];
const DENIED = /^permission denied for (table|schema|function) /;
const OWNER_ONLY = /^must be owner of |^permission denied /;

/** Stands in a month that is closed. */
const EARLY = facts({ occurred_on: '2023-01-05' });

let database: TestDatabase;
let application: Client;
let owner: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  // As psql comes in: the plain logins, with no setting of the program's.
  application = new Client({ connectionString: database.url });
  owner = new Client({ connectionString: database.ownerUrl });
  await Promise.all([application.connect(), owner.connect()]);
  await insert(EARLY);
  await recompute(database.source, REGISTRY);
  await application.query(`select close_month(1, '2023-01-01', 'tester', null)`);
});

afterAll(async () => {
  await Promise.all([application?.end(), owner?.end()]);
  await database?.drop();
});

const insert: Send = async (row) => {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`);
  await application.query(`insert into entry (${columns.join()}) values (${places.join()})`, Object.values(row));
};

const copy: Send = async (row) => {
  const line = Object.values(row).map((value) => value ?? '\\N');
  const stream = application.query(copyFrom(`copy entry (${Object.keys(row).join()}) from stdin`));
  await pipeline(Readable.from([`${line.join('\t')}\n`]), stream);
};

/** A fact with every column that a sender fills. */
function facts(other: Row = {}): Row & { readonly id: string } {
  return {
    registry_id: '1',
    kind: 'ScreenAnswered',
    org: 'A',
    occurred_on: '2024-05-10',
    donor_code: 'D1',
    case_code: 'R1',
    sample_code: 'S1',
    outcome: 'refused',
    reason: 'PR',
    attributes: '{"answeredBy": "phone"}',
    quantity: '2.50',
    ...other,
    id: randomUUID(),
  };
}

function reversalOf(original: Row, other: Row = {}): Row & { readonly id: string } {
  return facts({
    ...original,
    quantity: `-${original.quantity}`,
    reverses: original.id ?? null,
    justification: '录错',
    ...other,
  });
}

async function stored(id: string): Promise<{ position: string; posted_month: string; original_month: string }> {
  const { rows } = await application.query(
    'select position, posted_month::text, original_month::text from entry where id = $1',
    [id],
  );
  return rows[0];
}

async function rowCounts(...tables: string[]): Promise<number[]> {
  const counts = tables.map((table) => `(select count(*)::int from ${table})`);
  const { rows } = await owner.query(`select array[${counts.join()}] as counts`);
  return rows[0].counts;
}

describe("psql as the application's login", () => {
  it.each(LEDGER)('neither changes, removes nor empties %s', async (table) => {
    const [before] = await rowCounts(table);

    await expect(application.query(`update ${table} set registry_id = registry_id`)).rejects.toThrow(DENIED);
    await expect(application.query(`delete from ${table}`)).rejects.toThrow(DENIED);
    await expect(application.query(`truncate ${table} cascade`)).rejects.toThrow(DENIED);

    expect(before).toBeGreaterThan(0);
    expect(await rowCounts(table)).toEqual([before]);
  });

  it('does not change an entry by sending it again', async () => {
    const one = facts();
    await insert(one);

    await expect(
      application.query(
        `insert into entry select * from entry where id = $1 on conflict (registry_id, id) do update set quantity = 9`,
        [one.id],
      ),
    ).rejects.toThrow(DENIED);
  });

  it('empties no table at all', async () => {
    const { rows } = await owner.query(`select tablename from pg_tables where schemaname = 'public'`);

    expect(rows.length).toBeGreaterThan(LEDGER.length);
    for (const { tablename } of rows) {
      await expect(application.query(`truncate ${tablename}`)).rejects.toThrow(DENIED);
    }
  });

  it.each(['registry_id', 'import_id', 'mode', 'keep_gaps', 'created_by', 'created_at'])(
    'does not change the %s of an import',
    async (column) => {
      await expect(application.query(`update import set ${column} = ${column}`)).rejects.toThrow(DENIED);
    },
  );

  it.each(['file_name', 'file_hash', 'file_size'])('makes no other file of an import by its %s', async (column) => {
    await expect(application.query(`update import set ${column} = ${column}`)).rejects.toThrow(DENIED);
  });

  it('does not move the position or the first open month of a registry', async () => {
    await expect(application.query('update registry_head set position = 0')).rejects.toThrow(DENIED);
    await expect(application.query(`update registry_head set first_open_month = '2020-01-01'`)).rejects.toThrow(DENIED);
    await expect(application.query('delete from registry_head')).rejects.toThrow(DENIED);
  });

  it.each([
    ['a mark', `insert into recompute_mark values (1, 1, 'A', '2024-05-01', 'ScreenAnswered')`],
    ['a position', `insert into ledger_write values (1, 99, now(), 'somebody', 'api')`],
    ['the close of a month', `insert into month_event values (1, 1, '2024-05-01', 'close', null)`],
  ])('does not write %s by itself', async (_what, statement) => {
    await expect(application.query(statement)).rejects.toThrow(DENIED);
  });

  it.each([
    'alter table entry disable trigger all',
    'drop trigger entry_post on entry',
    'drop table entry cascade',
    'alter table entry rename to entry_before',
    'create or replace function post_entry() returns trigger language plpgsql as $$ begin return new; end $$',
    'create function public.now() returns timestamptz language sql as $$ select null::timestamptz $$',
    'set session_replication_role = replica',
  ])('does not get round the triggers: %s', async (statement) => {
    await expect(application.query(statement)).rejects.toThrow(OWNER_ONLY);
  });
});

describe("psql as the application's login, of registries and orgs,", () => {
  it.each([
    `update registry set first_day = '2022-01-01'`,
    'update registry set demonstration = true',
    `update org set level = 'city'`,
    `update org set org = 'A9' where org = 'A'`,
  ])('does not do this: %s', async (statement) => {
    await expect(application.query(statement)).rejects.toThrow(DENIED);
  });

  it('writes names, and the day on which an org closes', async () => {
    await application.query(`update registry set name_zh = '测试省库', name_en = 'Test'`);
    await application.query(`update org set name_zh = '乙', name_en = 'B', closed_on = null where org = 'B'`);
  });
});

describe('the note of an entry', () => {
  const salt = Buffer.alloc(16, 7);
  const note = '电话三次未接';
  const plant = (id: string, text: string | null) =>
    application.query('insert into entry_note (registry_id, id, note, salt) values (1, $1, $2, $3)', [id, text, salt]);

  it('is the one that the entry holds the hash of, and no other can be planted', async () => {
    const hash = createHash('sha256').update(salt).update(note).digest('hex');
    const [bare, noted] = [facts(), facts({ note_hash: `\\x${hash}` })];
    await insert(bare);
    await insert(noted);

    await expect(plant(bare.id, note)).rejects.toThrow(`entry ${bare.id} holds the hash of another note, or of none`);
    for (const other of ['电话未接', null]) {
      await expect(plant(noted.id, other)).rejects.toThrow('holds the hash of another note');
    }
    await plant(noted.id, note);
  });
});

describe("psql as the owner's login", () => {
  it('does not move the first day of a registry with entries', async () => {
    await expect(owner.query(`update registry set first_day = '2022-01-01'`)).rejects.toThrow(
      'registry 1 has entries and keeps its first day',
    );
  });

  it.each(LEDGER)('changes or removes nothing in %s either: a trigger refuses it', async (table) => {
    const refusal = `${table} is append-only: correct an entry by a reversal and a new entry`;

    await expect(owner.query(`update ${table} set registry_id = registry_id`)).rejects.toThrow(refusal);
    await expect(owner.query(`delete from ${table}`)).rejects.toThrow(refusal);
  });

  it('gets the position and the month of an entry from the database, whatever is sent', async () => {
    const one = facts({ position: '7777', posted_month: '1999-01-01', original_month: '1999-01-01' });
    const columns = Object.keys(one);

    await owner.query(
      `insert into entry (${columns.join()}) values (${columns.map((_, index) => `$${index + 1}`).join()})`,
      Object.values(one),
    );

    expect(await stored(one.id)).toMatchObject({ posted_month: '2024-05-01', original_month: '2024-05-01' });
    expect(Number((await stored(one.id)).position)).toBeLessThan(7777);
  });
});

describe.each<[string, Send]>([
  ['INSERT', insert],
  ['COPY', copy],
])('an entry that comes in by %s', (_way, send) => {
  // What a test has begun and not finished.
  afterEach(() => application.query('rollback'));

  it('gets its position and its month from the database', async () => {
    const before = await application.query('select position from registry_head');
    const one = facts();

    await send(one);

    expect(await stored(one.id)).toEqual({
      position: String(Number(before.rows[0].position) + 1),
      posted_month: '2024-05-01',
      original_month: '2024-05-01',
    });
  });

  it.each([
    ['position', '7777'],
    ['posted_month', '1999-01-01'],
    ['original_month', '1999-01-01'],
  ])('states no %s of its own, whatever it says of how it posts', async (column, value) => {
    const one = facts({ [column]: value });
    await application.query(`set marrow.posting = 'as a set'`);

    await expect(send(one)).rejects.toThrow(DENIED);
    const plain = facts();
    await send(plain);

    expect(await stored(one.id)).toBeUndefined();
    expect(await stored(plain.id)).toMatchObject({ posted_month: '2024-05-01' });
    await application.query('reset marrow.posting');
  });

  it('is marked in the same transaction', async () => {
    const one = facts({ org: 'A1' });
    const marks = async (): Promise<unknown[]> => {
      const { rows } = await application.query(
        `select org, posted_month::text, kind from recompute_mark
          where position = (select position from entry where id = $1)`,
        [one.id],
      );
      return rows;
    };

    await application.query('begin');
    await send(one);
    expect(await marks()).toEqual([{ org: 'A1', posted_month: '2024-05-01', kind: 'ScreenAnswered' }]);
    await application.query('rollback');
    expect(await marks()).toEqual([]);
  });

  it('into a closed month is an adjustment of the first open one, and says why', async () => {
    const late = facts({ occurred_on: '2023-01-06' });

    await expect(send(late)).rejects.toThrow('an adjustment needs a justification');

    await send({ ...late, justification: '迟报' });
    expect(await stored(late.id)).toMatchObject({ posted_month: '2023-02-01', original_month: '2023-02-01' });
  });

  it('does not lie before the first day of the registry, nor in the future', async () => {
    const tomorrow = dateInShanghai(new Date(Date.now() + 86_400_000));
    for (const [occurred_on, why] of [
      ['2022-12-31', 'lies before the first day of the registry, 2023-01-01'],
      ['1900-01-01', 'lies before the first day of the registry, 2023-01-01'],
      [tomorrow, 'lies in the future'],
      ['2999-01-01', 'lies in the future'],
    ] as const) {
      await expect(send(facts({ occurred_on, justification: '迟报' }))).rejects.toThrow(`${occurred_on} ${why}`);
    }
    await send(facts({ occurred_on: dateInShanghai(new Date()) }));
  });

  it('is not less than nothing, if it reverses none', async () => {
    await expect(send(facts({ quantity: '-1', justification: '更正' }))).rejects.toThrow('"entry_original_check"');
    await send(facts({ quantity: '0' }));
  });

  it('reverses another in the month of that one', async () => {
    const one = facts();
    await send(one);
    const reversal = reversalOf(one);

    await send(reversal);

    expect(await stored(reversal.id)).toMatchObject({ posted_month: '2024-05-01', original_month: '2024-05-01' });
  });

  it('reverses one of a closed month in the first open month, and keeps the month that it corrects', async () => {
    const reversal = reversalOf(EARLY);
    await application.query('begin');

    await send(reversal);

    expect(await stored(reversal.id)).toMatchObject({ posted_month: '2023-02-01', original_month: '2023-01-01' });
  });

  it.each([
    ['kind', 'ScreenRequested'],
    ['org', 'B'],
    ['occurred_on', '2024-05-11'],
    ['donor_code', 'D2'],
    ['case_code', null],
    ['sample_code', 'S2'],
    ['outcome', 'agreed'],
    ['reason', null],
    ['attributes', '{"answeredBy": "letter"}'],
    ['quantity', '2.50'],
    ['quantity', '-2.49'],
  ])('does not reverse another with %s %s: a reversal mirrors its original', async (column, value) => {
    const one = facts();
    await send(one);

    await expect(send(reversalOf(one, { [column]: value }))).rejects.toThrow('a reversal mirrors its original');
  });

  it('reverses an entry that stands, once, and says why', async () => {
    const one = facts();
    const reversal = reversalOf(one);

    await expect(send(reversal)).rejects.toThrow(`entry ${one.id} does not exist`);
    await send(one);
    await expect(send({ ...reversal, justification: null })).rejects.toThrow('a reversal needs a justification');
    await send(reversal);

    await expect(send(reversalOf(one))).rejects.toThrow('"entry_reversal"');
    await expect(send(reversalOf({ ...one, id: reversal.id }, { quantity: '2.50' }))).rejects.toThrow(
      'is a reversal and cannot be reversed',
    );
  });

  it('is not misled by a temporary table of the name that its trigger reads', async () => {
    await application.query('begin');
    await application.query('create temporary table registry_head on commit drop as table public.registry_head');
    await application.query(`update pg_temp.registry_head set position = 5555, first_open_month = '2020-01-01'`);

    await expect(send(facts({ occurred_on: '2023-01-06' }))).rejects.toThrow('an adjustment needs a justification');
  });

  it('gets a number of its own in a savepoint, and positions still follow commits', async () => {
    const [before, inside, after] = [facts(), facts(), facts()];
    await application.query('begin');
    await send(before);
    await application.query('savepoint one');
    await send(inside);
    await application.query('release one');
    await send(after);
    await application.query('commit');

    const positions: number[] = [];
    for (const { id } of [before, inside, after]) positions.push(Number((await stored(id)).position));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    const { rows } = await application.query('select position::int from registry_head');
    expect(rows[0].position).toBe(positions[2]);
  });

  it('leaves no trace when it is refused', async () => {
    const before = await rowCounts('entry', 'ledger_write', 'recompute_mark');

    await expect(send(facts({ org: 'NOWHERE' }))).rejects.toThrow('"entry_org_fkey"');

    expect(await rowCounts('entry', 'ledger_write', 'recompute_mark')).toEqual(before);
  });
});
