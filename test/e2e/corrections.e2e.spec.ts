import { randomUUID } from 'node:crypto';
import { HttpApplication } from '../support/http-application';
import { bearer } from '../support/signed-in';
import { append, caseEntries, createSmallRegistry, entry, opening } from '../support/small-registry';
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

const standing = async (query: string): Promise<string[]> =>
  (await application.get(`/api/entries?standing=true&${query}`)).body.entries.map(({ id }: { id: string }) => id);

const take = (...reverses: (string | undefined)[]) => reverses.map((one) => ({ id: randomUUID(), reverses: one }));

describe('a selection of entries', () => {
  it('is found, taken back with a reason in one act, and stays visible', async () => {
    const wrong = [1, 2, 3].map(() => entry({ occurredOn: '2024-07-01', quantity: '5' }));
    const right = entry({ occurredOn: '2024-07-01', quantity: '7' });
    await append(database.source, ...wrong, right);
    expect(await standing('from=2024-07-01&to=2024-07-01&kind=RecruitmentRegistered')).toHaveLength(4);

    const [first, ...rest] = take(...wrong.map(({ id }) => id));
    const replacement = entry({ occurredOn: '2024-07-01', quantity: '6' });
    const body = { justification: '重复导入', entries: [{ ...first, replacement }, ...rest] };
    const answer = await application.post('/api/entries/reversals', body);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        results: [
          { reversal: first?.id, replacement: replacement.id, status: 'created' },
          { replacement: null, status: 'created' },
          { replacement: null, status: 'created' },
        ],
      },
    });
    expect((await standing('from=2024-07-01&to=2024-07-01')).sort()).toEqual([right.id, replacement.id].sort());
    expect((await application.get('/api/entries?from=2024-07-01&to=2024-07-01')).body.entries).toHaveLength(8);

    const again = await application.post('/api/entries/reversals', body);
    expect(again.body.results.map(({ status }: { status: string }) => status)).toEqual([
      'unchanged',
      'unchanged',
      'unchanged',
    ]);
  });

  it('is left whole when one of it cannot be taken back', async () => {
    const [asked, answered] = caseEntries('2024-08-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
    const other = entry({ occurredOn: '2024-08-03' });
    await append(database.source, asked!, answered!, other);
    const refused = await application.post('/api/entries/reversals', {
      justification: '登记有误',
      entries: take(other.id, asked?.id),
    });
    expect(refused).toMatchObject({ status: 409, body: { code: 'entry_rested_on', dependent: answered?.id } });
    expect(await standing('from=2024-08-01&to=2024-08-31')).toHaveLength(3);

    const both = { justification: '登记有误', entries: take(asked?.id, answered?.id) };
    expect((await application.post('/api/entries/reversals', both)).status).toBe(200);
    expect(await standing('from=2024-08-01&to=2024-08-31')).toEqual([other.id]);
  });

  it.each([
    ['without a reason', { entries: take(randomUUID()) }, 'justification'],
    ['with nothing in it', { justification: '有误', entries: [] }, 'entries'],
    ['with an id that is none', { justification: '有误', entries: take('7') }, 'entries[0].reverses'],
    ['with a field too many', { justification: '有误', entries: [], why: '' }, 'why'],
  ])('%s is refused, and the field is named', async (_name, body, field) => {
    const answer = await application.post('/api/entries/reversals', body);
    expect(answer).toMatchObject({ status: 422, body: { field } });
  });

  it('of another city is unknown to a clerk of this one', async () => {
    const foreign = entry({ org: 'B', occurredOn: '2024-09-01' });
    await append(database.source, foreign);
    const clerk = await bearer(database.source, 'clerk', { org: 'A' });
    const body = { justification: '登记有误', entries: take(foreign.id) };
    const answer = await application.post('/api/entries/reversals', body, clerk);
    expect(answer).toMatchObject({ status: 404, body: { code: 'entry_unknown' } });
    expect((await application.get('/api/entries?from=2024-09-01&to=2024-09-01', clerk)).body.entries).toEqual([]);
    expect(await application.get('/api/entries?org=B', clerk)).toMatchObject({
      status: 422,
      body: { code: 'org_unknown' },
    });
    expect(await standing('from=2024-09-01&to=2024-09-01')).toEqual([foreign.id]);
  });

  it('a day that is none is refused, and the field is named', async () => {
    expect(await application.get('/api/entries?from=2024-02-31')).toMatchObject({
      status: 422,
      body: { code: 'date_not_readable', field: 'from' },
    });
  });
});

describe('the lists of who waits', () => {
  it('are counted by org, and each opens those who wait, the longest first', async () => {
    await append(database.source, ...caseEntries('2024-10-01', [['ScreenRequested']]));
    await append(database.source, ...caseEntries('2024-09-30', [['ScreenRequested']]));
    const { body } = await application.get('/api/worklists');
    expect(body.lists[0]).toMatchObject({ key: 'screen_unanswered', label: { zh: '初筛待答复' } });
    expect(body.counts).toMatchObject([{ key: 'screen_unanswered', org: 'A', waiting: 2, overdue: 2, held: 0 }]);
    const page = await application.get('/api/worklists/screen_unanswered?overdue=true&limit=1');
    expect(page.body).toMatchObject({ waiting: [{ since: '2024-09-30', overdue: true }] });
    const next = await application.get(`/api/worklists/screen_unanswered?limit=1&after=${page.body.next}`);
    expect(next.body).toMatchObject({ waiting: [{ since: '2024-10-01' }], next: null });
  });

  it('show a clerk their own city only', async () => {
    const clerk = await bearer(database.source, 'clerk', { org: 'B' });
    expect((await application.get('/api/worklists', clerk)).body.counts).toEqual([]);
    expect(await application.get('/api/worklists?org=A', clerk)).toMatchObject({
      status: 422,
      body: { code: 'org_unknown' },
    });
    expect(await application.get('/api/worklists/nobody', clerk)).toMatchObject({
      status: 404,
      body: { code: 'worklist_unknown' },
    });
  });
});
