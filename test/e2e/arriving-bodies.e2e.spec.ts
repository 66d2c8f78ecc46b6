import { once } from 'node:events';
import { request, type ClientRequest, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { HttpApplication } from '../support/http-application';
import { bearer } from '../support/signed-in';
import { createSmallRegistry } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const MIB = 1024 * 1024;

let database: TestDatabase;
let application: HttpApplication;
let clerk: { authorization: string };
const open: ClientRequest[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
  clerk = await bearer(database.source, 'clerk');
});

afterEach(() => open.splice(0).forEach((sending) => sending.destroy()));

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

/** The head of a request alone: whatever answers has not waited for the body. */
function announce(path: string, headers: IncomingHttpHeaders): ClientRequest {
  const sending = request(`${application.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
  });
  sending.on('error', () => undefined);
  sending.flushHeaders();
  open.push(sending);
  return sending;
}

async function answerTo(path: string, headers: IncomingHttpHeaders) {
  const [answer] = await once(announce(path, headers), 'response');
  return { status: answer.statusCode, ...JSON.parse(await text(answer)) };
}

describe('a large body, before it is read,', () => {
  it.each([
    ['/api/entries', { 'content-length': `${MIB}` }],
    ['/api/entries', { 'content-length': `${MIB}`, authorization: 'Basic eDp5' }],
    ['/api/entries', { 'transfer-encoding': 'chunked' }],
    ['/api/accounts', { 'content-length': '100000' }],
    ['/api/imports', { 'content-length': `${MIB}`, 'content-type': 'multipart/form-data; boundary=x' }],
  ])('is refused on %s from who shows nothing: %j', async (path, headers) => {
    expect(await answerTo(path, headers)).toMatchObject({ status: 401, code: 'sign_in_needed' });
  });

  it.each([
    ['/api/session', '20000', '16 KiB'],
    ['/api/session/password', '20000', '16 KiB'],
    ['/api/setup', '20000', '16 KiB'],
  ])('is refused on %s from anybody', async (path, length, most) => {
    const answer = await answerTo(path, { 'content-length': length });
    expect(answer).toMatchObject({ status: 413, code: 'body_too_large', detail: `内容超过 ${most}。` });
  });

  it.each([
    ['/api/accounts', 300_000, '256 KiB'],
    ['/api/entries', 17 * MIB, '16 MiB'],
    ['/api/entries/reversals', 17 * MIB, '16 MiB'],
  ])('is refused on %s also from who shows a token, when it is over its limit', async (path, length, most) => {
    const answer = await answerTo(path, { ...clerk, 'content-length': `${length}` });
    expect(answer).toMatchObject({ status: 413, code: 'body_too_large', detail: `内容超过 ${most}。` });
  });
});

it('a form with two files is told that it holds one too many', async () => {
  const form = new FormData();
  for (const name of ['a.csv', 'b.csv']) form.append('file', new Blob(['kind,org']), name);
  const { status, body } = await application.ask('/api/imports', { method: 'POST', body: form, headers: clerk });
  expect({ status, code: body.code }).toEqual({ status: 413, code: 'too_many_parts' });
  expect(body.detail).toMatch(/一个文件/);
});

it('of large calls only so many are under way at once, and an end of one makes room for another', async () => {
  const large = { ...clerk, 'content-length': `${MIB}`, expect: '100-continue' };
  const underWay = Array.from({ length: 8 }, () => announce('/api/entries', large));
  await Promise.all(underWay.map((sending) => once(sending, 'continue')));
  const { status, code } = await answerTo('/api/entries', { ...clerk, 'content-length': `${MIB}` });
  expect({ status, code }).toEqual({ status: 503, code: 'too_busy' });
  underWay.forEach((sending) => sending.destroy());
  const small = JSON.stringify({ entries: [] }).padEnd(300_000);
  let answer = await application.post('/api/entries', small, clerk);
  while (answer.status === 503) answer = await application.post('/api/entries', small, clerk);
  expect(answer.status).toBe(200);
});
