import { randomUUID } from 'node:crypto';
import { HttpApplication } from '../support/http-application';
import { append, caseEntries, createSmallRegistry, entry, opening } from '../support/small-registry';
import { bearer } from '../support/signed-in';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let application: HttpApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening());
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
}, 60_000);

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

const day = (on: string) => application.get(`/api/entries/day?day=${on}`).then(({ body }) => body.tallies);
const on = (occurredOn: string, quantity: string, org = 'A') => entry({ occurredOn, quantity, org });

describe('the sheet of a day', () => {
  it('is logged in one call, shows what stands then, and sent again changes nothing', async () => {
    const sheet = { entries: [on('2024-06-01', '12'), on('2024-06-01', '0', 'B')] };
    const { status, body } = await application.post('/api/entries/sheet', sheet);
    expect([status, body]).toEqual([200, expect.objectContaining({ created: 2, refused: 0 })]);
    expect((await application.post('/api/entries/sheet', sheet)).body).toMatchObject({ created: 0, unchanged: 2 });
    expect(await day('2024-06-01')).toMatchObject([
      { org: 'A', kind: 'RecruitmentRegistered', quantity: '12' },
      { org: 'B', quantity: '0' },
    ]);
    const named = entry({ occurredOn: '2024-06-01', donorCode: 'D-NAMED' });
    await append(database.source, named);
    expect(await day('2024-06-01')).toHaveLength(2);
    const ofB = await bearer(database.source, 'clerk', { org: 'B' });
    expect((await application.get('/api/entries/day?day=2024-06-01', ofB)).body.tallies).toHaveLength(1);
    expect((await application.get('/api/entries/day?day=2024-13-01')).body.code).toBe('date_not_readable');
  });

  it('corrects by taking back and logging anew in one act, of which the history tells', async () => {
    const [first, second] = [on('2024-06-02', '3'), on('2024-06-02', '4')];
    await application.post('/api/entries', { entries: [first, second] });
    const right = on('2024-06-02', '9');
    const reversals = {
      justification: '重复登记',
      entries: [first, second].map(({ id }) => ({ id: randomUUID(), reverses: id })),
    };
    const sheet = { entries: [right], reversals };
    expect((await application.post('/api/entries/sheet', sheet)).body).toMatchObject({ created: 1, refused: 0 });
    expect(await day('2024-06-02')).toMatchObject([{ id: right.id, quantity: '9' }]);
    expect((await application.post('/api/entries/sheet', sheet)).body).toMatchObject({ created: 0, unchanged: 1 });

    const { body } = await application.get(`/api/entries/${first.id}/history`);
    expect(body).toMatchObject({
      entry: { id: first.id, quantity: '3' },
      reversal: { justification: '重复登记', quantity: '-3' },
      replacements: [{ id: right.id }],
      origin: null,
    });
    const history = (await application.get(`/api/entries/${right.id}/history`)).body;
    expect(history.replaced.map(({ id }: { id: string }) => id).sort()).toEqual([first.id, second.id].sort());
  });

  it('is taken as a whole or not at all, and says of each refused cell why', async () => {
    const stands = on('2024-06-03', '5');
    await application.post('/api/entries', stands);
    const sheet = {
      entries: [on('2024-06-03', '6'), on('2024-06-03', '1.5', 'B')],
      reversals: { justification: '更正', entries: [{ id: randomUUID(), reverses: stands.id }] },
    };
    const { body } = await application.post('/api/entries/sheet', sheet);
    expect(body).toMatchObject({ created: 0, refused: 1, results: [{ row: 1, status: 'refused' }] });
    expect(body.results[0].problem.detail).toMatch(/整数/);
    expect(await day('2024-06-03')).toMatchObject([{ id: stands.id, quantity: '5' }]);
    const alone = await application.post('/api/entries/sheet', { entries: sheet.entries });
    expect(alone.body).toMatchObject({ created: 0, refused: 2 });
  });
});

describe('the search of entries', () => {
  it('finds by any code, by reason, by a part of the note, and counts', async () => {
    const [asked, answered] = caseEntries('2024-07-01', [['ScreenRequested'], ['ScreenAnswered', 'refused']]);
    await append(database.source, asked!, { ...answered!, note: '本人称 100% 不便' });
    const find = async (query: string) => {
      const { body } = await application.get(`/api/entries?count=true&${query}`);
      return [body.total, body.entries.map(({ id }: { id: string }) => id)];
    };
    expect(await find(`code=${asked!.caseCode}`)).toEqual([2, [answered!.id, asked!.id]]);
    expect(await find(`code=${asked!.donorCode}&reason=PR`)).toEqual([1, [answered!.id]]);
    expect(await find(`note=${encodeURIComponent('100% 不')}`)).toEqual([1, [answered!.id]]);
    expect(await find(`note=${encodeURIComponent('100_')}`)).toEqual([0, []]);
    expect(await find(`importId=${randomUUID()}`)).toEqual([0, []]);
  });

  it('hands the list out as a file that says what was asked', async () => {
    await append(database.source, entry({ occurredOn: '2024-08-01', org: 'B', quantity: '7', note: '=1+1' }));
    const asked = 'from=2024-08-01&to=2024-08-01';
    const csv = await application.ask(`/api/entries/export?format=csv&${asked}`, {});
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="entries.csv"/);
    expect(String(csv.body)).toContain('"发生日期起","2024-08-01"');
    expect(String(csv.body)).toMatch(/"2024-08-01","2024-08","招募登记","乙市".*,7,/);
    expect(String(csv.body)).not.toContain('"=1+1"');
    const xlsx = await application.ask(`/api/entries/export?format=xlsx&${asked}`, {});
    expect([xlsx.status, xlsx.type]).toEqual([200, expect.stringContaining('spreadsheetml')]);
    expect((await application.get('/api/entries/export?format=pdf')).status).toBe(422);
  });
});

describe('one request', () => {
  it('tells its entries, what it waits for since when, and what may come next', async () => {
    const entries = caseEntries('2024-03-01', [
      ['ScreenRequested'],
      ['ScreenAnswered', 'agreed'],
      ['RemobiliseRequested'],
    ]);
    await append(database.source, ...entries);
    const { caseCode, donorCode } = entries[0]!;
    const { body } = await application.get(`/api/cases/${caseCode}`);
    expect(body).toMatchObject({ caseCode, donorCode, org: 'A', state: 'open' });
    expect(body.entries.map(({ kind }: { kind: string }) => kind)).toEqual(entries.map(({ kind }) => kind));
    expect(body.waits).toMatchObject([
      { key: 'remobilise_unanswered', since: '2024-03-03', dueOn: '2024-03-10', overdue: true },
    ]);
    expect(body.possible).toEqual(
      expect.arrayContaining(['RemobiliseAnswered', 'RequestHeld', 'RequestClosed', 'DonorRetracted']),
    );
    expect(body.possible).not.toEqual(expect.arrayContaining(['ScreenAnswered']));
    for (const later of ['HrTypingAnswered', 'ExamStarted', 'DonationCompleted', 'RequestResumed', 'FollowUpRecorded'])
      expect(body.possible).not.toContain(later);
  });

  it('that was closed waits for nothing, and one of another office is not known', async () => {
    const entries = caseEntries('2024-04-01', [['ScreenRequested']]);
    const { caseCode, donorCode } = entries[0]!;
    const closed = entry({ kind: 'RequestClosed', outcome: 'patient_side', reason: 'PDC', occurredOn: '2024-04-05' });
    await append(database.source, ...entries, { ...closed, caseCode, donorCode });
    const { body } = await application.get(`/api/cases/${caseCode}`);
    expect(body).toMatchObject({ state: 'ended', waits: [], possible: [] });
    const ofB = await bearer(database.source, 'clerk', { org: 'B' });
    expect((await application.get(`/api/cases/${caseCode}`, ofB)).body.code).toBe('case_unknown');
  });

  it('after its donation waits for the next follow-up', async () => {
    const way = caseEntries('2024-01-01', [
      ['ScreenRequested'],
      ['ScreenAnswered', 'agreed'],
      ['RemobiliseRequested'],
      ['RemobiliseAnswered', 'agreed'],
      ['HrTypingRequested'],
      ['HrTypingAnswered', 'agreed'],
      ['HrTypingConcluded', 'match'],
      ['ExamStarted'],
      ['ExamConcluded', 'fit'],
      ['MobilisationStarted'],
      ['DonationCompleted', 'hpc_apheresis'],
      ['FollowUpRecorded', 'well'],
    ]);
    await append(database.source, ...way);
    const { body } = await application.get(`/api/cases/${way[0]!.caseCode}`);
    expect(body.state).toBe('donated');
    expect(body.waits).toMatchObject([{ key: 'follow_up_due', since: '2024-01-11', dueOn: '2024-02-10' }]);
    expect(body.possible).toContain('FollowUpRecorded');
  });
});
