import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { EntryInput } from '../../libs/ledger/entry-input';
import { LedgerWriter } from '../../libs/ledger/ledger-writer';
import { sendPrepared, transactionSentAhead } from '../../libs/database/prepared.queries';
import { prepareCalls, writeCalls } from '../../libs/ledger/append';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { untilSomeoneWaits } from '../support/waits-for-lock';

let database: TestDatabase;
let writer: LedgerWriter;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening());
  writer = new LedgerWriter(database.source);
});

afterEach(() => database?.drop());

function requested(): [request: EntryInput, answer: EntryInput] {
  const [request, answer] = caseEntries('2024-05-05', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
  if (!request || !answer) throw new Error('two were asked for');
  return [request, answer];
}

describe('a write whose guards are asked before it has its turn', () => {
  it('is told what was written while it waited', async () => {
    const [request, answer] = requested();
    await append(database.source, request);
    const other = database.source.createQueryRunner();
    await other.startTransaction();
    await writeCalls(
      other.manager,
      REGISTRY,
      await prepareCalls(other.manager, REGISTRY, [{ inputs: [answer], options: WRITER }]),
    );

    const second = writer.append([{ ...answer, id: randomUUID() }], WRITER);
    await untilSomeoneWaits(database.source);
    await other.commitTransaction();
    await other.release();

    expect(await second).toMatchObject({
      created: 0,
      refused: 1,
      results: [{ problem: { code: 'concluded_before' } }],
    });
  });

  it('rests on what is stored already and is only sent again', async () => {
    const [request, answer] = requested();
    await append(database.source, request);
    expect(await writer.append([request, answer], WRITER)).toMatchObject({ created: 1, unchanged: 1, refused: 0 });
    expect(await writer.append([request, answer], WRITER)).toMatchObject({ created: 0, unchanged: 2, refused: 0 });
  });

  it('rests on nothing that is refused when its turn has come', async () => {
    const [request, answer] = requested();
    const holder = database.source.createQueryRunner();
    await holder.startTransaction();
    await holder.query('select * from lock_registry($1)', [REGISTRY]);
    const both = writer.append([request, { ...answer, org: 'B' }], WRITER);
    await untilSomeoneWaits(database.source);
    await holder.query(`update org set closed_on = '2024-05-04' where registry_id = $1 and org = 'A'`, [REGISTRY]);
    await holder.commitTransaction();
    await holder.release();

    expect(await both).toMatchObject({ created: 0, refused: 2 });
  });

  it('leaves nothing behind when its end fails, and those beside it and after it are taken', async () => {
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query(`create function refuse_at_the_end() returns trigger language plpgsql as $$
      begin
        if new.quantity = 13 then raise exception 'not at the end'; end if;
        return null;
      end $$`);
    await owner.query(`create constraint trigger at_the_end after insert on entry deferrable initially deferred
      for each row execute function refuse_at_the_end()`);
    await owner.end();
    const sent = ['1', '13', '2'].map((quantity) => entry({ quantity }));

    const answers = await Promise.allSettled(sent.map((one) => writer.append([one], WRITER)));

    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const stored = await database.source.query(`select id from entry where kind = 'RecruitmentRegistered'`);
    expect(stored.map(({ id }: { id: string }) => id).sort()).toEqual([sent[0]?.id, sent[2]?.id].sort());
    expect(await writer.append([entry()], WRITER)).toMatchObject({ created: 1 });
  });
});

describe('a transaction whose beginning is on its way', () => {
  it('holds nothing when it fails before anything is answered', async () => {
    const fault = new Error('before any answer');
    const failed = transactionSentAhead(database.source, async (manager) => {
      void sendPrepared(manager, 'lock', 'select * from lock_registry($1)', [REGISTRY]);
      await Promise.resolve();
      throw fault;
    });
    await expect(failed).rejects.toBe(fault);
    const left = await database.source.query(
      `select pid from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'`,
    );
    expect(left).toEqual([]);
    expect(await writer.append([entry()], WRITER)).toMatchObject({ created: 1 });
  });

  it('is not taken for committed where it was aborted', async () => {
    const aborted = transactionSentAhead(database.source, async (manager) => {
      await manager.query('select 1 / 0').catch(() => undefined);
    });
    await expect(aborted).rejects.toThrow('ROLLBACK');
  });
});

describe('the orgs that a writer keeps in mind', () => {
  it('are read again for one that is new, and one that has closed takes nothing more', async () => {
    await writer.append([entry()], WRITER);
    await database.source.query(
      `insert into org (registry_id, org, parent, level, name_zh, name_en) values ($1, 'C', 'P', 'city', '丙市', 'City C')`,
      [REGISTRY],
    );
    expect(await writer.append([entry({ org: 'C' })], WRITER)).toMatchObject({ created: 1 });

    await database.source.query(`update org set closed_on = '2024-05-01' where registry_id = $1 and org = 'C'`, [
      REGISTRY,
    ]);
    expect(await writer.append([entry({ org: 'C' })], WRITER)).toMatchObject({
      refused: 1,
      results: [{ problem: { code: 'org_closed' } }],
    });
  });
});
