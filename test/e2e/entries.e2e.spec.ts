import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { HttpApplication, type Answer } from '../support/http-application';
import { append, caseEntries, createSmallRegistry, entry, opening } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let application: HttpApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening());
  application = await HttpApplication.start({ databaseUrl: database.url });
}, 60_000);

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

async function isStored(id: string): Promise<boolean> {
  return (await application.get(`/api/entries/${id}`)).status === 200;
}

/** What every refusal must be: a problem in Chinese, with its code, and nothing of the program's inside. */
function expectProblem(answer: Answer, status: number, code: string, field?: string): void {
  expect(answer.status).toBe(status);
  expect(answer.type).toMatch(/^application\/problem\+json/);
  const { body } = answer;
  expect(body).toMatchObject({ type: 'about:blank', title: STATUS_CODES[status], status, code });
  expect(body.field).toBe(field);
  expect(body.detail).toMatch(/[\u4e00-\u9fff].*[。.]$/s);
  expect(body.detailEn).toMatch(/^[^\u4e00-\u9fff]*[A-Za-z][^\u4e00-\u9fff]*$/);
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts\b|\.js\b|\n\s+at |select |QueryFailed/);
}

describe('many entries in one call', () => {
  it('are taken row by row, and each refused row says why', async () => {
    const good = entry({ quantity: '3' });
    const rows = [
      good,
      entry({ kind: 'NoSuchKind' }),
      { ...good },
      entry({ org: 'X' }),
      'no object',
      { ...good, quantity: '4' },
      entry({ note: '电话 13812345678' }),
      entry({ occurredOn: '2999-01-01' }),
    ];
    const { status, body } = await application.post('/api/entries', { entries: rows });
    expect(status).toBe(200);
    expect(body).toMatchObject({ created: 1, unchanged: 1, refused: 6 });
    expect(body.results.map((one: { row: number; status: string }) => [one.row, one.status])).toEqual([
      [0, 'created'],
      [1, 'refused'],
      [2, 'unchanged'],
      [3, 'refused'],
      [4, 'refused'],
      [5, 'refused'],
      [6, 'refused'],
      [7, 'refused'],
    ]);
    const problems = body.results.flatMap((one: { problem?: { code: string; field: string } }) => one.problem ?? []);
    expect(problems.map(({ code, field }: { code: string; field: string }) => [code, field])).toEqual([
      ['kind_unknown', 'kind'],
      ['org_unknown', 'org'],
      ['entry_not_an_object', 'entry'],
      ['entry_differs', 'id'],
      ['personal_number', 'note'],
      ['date_in_the_future', 'occurredOn'],
    ]);
    expect(problems[0].detail).toBe('没有登记种类“NoSuchKind”。');
    expect(problems[3].difference).toEqual([{ field: 'quantity', stored: '3', sent: '4' }]);
    expect(await isStored(good.id)).toBe(true);
  });

  it('are a set: an entry may rest on a later row of the same call, and falls with it', async () => {
    const [asked, agreed] = caseEntries('2024-04-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
    const taken = await application.post('/api/entries', { entries: [agreed, asked] });
    expect(taken.body).toMatchObject({ created: 2, refused: 0 });
    const [askedToo, agreedToo] = caseEntries('2024-04-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
    const refused = await application.post('/api/entries', { entries: [agreedToo, { ...askedToo, org: 'X' }] });
    expect(refused.body).toMatchObject({ created: 0, refused: 2 });
  });

  it('are written all or not at all if asked so', async () => {
    const good = entry();
    const { status, body } = await application.post('/api/entries', {
      entries: [good, entry({ org: 'X' })],
      atomic: true,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ created: 0, refused: 2 });
    expect(body.results.map((one: { problem: { code: string } }) => one.problem.code)).toEqual([
      'not_written',
      'org_unknown',
    ]);
    expect(await isStored(good.id)).toBe(false);

    const all = await application.post('/api/entries', { entries: [good, entry()], atomic: true });
    expect(all.body).toMatchObject({ created: 2, refused: 0 });
  });

  it('are 10,000 at most', async () => {
    const rows = Array.from({ length: 10_001 }, () => entry());
    expectProblem(await application.post('/api/entries', { entries: rows }), 413, 'too_many_entries', 'entries');
    expect(await isStored(rows[0]?.id ?? '')).toBe(false);

    const { body } = await application.post('/api/entries', { entries: rows.slice(1) });
    expect(body).toMatchObject({ created: 10_000, refused: 0 });
  });

  it('may be none, but not something else than a list', async () => {
    expect((await application.post('/api/entries', { entries: [] })).body).toMatchObject({ created: 0, results: [] });
    expectProblem(await application.post('/api/entries', { entries: {} }), 422, 'field_not_readable', 'entries');
    const answer = await application.post('/api/entries', { entries: [], atomic: 'yes' });
    expectProblem(answer, 422, 'field_not_readable', 'atomic');
  });
});

describe('what cannot be taken', () => {
  it.each<[string, unknown, number, string, string | undefined]>([
    ['broken JSON', '{"id":', 400, 'body_not_readable', undefined],
    ['an empty body', '', 400, 'body_not_readable', undefined],
    ['a list without a name', '[]', 422, 'entry_not_an_object', 'entry'],
    ['null', 'null', 422, 'entry_not_an_object', 'entry'],
    ['an unknown kind', entry({ kind: 'Unheard' }), 422, 'kind_unknown', 'kind'],
    ['an unknown field', { ...entry(), colour: 'red' }, 422, 'field_unknown', 'colour'],
    ['a number where text belongs', { ...entry(), quantity: 3 }, 422, 'not_text', 'quantity'],
    ['an id that is no uuid', entry({ id: '42' }), 422, 'id_not_a_uuid', 'id'],
    ['no org', { ...entry(), org: undefined }, 422, 'org_missing', 'org'],
    ['a day that is none', entry({ occurredOn: '2024-02-30' }), 422, 'date_not_readable', 'occurredOn'],
    [
      'an entry of before the ledger',
      entry({ occurredOn: '2022-12-31' }),
      422,
      'date_before_the_registry',
      'occurredOn',
    ],
    ['a negative quantity', entry({ quantity: '-1' }), 422, 'quantity_negative', 'quantity'],
    [
      'an answer without its request',
      caseEntries('2024-05-01', [['ScreenAnswered', 'agreed']])[0],
      422,
      'guard_unmet',
      'caseCode',
    ],
  ])('%s is refused by its name', async (_, body, status, code, field) => {
    const answer = await application.post('/api/entries', body);
    expectProblem(answer, status, code, field);
  });

  it.each([
    ['a character that no database keeps', 'a\u0000b'],
    ['half a character', 'a\ud83d'],
  ])('a text with %s is refused by its name, and takes no other row with it', async (_, note) => {
    const good = entry();
    const { status, body } = await application.post('/api/entries', { entries: [good, entry({ note })] });
    expect(status).toBe(200);
    expect(body).toMatchObject({ created: 1, refused: 1, results: [{}, { problem: { field: 'note' } }] });
  });

  it('a body over 16 MiB is refused', async () => {
    const body = JSON.stringify({ ...entry(), note: 'x'.repeat(16 * 1024 * 1024) });
    expectProblem(await application.post('/api/entries', body), 413, 'body_too_large');
  });

  it('something else than JSON is refused', async () => {
    const answer = await application.post('/api/entries', 'kind,org', { 'content-type': 'text/csv' });
    expectProblem(answer, 415, 'body_not_readable');
  });

  it.each([
    ['an entry that is not there', `/api/entries/${randomUUID()}`, 'entry_unknown'],
    ['an id that is no uuid', '/api/entries/42', 'entry_unknown'],
    ['an address that is none', '/api/nothing', 'not_found'],
    ['an address outside the API', '/nothing', 'not_found'],
    ['an address that cannot be read', '/api/%zz', 'not_found'],
  ])('%s is not found', async (_, path, code) => {
    expectProblem(await application.get(path), 404, code);
  });

  it('no entry is changed or taken away', async () => {
    const one = entry();
    await application.post('/api/entries', one);
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      expectProblem(await application.ask(`/api/entries/${one.id}`, { method }), 404, 'not_found');
    }
  });

  it.each([
    ['an id that is no uuid', { id: '42', justification: '有误' }, 422, 'field_not_readable', 'id'],
    ['no reason', { id: randomUUID() }, 422, 'field_not_readable', 'justification'],
    ['an empty reason', { id: randomUUID(), justification: ' ' }, 422, 'justification_missing', 'justification'],
    ['nothing', null, 422, 'field_not_readable', 'id'],
  ])('a reversal with %s is refused', async (_, body, status, code, field) => {
    const one = entry();
    await application.post('/api/entries', one);
    expectProblem(await application.post(`/api/entries/${one.id}/reversal`, body), status, code, field);
  });

  it('the reversal of what is not there is not found', async () => {
    const reversal = { id: randomUUID(), justification: '有误' };
    expectProblem(await application.post(`/api/entries/${randomUUID()}/reversal`, reversal), 404, 'entry_unknown');
    expectProblem(await application.post('/api/entries/42/reversal', reversal), 404, 'entry_unknown');
  });

  it('is said in English to who asks for it', async () => {
    const english = { 'accept-language': 'en-GB,en;q=0.9' };
    expect((await application.get('/api/nothing', english)).body.detail).toBe('There is nothing at this address.');
    const one = await application.post('/api/entries', entry({ org: 'X' }), english);
    expect(one.body).toMatchObject({ detail: 'There is no org "X".', detailEn: 'There is no org "X".' });
    const many = await application.post('/api/entries', { entries: [entry({ org: 'X' })] }, english);
    expect(many.body.results[0].problem.detail).toBe('There is no org "X".');
    expect((await application.get('/api/nothing', { 'accept-language': 'zh-CN' })).body.detail).toBe('没有这个地址。');
  });
});

it('an id is the same in capital letters', async () => {
  const one = entry();
  await application.post('/api/entries', { ...one, id: one.id.toUpperCase() });
  expect((await application.get(`/api/entries/${one.id.toUpperCase()}`)).body.id).toBe(one.id);
  const reversal = { id: randomUUID().toUpperCase(), justification: '有误' };
  const answer = await application.post(`/api/entries/${one.id.toUpperCase()}/reversal`, reversal);
  expect(answer).toMatchObject({ status: 201, body: { reversal: { id: reversal.id.toLowerCase() } } });
});
