import { Client } from 'pg';
import { LedgerWriter } from '../../libs/ledger/ledger-writer';
import { caseEntries, createSmallRegistry, entry, opening, append, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { untilSomeoneWaits } from '../support/waits-for-lock';

const AUDIT = { act: 'entries.append', address: '10.0.0.7', detail: null };

let database: TestDatabase;
let writer: LedgerWriter;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  writer = new LedgerWriter(database.source);
});

afterEach(() => database.drop());

async function asOwner(statement: string): Promise<void> {
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(statement).finally(() => owner.end());
}

/** Calls that come while a write is under way: that of the head row, held by another connection until they are in. */
async function sentTogether<Result>(send: () => Promise<Result>[]): Promise<PromiseSettledResult<Result>[]> {
  const holder = database.source.createQueryRunner();
  await holder.startTransaction();
  await holder.query('select * from lock_registry($1)', [REGISTRY]);
  const first = writer.append([entry()], WRITER);
  await untilSomeoneWaits(database.source);
  const sent = send();
  await holder.rollbackTransaction();
  await holder.release();
  await first;
  return Promise.allSettled(sent);
}

async function storedAt(): Promise<{ id: string; position: string; by: string }[]> {
  return database.source.query(
    `select e.id, e.position, w.recorded_by as by from entry e join ledger_write w using (registry_id, position)
      order by e.position`,
  );
}

async function acts(): Promise<{ actor: string; thing: string | null; result: string; detail: object }[]> {
  return database.source.query('select actor, thing, result, detail from audit_act order by seq');
}

describe('calls that come while a write is under way', () => {
  it('wait up to a number of entries; one more is refused and can be sent again', async () => {
    const many = Array.from({ length: 10_000 }, () => null);
    const sent = await sentTogether(() => Array.from({ length: 22 }, () => writer.append(many, WRITER)));
    const refused = sent.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(refused).toContain('too_busy');
    expect(sent.length - refused.length).toBeGreaterThanOrEqual(20);
  });

  it('are written in one transaction, each answered on its own', async () => {
    const many = Array.from({ length: 20 }, () => entry());

    const answers = await sentTogether(() => many.map((one) => writer.append([one], WRITER)));

    expect(answers).toHaveLength(20);
    for (const [place, answer] of answers.entries()) {
      expect(answer).toMatchObject({ value: { created: 1, results: [{ row: 0, id: many[place]?.id }] } });
    }
    const positions = new Map((await storedAt()).map(({ id, position }) => [id, position]));
    expect(new Set(many.map(({ id }) => positions.get(id))).size).toBe(1);
  });

  it('show each entry as it then stands in the ledger', async () => {
    const one = entry({ note: '春季活动', attributes: null, quantity: '3' });

    const [answer] = await sentTogether(() => [writer.append([one], WRITER)]);
    const again = await writer.append([one], WRITER);

    const shown = answer?.status === 'fulfilled' ? answer.value.results[0] : undefined;
    expect(shown).toMatchObject({
      status: 'created',
      entry: { note: '春季活动', quantity: '3', postedMonth: '2024-05' },
    });
    expect(again.results[0]).toEqual({ ...shown, status: 'unchanged' });
  });

  it('are refused each on its own', async () => {
    const answers = await sentTogether(() =>
      [entry(), entry({ org: 'X' }), entry(), entry({ kind: 'ScreenAnswered', donorCode: 'D', caseCode: 'R' })].map(
        (one) => writer.append([one], WRITER),
      ),
    );

    expect(answers.map((one) => (one.status === 'fulfilled' ? one.value.created : one.reason))).toEqual([1, 0, 1, 0]);
    expect(await storedAt()).toHaveLength(3);
  });

  it('may bring the same id twice: the second is a repeat of what is then stored', async () => {
    const one = entry();

    const answers = await sentTogether(() => [
      writer.append([one], WRITER),
      writer.append([{ ...one, id: one.id.toUpperCase() }], WRITER),
      writer.append([{ ...one, org: 'B' }], WRITER),
    ]);

    const rows = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.results[0] : undefined));
    expect(rows.map((row) => row?.status)).toEqual(['created', 'unchanged', 'refused']);
    expect(rows[2]).toMatchObject({ problem: { code: 'entry_differs' } });
  });

  it('may bring a right entry after a wrong one of the same id', async () => {
    const one = entry();

    const answers = await sentTogether(() => [
      writer.append([{ ...one, org: 'X' }], WRITER),
      writer.append([one], WRITER),
    ]);

    expect(answers.map((one) => one.status === 'fulfilled' && one.value.created)).toEqual([0, 1]);
  });

  it('keep who wrote which', async () => {
    const many = ['甲', '乙', '甲', '丙'].map((actor) => ({ actor, one: entry() }));

    await sentTogether(() => many.map(({ actor, one }) => writer.append([one], { ...WRITER, actor })));

    const stored = new Map((await storedAt()).map((row) => [row.id, row]));
    expect(many.map(({ one }) => stored.get(one.id)?.by)).toEqual(['甲', '乙', '甲', '丙']);
    expect(stored.get(many[0]?.one.id ?? '')?.position).toBe(stored.get(many[2]?.one.id ?? '')?.position);
    const [head] = await database.source.query('select position from registry_head');
    expect(head.position).toBe((await storedAt()).at(-1)?.position);
  });

  it('all or nothing stay so, whatever comes beside them', async () => {
    const [good, better] = [entry(), entry()];

    const answers = await sentTogether(() => [
      writer.append([good, entry({ org: 'X' })], { ...WRITER, atomic: true }),
      writer.append([better], WRITER),
    ]);

    expect(answers.map((one) => one.status === 'fulfilled' && one.value.created)).toEqual([0, 1]);
    expect((await storedAt()).map(({ id }) => id)).toContain(better.id);
    expect((await storedAt()).map(({ id }) => id)).not.toContain(good.id);
  });

  it('rest on one another only where both are good', async () => {
    await append(database.source, ...opening());
    const [asked, agreed] = caseEntries('2024-04-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
    const [askedToo, agreedToo] = caseEntries('2024-04-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);

    const answers = await sentTogether(() =>
      [agreed, asked, agreedToo, { ...askedToo, org: 'X' }].map((one) => writer.append([one], WRITER)),
    );

    expect(answers.map((one) => one.status === 'fulfilled' && one.value.created)).toEqual([1, 1, 0, 0]);
  });

  it('keep the gaps of the call that asked for it, and of no other', async () => {
    const answered = () => {
      const [, answer] = caseEntries('2024-04-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
      return answer;
    };

    const answers = await sentTogether(() => [
      writer.append([answered()], WRITER),
      writer.append([answered()], { ...WRITER, keepGaps: true }),
      writer.append([answered()], WRITER),
    ]);

    expect(answers.map((one) => one.status === 'fulfilled' && one.value.created)).toEqual([0, 1, 0]);
  });

  it('are not refused for a call that is refused itself', async () => {
    const donor = { donorCode: 'D1' };
    await append(
      database.source,
      entry({ ...donor, occurredOn: '2024-01-05' }),
      entry({ kind: 'DonorEnrolled', ...donor, occurredOn: '2024-01-20' }),
    );
    const withdrawn = (org: string) =>
      entry({ kind: 'DonorWithdrawn', ...donor, org, outcome: 'from_available', reason: 'DO' });

    const answers = await sentTogether(() => ['B', 'A'].map((org) => writer.append([withdrawn(org)], WRITER)));

    const rows = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.results[0] : undefined));
    expect(rows).toMatchObject([{ problem: { code: 'donor_elsewhere' } }, { status: 'created' }]);
  });

  it('are not more than one write may hold', async () => {
    const call = () => Array.from({ length: 400 }, () => entry());

    const answers = await sentTogether(() => Array.from({ length: 30 }, () => writer.append(call(), WRITER)));

    expect(answers.every((one) => one.status === 'fulfilled' && one.value.created === 400)).toBe(true);
    const writes = await database.source.query('select count(*)::int as count from entry group by position');
    expect(Math.max(...writes.map((one: { count: number }) => one.count))).toBe(10_000);
  });
});

describe('when the database does not take a write', () => {
  it('only the call that brought it about fails', async () => {
    await asOwner(`alter table entry_note add check (note <> '坏')`);

    const answers = await sentTogether(() =>
      [entry(), entry({ note: '坏' }), entry({ note: '好' })].map((one) =>
        writer.append([one], { ...WRITER, audit: AUDIT }),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await storedAt()).toHaveLength(3);
    expect(await acts()).toHaveLength(2);
  });

  it('every caller is told, and later calls are taken again', async () => {
    await asOwner('alter table entry rename to entry_away');

    const answers = await Promise.allSettled([1, 2, 3].map(() => writer.append([entry()], WRITER)));
    await asOwner('alter table entry_away rename to entry');

    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await writer.append([entry()], WRITER)).toMatchObject({ created: 1 });
  });

  it('an unknown registry is told to who asked for it', async () => {
    await expect(writer.append([entry()], { ...WRITER, registryId: 99 })).rejects.toMatchObject({
      code: 'registry_unknown',
    });
  });
});

describe('the audit log (R22)', () => {
  it('has one row for each call, also for those written together', async () => {
    const [good, bad] = [entry(), entry({ org: 'X' })];

    await sentTogether(() => [
      writer.append([good], { ...WRITER, actor: '甲', audit: AUDIT }),
      writer.append([bad], { ...WRITER, actor: '乙', audit: AUDIT }),
      writer.append([entry(), entry({ org: 'X' })], { ...WRITER, audit: { ...AUDIT, detail: { via: 'token' } } }),
    ]);

    expect(await acts()).toEqual([
      { actor: '甲', thing: good.id, result: 'done', detail: { created: 1, unchanged: 0, refused: 0 } },
      { actor: '乙', thing: bad.id, result: 'refused', detail: { created: 0, unchanged: 0, refused: 1 } },
      { actor: 'tester', thing: null, result: 'done', detail: { via: 'token', created: 1, unchanged: 0, refused: 1 } },
    ]);
  });

  it('stands and falls with the entry', async () => {
    await asOwner(`alter table audit_act add check (actor <> '丁')`);

    await expect(writer.append([entry()], { ...WRITER, actor: '丁', audit: AUDIT })).rejects.toThrow();
    await asOwner(`alter table entry_note add check (note <> '坏')`);
    await expect(writer.append([entry({ note: '坏' })], { ...WRITER, audit: AUDIT })).rejects.toThrow();

    expect(await storedAt()).toEqual([]);
    expect(await acts()).toEqual([]);
  });
});

describe('a caller of some orgs (R1)', () => {
  const within = new Set(['A', 'A1']);

  it('writes within them only', async () => {
    const { results } = await writer.append([entry({ org: 'A1' }), entry({ org: 'B' })], { ...WRITER, within });

    expect(results).toMatchObject([
      { status: 'created' },
      { status: 'refused', problem: { code: 'org_out_of_reach' } },
    ]);
  });

  it('is not told how an entry of another org differs, nor whether it is stored', async () => {
    const elsewhere = entry({ org: 'B', note: '别处的' });
    await append(database.source, elsewhere);

    const { results } = await writer.append([{ ...elsewhere, org: 'A' }, { ...elsewhere, note: null }, elsewhere], {
      ...WRITER,
      within,
    });

    expect(results[0]).toMatchObject({
      status: 'refused',
      problem: { code: 'entry_differs', details: { field: 'id' } },
    });
    expect(JSON.stringify(results)).not.toContain('difference');
    expect(results.slice(1)).toMatchObject([
      { problem: { code: 'org_out_of_reach' } },
      { problem: { code: 'org_out_of_reach' } },
    ]);
  });
});
