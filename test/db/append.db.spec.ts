import { closeAndRecompute } from '../../libs/indicators/recompute';
import { appendEntries } from '../../libs/ledger/append';
import {
  append,
  caseEntries,
  createSmallRegistry,
  entry,
  opening,
  refusalOf,
  REGISTRY,
  WRITER,
} from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database.drop());

async function storedCount(): Promise<number> {
  const [row] = await database.source.query('select count(*)::int as count from entry');
  return row.count;
}

describe('identity (R1)', () => {
  it('answers a repeat of the same entry as before and changes nothing', async () => {
    const one = entry({ quantity: '112', note: '春季校园活动' });
    await append(database.source, one);
    const [before] = await database.source.query('select position from registry_head');

    const again = await append(database.source, { ...one, quantity: '112.00', donorCode: null });

    expect(again).toMatchObject({ created: 0, unchanged: 1, refused: 0 });
    expect(await storedCount()).toBe(1);
    expect(await database.source.query('select position from registry_head')).toEqual([before]);
  });

  it('refuses the same id with other content and tells the difference', async () => {
    const one = entry({ quantity: '112', note: 'a' });
    await append(database.source, one);

    const { results } = await appendEntries(database.source, [{ ...one, quantity: '113', note: 'b' }], WRITER);

    expect(results[0]).toMatchObject({
      status: 'refused',
      problem: {
        code: 'entry_differs',
        details: {
          difference: [
            { field: 'quantity', stored: '112', sent: '113' },
            { field: 'note', stored: 'a', sent: 'b' },
          ],
        },
      },
    });
  });

  it('recognises a repeat after its month was closed, before asking for a justification', async () => {
    const one = entry({ occurredOn: '2023-01-05' });
    await append(database.source, one);
    await closeAndRecompute(database.source, REGISTRY, '2023-01', 'tester');

    expect(await append(database.source, one)).toMatchObject({ unchanged: 1 });
    expect(await refusalOf(database.source, entry({ occurredOn: '2023-01-06' }))).toEqual({
      code: 'month_closed',
      field: 'justification',
    });
  });

  it('takes an id that stands twice in one call once', async () => {
    const one = entry();

    const result = await appendEntries(database.source, [one, one, { ...one, org: 'B' }], WRITER);

    expect(result.results.map((row) => row.status)).toEqual(['created', 'unchanged', 'refused']);
    expect(await storedCount()).toBe(1);
  });

  it('keeps each entry once when two writers send the same entries at once', async () => {
    const many = Array.from({ length: 200 }, () => entry());

    const results = await Promise.all([
      appendEntries(database.source, many, WRITER),
      appendEntries(database.source, [...many].reverse(), WRITER),
    ]);

    expect(results.map((result) => result.created).sort()).toEqual([0, 200]);
    expect(await storedCount()).toBe(200);
  });

  it('recognises a repeat whose note was blanked', async () => {
    const one = entry({ note: '来电登记' });
    await append(database.source, one);
    await asOwner(`update entry_note set note = null`);

    expect(await append(database.source, one)).toMatchObject({ unchanged: 1 });
    expect((await appendEntries(database.source, [{ ...one, note: '别的' }], WRITER)).refused).toBe(1);
  });
});

describe('row by row, or all or nothing', () => {
  it('writes the good rows and says of each bad one what is wrong', async () => {
    const result = await appendEntries(database.source, [entry(), entry({ org: 'X' }), entry()], WRITER);

    expect(result).toMatchObject({ created: 2, refused: 1 });
    expect(result.results[1]).toMatchObject({ row: 1, status: 'refused', problem: { code: 'org_unknown' } });
  });

  it('writes nothing of an atomic call with a bad row', async () => {
    const result = await appendEntries(database.source, [entry(), entry({ org: 'X' })], { ...WRITER, atomic: true });

    expect(result).toMatchObject({ created: 0, refused: 2 });
    expect(result.results[0]).toMatchObject({ problem: { code: 'not_written' } });
    expect(await storedCount()).toBe(0);
  });

  it('refuses more than 10,000 entries in one call', async () => {
    const many = Array.from({ length: 10_001 }, () => entry());

    await expect(appendEntries(database.source, many, WRITER)).rejects.toMatchObject({ code: 'too_many_entries' });
  });

  it('refuses a registry that does not exist', async () => {
    await expect(appendEntries(database.source, [entry()], { ...WRITER, registryId: 99 })).rejects.toMatchObject({
      code: 'registry_unknown',
    });
  });
});

describe('guards (R5)', () => {
  it('refuses an answer to a request that was never made, and says what is missing', async () => {
    const [, answer] = caseEntries('2024-05-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);

    expect(await refusalOf(database.source, answer)).toEqual({ code: 'guard_unmet', field: 'caseCode' });
  });

  it('takes a whole case in one call, whatever the order of its rows', async () => {
    await append(database.source, ...opening());
    const rows = caseEntries('2024-05-01', [
      ['ScreenRequested'],
      ['ScreenAnswered', 'agreed'],
      ['RemobiliseRequested'],
      ['RemobiliseAnswered', 'agreed'],
    ]);

    expect(await append(database.source, ...rows.reverse())).toMatchObject({ created: 4 });
  });

  it('refuses what rests on a row of the same call that is refused itself', async () => {
    const rows = caseEntries('2024-05-01', [
      ['ScreenRequested'],
      ['ScreenAnswered', 'agreed'],
      ['RemobiliseRequested'],
      ['RemobiliseAnswered', 'agreed'],
    ]);

    const result = await appendEntries(database.source, rows, WRITER);

    expect(result.results.map((row) => row.status)).toEqual(['refused', 'refused', 'refused', 'refused']);
  });

  it('allows the same day and refuses the day before', async () => {
    await append(database.source, ...opening());
    const [request, answer] = caseEntries('2024-05-02', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
    await append(database.source, request!);

    expect(await refusalOf(database.source, { ...answer, occurredOn: '2024-05-01' })).toMatchObject({
      code: 'guard_unmet',
    });
    expect(await append(database.source, { ...answer!, occurredOn: '2024-05-02' })).toMatchObject({ created: 1 });
  });

  it('wants the outcome that the next stage rests on', async () => {
    await append(database.source, ...opening());
    const [request, answer, next] = caseEntries('2024-05-01', [
      ['ScreenRequested'],
      ['ScreenAnswered', 'refused'],
      ['RemobiliseRequested'],
    ]);
    await append(database.source, request!, answer!);

    expect(await refusalOf(database.source, next)).toMatchObject({ code: 'guard_unmet' });
  });

  it('lets a donor of the opening pass, and one who was recruited here only after enrolment', async () => {
    await append(database.source, ...opening());
    await append(database.source, entry({ donorCode: 'D900' }));
    const contact = entry({ kind: 'RetentionContacted', outcome: 'confirmed', occurredOn: '2024-06-01' });

    expect(await append(database.source, { ...contact, donorCode: 'D901' })).toMatchObject({ created: 1 });
    expect(await refusalOf(database.source, { ...contact, id: entry().id, donorCode: 'D900' })).toMatchObject({
      code: 'guard_unmet',
      field: 'donorCode',
    });
  });

  it('refuses a contact with a donor who has withdrawn', async () => {
    await append(database.source, ...opening());
    const donor = { donorCode: 'D902' };
    await append(
      database.source,
      entry({ kind: 'DonorWithdrawn', outcome: 'from_available', reason: 'DO', occurredOn: '2024-03-01', ...donor }),
    );
    const contact = { kind: 'RetentionContacted', outcome: 'confirmed', ...donor };

    expect(await refusalOf(database.source, entry({ ...contact, occurredOn: '2024-03-02' }))).toMatchObject({
      code: 'guard_blocked',
    });
    expect(await append(database.source, entry({ ...contact, occurredOn: '2024-02-28' }))).toMatchObject({
      created: 1,
    });
  });
});

describe('marks and positions (R2, R20)', () => {
  it('marks each org, month and kind of a call once, at the position of the call', async () => {
    await append(database.source, entry(), entry(), entry({ org: 'B' }), entry({ occurredOn: '2024-06-01' }));

    const marks = await database.source.query(
      `select position::int, org, posted_month, kind from recompute_mark order by org, posted_month`,
    );
    expect(marks).toEqual([
      { position: 1, org: 'A', posted_month: '2024-05-01', kind: 'RecruitmentRegistered' },
      { position: 1, org: 'A', posted_month: '2024-06-01', kind: 'RecruitmentRegistered' },
      { position: 1, org: 'B', posted_month: '2024-05-01', kind: 'RecruitmentRegistered' },
    ]);
  });

  it('numbers the writes of a registry without a gap, in the order of their commits', async () => {
    await Promise.all(Array.from({ length: 12 }, () => append(database.source, entry())));

    const writes = await database.source.query(
      `select position::int, recorded_by, source, recorded_at >= lag(recorded_at) over (order by position) as later
        from ledger_write order by position`,
    );
    expect(writes.map((write: { position: number }) => write.position)).toEqual(
      [...Array(12).keys()].map((n) => n + 1),
    );
    expect(writes.slice(1).every((write: { later: boolean }) => write.later)).toBe(true);
    expect(writes[0]).toMatchObject({ recorded_by: 'tester', source: 'api' });
  });

  it('counts each registry by itself', async () => {
    await createSmallRegistry(database.source, 2);
    await append(database.source, entry());
    await appendEntries(database.source, [entry()], { ...WRITER, registryId: 2 });

    expect(await database.source.query('select registry_id, position::int from ledger_write order by 1')).toEqual([
      { registry_id: REGISTRY, position: 1 },
      { registry_id: 2, position: 1 },
    ]);
  });
});

async function asOwner(statement: string): Promise<void> {
  const { Client } = await import('pg');
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}

describe('an id in odd company (R1)', () => {
  it('is as its first row turned out, when it stands twice in a call', async () => {
    const bad = entry({ kind: 'ScreenAnswered', outcome: 'agreed', donorCode: 'D1', caseCode: 'R77' });
    const good = entry();

    const refused = await appendEntries(database.source, [bad, bad], WRITER);
    expect(refused.results.map((row) => row.status)).toEqual(['refused', 'refused']);
    const atomic = await appendEntries(database.source, [good, good, bad], { ...WRITER, atomic: true });
    expect(atomic).toMatchObject({ created: 0, unchanged: 0, refused: 3 });
  });

  it('is answered with the difference also when the other content does not hold', async () => {
    const one = entry({ quantity: '3' });
    await append(database.source, one);

    for (const wrong of [{ quantity: '1,000' }, { occurredOn: '2099-01-01' }, { kind: 'Nonsense' }, { org: 'X' }]) {
      expect(await refusalOf(database.source, { ...one, ...wrong })).toMatchObject({ code: 'entry_differs' });
    }
  });

  it('is recognised after its org was closed', async () => {
    const one = entry({ occurredOn: '2024-03-01' });
    await append(database.source, one);
    await asOwner(`update org set closed_on = '2024-03-31' where org = 'A'`);

    expect(await append(database.source, one, entry({ occurredOn: '2024-03-31' }))).toMatchObject({
      created: 1,
      unchanged: 1,
    });
    expect(await refusalOf(database.source, entry({ occurredOn: '2024-04-01' }))).toEqual({
      code: 'org_closed',
      field: 'org',
    });
  });

  it('differs when a note was blanked and none is sent', async () => {
    const one = entry({ note: '来电登记' });
    await append(database.source, one);
    await asOwner(`update entry_note set note = null`);

    expect(await refusalOf(database.source, { ...one, note: undefined })).toMatchObject({ code: 'entry_differs' });
  });

  it('costs only its own row, whatever its text holds', async () => {
    const result = await appendEntries(
      database.source,
      [entry({ note: 'a\u0000b' }), entry({ justification: '\ud800' }), entry({ note: '😀' })],
      WRITER,
    );
    expect(result.results.map((row) => row.status)).toEqual(['refused', 'refused', 'created']);
  });
});
