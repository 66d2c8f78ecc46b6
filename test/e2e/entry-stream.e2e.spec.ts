import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { HttpApplication } from '../support/http-application';
import { createSmallRegistry, entry } from '../support/small-registry';
import { bearer, makeAccount, tokenOf } from '../support/signed-in';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

let database: TestDatabase;
let application: HttpApplication;
let headers: Record<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  headers = { ...(await bearer(database.source, 'clerk')), 'content-type': 'application/x-ndjson' };
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
}, 60_000);

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

interface Answer {
  readonly line: number;
  readonly status: string;
  readonly problem?: { readonly code: string; readonly detail: string; readonly line?: number };
}

function open(shown = headers) {
  const asked = request(`${application.url}/api/entries`, { method: 'POST', headers: shown });
  const response = once(asked, 'response') as Promise<[IncomingMessage]>;
  return { asked, response };
}

async function stream(text: string | Buffer): Promise<{ answers: Answer[]; total: Record<string, unknown> }> {
  const { asked, response } = open();
  asked.end(text);
  const lines: string[] = [];
  for await (const line of createInterface({ input: (await response)[0] })) lines.push(line);
  const all = lines.map((line) => JSON.parse(line));
  return { answers: all.slice(0, -1), total: all.at(-1) };
}

async function storedCount(): Promise<number> {
  const [row] = await database.source.query('select count(*)::int as count from entry');
  return row.count;
}

const lineOf = (one: unknown) => `${JSON.stringify(one)}\n`;

describe('a stream of entries', () => {
  it('is answered line by line, and at the end with what it came to', async () => {
    const one = entry();

    const { answers, total } = await stream(lineOf(one) + lineOf(entry({ org: 'X' })) + JSON.stringify(one));

    expect(answers.map(({ line, status }) => [line, status])).toEqual([
      [1, 'created'],
      [2, 'refused'],
      [3, 'unchanged'],
    ]);
    expect(answers[1]?.problem?.code).toBe('org_unknown');
    expect(total).toEqual({ created: 1, unchanged: 1, refused: 1 });
  });

  it('names a broken line by its line, and takes the others', async () => {
    const { answers, total } = await stream(
      Buffer.concat([
        Buffer.from(`\uFEFF${lineOf(entry())}{"id":\n\n`),
        Buffer.from([0x22, 0xff, 0xfe, 0x22, 0x0a]),
        Buffer.from(lineOf(entry())),
      ]),
    );

    expect(answers.map(({ line, status, problem }) => [line, status, problem?.code, problem?.line])).toEqual([
      [1, 'created', undefined, undefined],
      [2, 'refused', 'line_not_readable', 2],
      [4, 'refused', 'line_not_readable', 4],
      [5, 'created', undefined, undefined],
    ]);
    expect(answers[1]?.problem?.detail).toContain('第 2 行');
    expect(total).toEqual({ created: 2, unchanged: 0, refused: 2 });
  });

  it('refuses a line of more than 64 KiB without holding it, and takes the others', async () => {
    const { answers } = await stream(
      lineOf(entry({ note: 'x'.repeat(64 * 1024) })) + lineOf('y'.repeat(9_000_000)) + lineOf(entry()),
    );

    expect(answers.map(({ line, status, problem }) => [line, status, problem?.code])).toEqual([
      [1, 'refused', 'line_too_long'],
      [2, 'refused', 'line_too_long'],
      [3, 'created', undefined],
    ]);
  });

  it('answers a line before the next is sent', async () => {
    const { asked, response } = open();
    asked.write(lineOf(entry()));
    const answered = createInterface({ input: (await response)[0] })[Symbol.asyncIterator]();
    expect(JSON.parse((await answered.next()).value)).toMatchObject({ line: 1, status: 'created' });

    asked.end(lineOf(entry()));

    expect(JSON.parse((await answered.next()).value)).toMatchObject({ line: 2, status: 'created' });
    expect(JSON.parse((await answered.next()).value)).toEqual({ created: 2, unchanged: 0, refused: 0 });
  });

  it.each([
    ['whose token is revoked', 'update access_token set revoked_at = now() where account_id = $1'],
    ['whose account is disabled', 'update account set disabled_at = now() where id = $1'],
  ])('%s meanwhile takes no further line, and says so', async (_, end) => {
    const account = await makeAccount(database.source, 'clerk');
    const { asked, response } = open({
      ...headers,
      authorization: `Bearer ${await tokenOf(database.source, account)}`,
    });
    asked.on('error', () => undefined);
    asked.write(lineOf(entry()));
    const answered = createInterface({ input: (await response)[0] })[Symbol.asyncIterator]();
    expect(JSON.parse((await answered.next()).value)).toMatchObject({ line: 1, status: 'created' });
    const before = await storedCount();

    await database.source.query(end, [account.id]);
    asked.end(lineOf(entry()));

    expect(JSON.parse((await answered.next()).value)).toMatchObject({
      created: 1,
      problem: { code: 'sign_in_needed' },
    });
    expect(await storedCount()).toBe(before);
  });

  it('that breaks off keeps what was answered, and nothing of a half line', async () => {
    const before = await storedCount();
    const { asked, response } = open();
    asked.on('error', () => undefined);
    asked.write(lineOf(entry()));
    const [answer] = await response;
    answer.on('error', () => undefined);
    await once(answer, 'data');
    const half = entry();
    asked.write(JSON.stringify(half));
    const closed = new Promise((resolve) => answer.once('close', resolve));
    asked.destroy();
    await closed;

    const again = await stream(lineOf(half));

    expect(again.total).toEqual({ created: 1, unchanged: 0, refused: 0 });
    expect(await storedCount()).toBe(before + 2);
  });

  it('of 100,000 entries is taken in bounded memory', async () => {
    const before = await storedCount();
    const { asked, response } = open();
    const rows = function* () {
      for (let block = 0; block < 1_000; block += 1) {
        yield Array.from({ length: 100 }, () => lineOf(entry())).join('');
      }
    };
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
    const resting = process.memoryUsage().rss;
    Readable.from(rows(), { highWaterMark: 4 }).pipe(asked);
    let answers = 0;
    let last = '';
    for await (const line of createInterface({ input: (await response)[0] })) {
      answers += 1;
      last = line;
    }
    clearInterval(watch);

    expect(JSON.parse(last)).toEqual({ created: 100_000, unchanged: 0, refused: 0 });
    expect(answers).toBe(100_001);
    expect(await storedCount()).toBe(before + 100_000);
    expect(peak - resting).toBeLessThan(300_000_000);
  });

  it('is refused elsewhere, and without a sign-in', async () => {
    const other = await application.ask('/api/session', { method: 'POST', headers, body: lineOf(entry()) });
    expect(other.status).toBe(415);
    headers = { ...headers, authorization: 'Bearer none' };
    const { asked, response } = open();
    asked.end(lineOf(entry()));
    expect((await response)[0].statusCode).toBe(401);
  });
});
