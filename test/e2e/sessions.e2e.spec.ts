import { changeAccount } from '../../libs/accounts/accounts';
import { findAccount } from '../../libs/accounts/accounts.queries';
import { DEMONSTRATION_ACCOUNTS, ensureDemonstrationAccounts } from '../../libs/accounts/demonstration-accounts';
import { unlock } from '../../libs/accounts/lock-out';
import { machineOwner } from '../../libs/accounts/machine-owner';
import { hashPassword } from '../../libs/accounts/password';
import { HttpApplication, NOBODY, type Answer } from '../support/http-application';
import { createSmallRegistry, entry } from '../support/small-registry';
import { bearer, makeAccount, pageOf, tokenOf } from '../support/signed-in';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const PASSWORD = '青山 桌子 七号楼下';
const PAGE = { 'x-marrow-ledger': 'page' };

let database: TestDatabase;
let application: HttpApplication;
let passwordHash: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await ensureDemonstrationAccounts(database.source, 1, { root: 'P', city: 'A' });
  passwordHash = await hashPassword(PASSWORD);
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
}, 60_000);

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

function enter(
  name: string,
  password = PASSWORD,
  headers: Record<string, string> = {},
  at = application,
): Promise<Answer> {
  return at.post('/api/session', { name, password }, { ...NOBODY, ...headers });
}

function cookieOf({ headers }: Answer): string {
  return headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function statusFor(cookie: string): Promise<number> {
  return (await application.get('/api/status', { cookie })).status;
}

describe('a browser', () => {
  it('is signed in by a cookie that no script reads and no other site sends, until it signs out', async () => {
    const { name } = await makeAccount(database.source, 'clerk', { org: 'A', passwordHash });
    const answer = await enter(name);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toMatch(/^marrow=1\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const cookie = cookieOf(answer);
    expect((await application.get('/api/session', { cookie })).body).toMatchObject({
      ...{ name, org: 'A', via: 'session', pending: null, totp: false },
      role: { code: 'clerk', label: { zh: '登记员' } },
      permissions: expect.arrayContaining(['entries.write', 'account.own']),
    });
    const out = await application.ask('/api/session', { method: 'DELETE', headers: { cookie, ...PAGE } });
    expect(out.headers.get('set-cookie')).toMatch(/^marrow=; .*Max-Age=0$/);
    expect(await statusFor(cookie)).toBe(401);
  });

  it('gets another session each time, and the one before ends', async () => {
    const { name } = await makeAccount(database.source, 'clerk', { passwordHash });
    const first = cookieOf(await enter(name));
    const second = cookieOf(await enter(name, PASSWORD, { cookie: first }));
    expect([await statusFor(first), await statusFor(second)]).toEqual([401, 200]);
  });

  it('signs out everywhere, its programs too', async () => {
    const account = await makeAccount(database.source, 'clerk', { passwordHash });
    const { name } = account;
    const program = { authorization: `Bearer ${await tokenOf(database.source, account)}` };
    expect((await application.get('/api/session', program)).status).toBe(200);
    const cookies = [cookieOf(await enter(name)), cookieOf(await enter(name))];
    await application.ask('/api/session/all', { method: 'DELETE', headers: { cookie: cookies[0] ?? '', ...PAGE } });
    expect(await Promise.all(cookies.map(statusFor))).toEqual([401, 401]);
    expect((await application.get('/api/session', program)).status).toBe(401);
  });

  it('is out at once when its account is disabled', async () => {
    const account = await makeAccount(database.source, 'clerk', { passwordHash });
    const cookie = cookieOf(await enter(account.name));
    expect(await statusFor(cookie)).toBe(200);
    const owner = await machineOwner(database.source.manager, 1);
    await database.source.transaction((manager) => changeAccount(manager, owner, account.id, { disabled: true }));
    expect(await statusFor(cookie)).toBe(401);
  });

  it('that tries too often is told how long to wait, and so are administrators', async () => {
    const { name } = await makeAccount(database.source, 'clerk');
    for (let time = 0; time < 5; time += 1) await enter(name, 'x');
    const lockedUntil = async () => (await findAccount(database.source.manager, 1, { name }))?.lockedUntil;
    const answer = await enter(name, 'x');
    expect(answer).toMatchObject({ status: 429, body: { code: 'sign_in_locked' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await lockedUntil())?.getTime()).toBeGreaterThan(Date.now());
    await unlock(database.source.manager, 1, name);
    expect(await lockedUntil()).toBeNull();
  });
});

describe('a page of another site', () => {
  it('changes nothing by the cookie of who is signed in here', async () => {
    const shown = await pageOf(database.source, await makeAccount(database.source, 'clerk'));
    const one = entry();
    const { cookie } = shown;
    const form = await application.post('/api/entries', one, { cookie });
    expect(form).toMatchObject({ status: 403, body: { code: 'page_header_missing' } });
    for (const origin of ['https://example.org', 'null']) {
      const foreign = await application.post('/api/entries', one, { ...shown, origin });
      expect(foreign).toMatchObject({ status: 403, body: { code: 'origin_foreign' } });
    }
    expect((await application.get(`/api/entries/${one.id}`)).status).toBe(404);
    expect((await application.post('/api/entries', one, { ...shown, origin: application.url })).status).toBe(201);
  });

  it('signs nobody in', async () => {
    const { name } = await makeAccount(database.source, 'clerk', { passwordHash });
    expect((await enter(name, PASSWORD, { origin: 'https://example.org' })).body.code).toBe('origin_foreign');
  });

  it('is no matter to a program with a token of its own', async () => {
    const shown = { ...(await bearer(database.source, 'clerk')), origin: 'https://example.org' };
    expect((await application.post('/api/entries', entry(), shown)).status).toBe(201);
  });
});

describe('every answer', () => {
  it.each([
    ...[
      '/api/status',
      '/api/nothing',
      '/api/%zz',
      `/api/entries/${'1'.repeat(200)}`,
      '/api/worklists/%C0',
      '/health/live',
    ],
  ])('of %s tells browsers to run nothing else', async (path) => {
    const { headers } = await application.get(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`default-src 'self'`);
    expect(policy).toContain(`script-src 'self';`);
    expect(policy).toContain(`frame-ancestors 'none'`);
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('cache-control')).toBe(path.startsWith('/api/') ? 'no-store' : null);
  });
});

it('an address that asks too often for what anybody may ask has to wait', async () => {
  const codes: string[] = [];
  for (let time = 0; time < 61; time += 1) codes.push((await application.post('/api/setup', {}, NOBODY)).body.code);
  expect(codes.indexOf('too_many_requests')).toBe(60);
  const answer = await application.post('/api/setup', {}, NOBODY);
  expect(answer).toMatchObject({ status: 429, type: expect.stringMatching(/^application\/problem\+json/) });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});

describe('behind a proxy', () => {
  const forwarded = {
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'ledger.example',
    'x-forwarded-for': '203.0.113.8',
  };

  it('that is configured, the cookie is bound to TLS and to the name that the browser knows', async () => {
    const trustedProxies = ['127.0.0.1'];
    const proxied = await HttpApplication.start({ databaseUrl: database.url }, { worker: false, trustedProxies });
    try {
      const { name } = await makeAccount(database.source, 'clerk', { passwordHash });
      const answer = await enter(name, PASSWORD, { ...forwarded, origin: 'https://ledger.example' }, proxied);
      const cookie = answer.headers.get('set-cookie');
      expect(cookie).toMatch(/^__Host-marrow=1\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
      const [{ address }] = await database.source.query('select address from session order by created_at desc limit 1');
      expect(address).toBe('203.0.113.8');
      expect((await proxied.get('/api/status', { ...forwarded, cookie: cookieOf(answer) })).status).toBe(200);
      expect((await proxied.get('/api/status', { cookie: cookieOf(answer) })).status).toBe(401);
    } finally {
      await proxied.close();
    }
  });

  it('that is not, nobody’s word is taken', async () => {
    const { name } = await makeAccount(database.source, 'clerk', { passwordHash });
    const answer = await enter(name, PASSWORD, forwarded);
    expect(answer.headers.get('set-cookie')).toMatch(/^marrow=/);
    const [{ address }] = await database.source.query('select address from session order by created_at desc limit 1');
    expect(address).toBe('127.0.0.1');
  });
});

describe('the accounts of a demonstration', () => {
  const [first] = DEMONSTRATION_ACCOUNTS;

  it('are neither shown nor let in where somebody else keeps the database', async () => {
    expect((await application.get('/api/session/demonstration', NOBODY)).body).toEqual({ accounts: [] });
    expect((await enter(first?.name ?? '', first?.password)).body.code).toBe('sign_in_refused');
  });

  it('are shown with their passwords on a demonstration, come in there, and stay as they are', async () => {
    const published = await HttpApplication.start({ databaseUrl: database.url }, { worker: false, published: true });
    try {
      const { body } = await published.get('/api/session/demonstration', NOBODY);
      expect(body.accounts.map(({ role }: { role: { code: string } }) => role.code)).toHaveLength(5);
      for (const { name, password } of body.accounts) {
        const cookie = cookieOf(await enter(name, password, {}, published));
        expect((await published.get('/api/session', { cookie })).body).toMatchObject({
          demonstration: true,
          pending: null,
        });
        const change = { current: password, password: PASSWORD };
        const answer = await published.post('/api/session/password', change, { cookie, ...PAGE });
        expect(answer).toMatchObject({ status: 409, body: { code: 'demonstration_account' } });
        // The same database under another program's roof.
        expect((await application.get('/api/session', { cookie })).status).toBe(204);
      }
    } finally {
      await published.close();
    }
  });
});
