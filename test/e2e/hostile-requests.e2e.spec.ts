import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { Client } from 'pg';
import { HttpApplication } from '../support/http-application';
import { makeAccount, pageOf } from '../support/signed-in';
import { createSmallRegistry, entry } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let application: HttpApplication;
let page: Record<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false, published: true });
  page = await pageOf(database.source, await makeAccount(database.source, 'clerk'));
}, 60_000);

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

/** What browsers are told with every answer. */
const PROTECTED = {
  'content-security-policy': expect.stringContaining(`default-src 'self'`),
  'x-content-type-options': 'nosniff',
};

const JSON_TYPE = { 'content-type': 'application/json' };

/** As the browser of somebody who is signed in would send it, its `Host` and `Origin` included. */
async function send(path: string, headers: IncomingHttpHeaders, body?: string | Buffer) {
  const sending = request(`${application.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...page, ...headers },
  });
  sending.end(body);
  const [answer] = await once(sending, 'response');
  const type: string = answer.headers['content-type'] ?? '';
  return { status: answer.statusCode, type, headers: answer.headers, body: JSON.parse(await text(answer)) };
}

async function isLogged(id: string): Promise<boolean> {
  return (await application.get(`/api/entries/${id}`)).status === 200;
}

describe('a page of another site', () => {
  it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
    'logs nothing by a form of %s',
    async (type) => {
      const { id, kind, org, occurredOn } = entry();
      const form = new URLSearchParams({ id, kind, org, occurredOn }).toString();
      const body = type === 'text/plain' ? JSON.stringify({ id, kind, org, occurredOn }) : form;
      const answer = await send('/api/entries', { 'content-type': type }, body);
      expect(answer).toMatchObject({ status: 415, body: { code: 'body_not_readable' } });
      expect(await isLogged(id)).toBe(false);
    },
  );

  it.each(['https://example.org', 'http://127.0.0.1:1', 'null'])('is refused when it comes from %s', async (origin) => {
    const one = entry();
    const answer = await send('/api/entries', { ...JSON_TYPE, origin }, JSON.stringify(one));
    expect(answer).toMatchObject({ status: 403, body: { code: 'origin_foreign', title: 'Forbidden' } });
    expect(answer.type).toMatch(/^application\/problem\+json/);
    expect(answer.headers).toMatchObject({ ...PROTECTED, 'cache-control': 'no-store' });
    expect(await isLogged(one.id)).toBe(false);
  });

  it.each(['example.org', 'localhost.example.org:3000', '127.0.0.1.example.org', '192.168.1.7:3000'])(
    'reads nothing under the name “%s”, nor what is no API',
    async (host) => {
      for (const path of ['/api/status', '/health/live', '/', '/api/%zz']) {
        const answer = await send(path, { host });
        expect(answer.headers).toMatchObject(PROTECTED);
        expect(answer).toMatchObject({ status: 421, body: { code: 'host_unknown', title: 'Misdirected Request' } });
      }
    },
  );
});

describe('the page of the program', () => {
  it.each(['127.0.0.1:3000', 'localhost', 'LOCALHOST:5173', '[::1]:3000'])('logs under %s', async (host) => {
    const origin = `http://${host.toLowerCase()}`;
    expect(await send('/api/entries', { ...JSON_TYPE, host, origin }, JSON.stringify(entry()))).toMatchObject({
      status: 201,
    });
  });
});

describe('a body of characters that cannot be read', () => {
  const GBK = Buffer.from('b2b9c2bc', 'hex');
  const inGbk = (one: object): Buffer => {
    const [before = '', behind = ''] = JSON.stringify({ ...one, note: '@' }).split('@');
    return Buffer.concat([Buffer.from(before), GBK, Buffer.from(behind)]);
  };

  it.each(['application/json', 'application/json; charset=gbk'])('is refused as %s', async (type) => {
    const one = entry();
    const answer = await send('/api/entries', { 'content-type': type }, inGbk(one));
    expect(answer).toMatchObject({ status: 400, body: { code: 'body_not_readable' } });
    expect(answer.body.detail).toMatch(/UTF-8/);
    expect(await isLogged(one.id)).toBe(false);
  });

  it('is refused line by line in a stream', async () => {
    const one = entry();
    const { body } = await application.ask('/api/entries', {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: new Uint8Array(Buffer.concat([inGbk(one), Buffer.from('\n')])),
    });
    expect(JSON.parse(body.toString().split('\n', 1).join())).toMatchObject({ line: 1, status: 'refused' });
    expect(await isLogged(one.id)).toBe(false);
  });

  it.each([
    ['gzip', 415],
    ['identity', 201],
  ])('is refused when it is packed: %s', async (encoding, status) => {
    const one = JSON.stringify(entry());
    const body = encoding === 'gzip' ? gzipSync(one) : one;
    const answer = await send('/api/entries', { ...JSON_TYPE, 'content-encoding': encoding }, body);
    expect(answer.status).toBe(status);
    if (status === 415)
      expect(answer.body).toMatchObject({ code: 'body_encoded', detail: expect.stringContaining('压缩') });
  });
});

describe('a question that cannot be answered', () => {
  it.each([
    ['metrics/values?period=0000', 'period_not_readable', 'period'],
    ['indicators/values?period=0000-Q1', 'period_not_readable', 'period'],
    ['targets?period=0000', 'period_not_readable', 'period'],
    ['metrics/values?period=2024-05&by=quarter', 'grain_too_coarse', 'by'],
    ['indicators/values?period=2024-Q1&by=half', 'grain_too_coarse', 'by'],
    ['values/entries?period=2024&key=registry.recruited&limit=0x10', 'parameter_not_readable', 'limit'],
    ['values/entries?period=2024&key=registry.recruited&limit=1e2', 'parameter_not_readable', 'limit'],
    ['values/entries?period=2024&key=registry.unheard', 'key_unknown', 'key'],
    ['metrics/values?period=2024&keys=registry.unheard', 'key_unknown', 'keys'],
  ])('%s is refused by its name', async (path, code, field) => {
    expect(await application.get(`/api/${path}`)).toMatchObject({
      status: 422,
      body: { code, field, title: 'Unprocessable Entity' },
    });
  });
});

describe('a misspelt field', () => {
  it('beside the list of entries is refused, and nothing is logged', async () => {
    const one = entry();
    const answer = await application.post('/api/entries', { entries: [one], atomc: true });
    expect(answer).toMatchObject({ status: 422, body: { code: 'field_unknown', field: 'atomc' } });
    expect(await isLogged(one.id)).toBe(false);
  });

  it('of a reversal is refused', async () => {
    const one = entry();
    await application.post('/api/entries', one);
    const reversal = { id: entry().id, justification: '有误', replacment: entry() };
    expect(await application.post(`/api/entries/${one.id}/reversal`, reversal)).toMatchObject({
      status: 422,
      body: { code: 'field_unknown', field: 'replacment' },
    });
  });
});

it.each(['月报 13800138000', '11010519491231002X'])('a token is not named with a personal number: %s', async (name) => {
  const token = { permissions: ['entries.write'], days: 30 };
  const make = (body: object) => send('/api/tokens', JSON_TYPE, JSON.stringify(body));
  expect(await make({ name, ...token })).toMatchObject({
    status: 422,
    body: { code: 'personal_number', field: 'name', detail: expect.stringMatching(/手机号/) },
  });
  expect(await make({ name: '月报', ...token })).toMatchObject({ status: 201 });
});

it('a request that never ends does not hold the shutdown', async () => {
  const other = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
  const { port, host } = new URL(other.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    `POST /api/entries HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
  );
  // The server has it once it answers what came after.
  await other.get('/health/live');
  const closed = once(socket, 'close');
  await other.close();
  await closed;
}, 15_000);

it('what people wrote does not come into the log when a statement fails', async () => {
  const written: string[] = [];
  const channels = [process.stdout, process.stderr].map((channel) =>
    jest.spyOn(channel, 'write').mockImplementation((piece) => written.push(String(piece)) > 0),
  );
  try {
    const broken = await createTestDatabase();
    await createSmallRegistry(broken.source);
    const beside = await HttpApplication.start({ databaseUrl: broken.url }, { worker: false });
    const owner = new Client(broken.ownerUrl);
    await owner.connect();
    await owner.query(`alter table entry_note add check (note !~ '考虑')`).finally(() => owner.end());
    expect((await beside.post('/api/entries', entry({ note: '她说想再考虑一下' }))).status).toBe(500);
    await beside.close();
    await broken.drop();
  } finally {
    for (const channel of channels) channel.mockRestore();
  }
  expect(written.join('')).toMatch(/entry_note[^]*code: 23514[^]*query: insert into/);
  expect(written.join('')).not.toContain('考虑一下');
});
