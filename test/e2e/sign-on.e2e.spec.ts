import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { changeAccount } from '../../libs/accounts/accounts';
import { machineOwner } from '../../libs/accounts/machine-owner';
import type { RoleCode } from '../../libs/accounts/roles';
import { HttpApplication, NOBODY } from '../support/http-application';
import { OpenidProvider, type Person, type Wrongs } from '../support/openid-provider';
import { createSmallRegistry } from '../support/small-registry';
import { makeAccount, type TestAccount } from '../support/signed-in';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let provider: OpenidProvider;
/** Two processes of one office: a browser may meet either. */
let one: HttpApplication;
let other: HttpApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  provider = await OpenidProvider.start();
  const signOn = { issuer: provider.issuer, ...provider.client, publicUrl: 'http://127.0.0.1:3000' };
  one = await HttpApplication.start({ databaseUrl: database.url }, { worker: false, signOn });
  other = await HttpApplication.start({ databaseUrl: database.url }, { worker: false, signOn });
}, 60_000);

afterAll(async () => {
  await one?.close();
  await other?.close();
  await provider?.close();
  await database?.drop();
});

/** An account that the provider may let in by this name. */
async function awaited(role: RoleCode = 'clerk', at = ''): Promise<TestAccount & { signOnName: string }> {
  const account = await makeAccount(database.source, role);
  const signOnName = `sso.${account.name}${at}`;
  await change(account, { signOnName: signOnName.toUpperCase() });
  return { ...account, signOnName };
}

async function change(account: TestAccount, to: Parameters<typeof changeAccount>[3]): Promise<void> {
  const owner = await machineOwner(database.source.manager, 1);
  await database.source.transaction((manager) => changeAccount(manager, owner, account.id, to));
}

async function begin(at = one): Promise<{ address: string; cookie: string }> {
  const { status, headers } = await at.ask('/api/session/oidc', { headers: NOBODY, redirect: 'manual' });
  expect(status).toBe(302);
  expect(headers.get('set-cookie')).toMatch(/^marrow-sign-on=0\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  return { address: headers.get('location') ?? '', cookie: cookieIn(headers, 'marrow-sign-on') ?? '' };
}

/** Comes back from the provider. @returns where the browser is sent, and with which session */
async function comeBack(path: string, cookie: string, at = other): Promise<{ to: string; session?: string }> {
  const { headers } = await at.ask(path, { headers: { ...NOBODY, cookie }, redirect: 'manual' });
  return { to: headers.get('location') ?? '', session: cookieIn(headers, 'marrow') };
}

function cookieIn(headers: Headers, name: string): string | undefined {
  return headers
    .getSetCookie()
    .find((one) => one.startsWith(`${name}=`) && !one.includes('Max-Age=0'))
    ?.split(';')[0];
}

async function enter(person: Person, wrongs?: Wrongs): Promise<{ to: string; session?: string }> {
  const { address, cookie } = await begin();
  return comeBack(provider.agree(address, person, wrongs), cookie);
}

/** Said of an account's last act by sign-on. */
async function lastAct(): Promise<{ actor: string; result: string; detail: Record<string, unknown> }> {
  const [act] = await database.source.query(
    `select actor, result, detail from audit_act where act = 'session.begin' order by seq desc limit 1`,
  );
  return act;
}

function person(account: { signOnName: string }, claims: Record<string, unknown> = {}): Person {
  return { sub: randomUUID(), preferred_username: account.signOnName, ...claims };
}

describe('who signs in at the office’s provider', () => {
  it('comes in by the account that an administrator named them for, with a session like any other', async () => {
    const account = await awaited();
    const me = person(account);
    const { to, session = '' } = await enter(me);
    expect(to).toBe('/');
    const { body } = await one.get('/api/session', { cookie: session });
    expect(body).toMatchObject({ name: account.name, via: 'session', pending: null });
    expect(await lastAct()).toEqual({ actor: account.name, result: 'done', detail: { by: 'oidc', bound: me.sub } });
    expect((await one.get('/api/setup', NOBODY)).body).toEqual({ need: 'administrator', signOn: true });
  });

  it('is known from then on by the provider’s identifier alone, whatever name either has', async () => {
    const account = await awaited();
    const me = person(account);
    await enter(me);
    expect((await enter({ sub: me.sub, preferred_username: 'married.name' })).to).toBe('/');
    expect((await enter({ sub: me.sub })).to).toBe('/');
    // Somebody to whom the provider gave the name afterwards.
    expect(await enter(person(account))).toEqual({ to: '/#sign-on=unknown' });
  });

  it('comes in by a mail address that the provider has checked, and by none that it has not', async () => {
    const email = (await awaited('clerk', '@example.org')).signOnName;
    expect(await enter({ sub: randomUUID(), email })).toEqual({ to: '/#sign-on=unknown' });
    expect(await enter({ sub: randomUUID(), email, email_verified: false })).toEqual({ to: '/#sign-on=unknown' });
    expect((await enter({ sub: randomUUID(), email, email_verified: true })).to).toBe('/');
  });

  it('comes in by no mail address that they chose as their user name', async () => {
    const email = (await awaited('clerk', '@example.org')).signOnName;
    for (const preferred_username of [email, email.toUpperCase(), email.replace('@', '＠')]) {
      const to = await enter({ sub: randomUUID(), preferred_username, email, email_verified: false });
      expect(to).toEqual({ to: '/#sign-on=unknown' });
    }
    const checked = { preferred_username: 'another@example.org', email, email_verified: true };
    expect((await enter({ sub: randomUUID(), ...checked })).to).toBe('/');
  });

  it('comes in also where the provider says names at its userinfo address alone', async () => {
    expect((await enter(person(await awaited()), { sayLittle: true })).to).toBe('/');
  });

  it('is not asked for the one-time password that they never use', async () => {
    const account = await awaited();
    await asOwner(`update account_secret set must_change_password = true where account_id = '${account.id}'`);
    const { session = '' } = await enter(person(account));
    expect((await one.get('/api/session', { cookie: session })).body.pending).toBeNull();
  });

  it('has no account made, and is told so, and the audit log too', async () => {
    const before = await database.source.query('select count(*) from account');
    const nobody = { sub: randomUUID(), preferred_username: 'somebody.else' };
    expect(await enter(nobody)).toEqual({ to: '/#sign-on=unknown' });
    expect(await database.source.query('select count(*) from account')).toEqual(before);
    const detail = { by: 'oidc', reason: 'unknown', subject: nobody.sub };
    expect(await lastAct()).toEqual({ actor: 'oidc', result: 'refused', detail });
  });

  it('does not come in by an account of that very name which nobody has opened to the provider', async () => {
    const { name } = await makeAccount(database.source, 'clerk');
    expect(await enter({ sub: randomUUID(), preferred_username: name })).toEqual({ to: '/#sign-on=unknown' });
  });

  it('is refused when the account is disabled, at the first time and later', async () => {
    const [never, before] = [await awaited(), await awaited()];
    const me = person(before);
    const { session = '' } = await enter(me);
    for (const account of [never, before]) await change(account, { disabled: true });
    expect(await enter(person(never))).toEqual({ to: '/#sign-on=disabled' });
    expect(await enter(me)).toEqual({ to: '/#sign-on=disabled' });
    expect(await lastAct()).toMatchObject({ actor: before.name, result: 'refused', detail: { reason: 'disabled' } });
    expect((await one.get('/api/session', { cookie: session })).status).toBe(204);
  });

  it('as an administrator has shown the provider more than one factor', async () => {
    const account = await awaited('administrator');
    const me = person(account);
    expect(await enter(me)).toEqual({ to: '/#sign-on=factor' });
    expect(await enter({ ...me, amr: ['pwd'] })).toEqual({ to: '/#sign-on=factor' });
    const { session = '' } = await enter({ ...me, amr: ['pwd', 'mfa'] });
    expect((await one.get('/api/accounts', { cookie: session })).status).toBe(200);
  });

  it.each([
    ['role', { role: 'administrator' }],
    ['org', { org: 'A' }],
  ])('signs in anew once they have another %s: what was enough before may not be now', async (_, to) => {
    const account = await awaited();
    const me = person(account);
    const { session = '' } = await enter(me);
    await change(account, { displayName: '新名字' });
    expect((await one.get('/api/session', { cookie: session })).status).toBe(200);
    await change(account, to);
    expect((await one.get('/api/session', { cookie: session })).status).toBe(204);
  });

  it('is out, and let in by nothing, once the administrator takes the name away; and anew by another', async () => {
    const account = await awaited();
    const me = person(account);
    const { session = '' } = await enter(me);
    await change(account, { signOnName: null });
    expect((await one.get('/api/session', { cookie: session })).status).toBe(204);
    expect(await enter(me)).toEqual({ to: '/#sign-on=unknown' });
    await change(account, { signOnName: account.signOnName });
    expect((await enter(person(account))).to).toBe('/');
  });

  it('cannot be two accounts', async () => {
    const [account, another] = [await awaited(), await makeAccount(database.source, 'clerk')];
    await expect(change(another, { signOnName: account.signOnName })).rejects.toMatchObject({
      code: 'account_name_taken',
      details: { field: 'signOnName' },
    });
  });
});

describe('a sign-on that is not as it was begun', () => {
  it.each<[string, Wrongs]>([
    ['of another nonce', { claims: { nonce: 'of another browser' } }],
    ['of no nonce', { claims: { nonce: undefined } }],
    ['for another program', { claims: { aud: 'another' } }],
    ['for this program and another, issued to that one', { claims: { aud: ['ledger', 'another'], azp: 'another' } }],
    ['of another provider', { claims: { iss: 'http://127.0.0.1:1/other' } }],
    ['that has run out', { claims: { exp: 1_700_000_000, iat: 1_699_999_000 } }],
    ['signed by another key', { forged: true }],
    ['signed by nobody', { unsigned: true }],
  ])('by a token %s lets nobody in', async (_, wrongs) => {
    const account = await awaited();
    expect(await enter(person(account), wrongs)).toEqual({ to: '/#sign-on=provider' });
    expect((await enter(person(account))).to).toBe('/');
  });

  it('by another state, a code that has run out, or a refusal at the provider, lets nobody in', async () => {
    const account = await awaited();
    const first = await begin();
    const wrongState = provider.agree(first.address, person(account)).replace(/state=[^&]+/, 'state=guessed');
    expect(await comeBack(wrongState, first.cookie)).toEqual({ to: '/#sign-on=provider' });

    const second = await begin();
    const late = provider.agree(second.address, person(account));
    provider.forgetCodes();
    expect(await comeBack(late, second.cookie)).toEqual({ to: '/#sign-on=provider' });

    const third = await begin();
    const state = new URL(third.address).searchParams.get('state');
    const refused = `/api/session/oidc/callback?error=access_denied&state=${state}`;
    expect(await comeBack(refused, third.cookie)).toEqual({ to: '/#sign-on=provider' });
  });

  it('is finished by the browser that began it, once, and in time', async () => {
    const account = await awaited();
    const mine = await begin();
    const path = provider.agree(mine.address, person(account));
    for (const cookie of ['', 'marrow-sign-on=x', `marrow-sign-on=0.${'A'.repeat(43)}`]) {
      expect(await comeBack(path, cookie)).toEqual({ to: '/#sign-on=attempt' });
    }
    // A browser that began another is led here with what is not its own.
    expect(await comeBack(path, (await begin()).cookie)).toEqual({ to: '/#sign-on=provider' });
    expect((await comeBack(path, mine.cookie)).to).toBe('/');
    expect(await comeBack(path, mine.cookie)).toEqual({ to: '/#sign-on=attempt' });

    const slow = await begin();
    await asOwner(`update sign_on_attempt set ends_at = now()`);
    expect(await comeBack(provider.agree(slow.address, person(account)), slow.cookie)).toEqual({
      to: '/#sign-on=attempt',
    });
  });
});

it('an office without a provider has none of it', async () => {
  const without = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
  try {
    expect((await without.get('/api/setup', NOBODY)).body.signOn).toBe(false);
    for (const path of ['/api/session/oidc', '/api/session/oidc/callback?code=x&state=y']) {
      expect(await without.get(path, NOBODY)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
  } finally {
    await without.close();
  }
});

it('a provider that does not answer is no end: passwords go on, and it is asked again', async () => {
  const signOn = { issuer: 'http://127.0.0.1:9/none', ...provider.client, publicUrl: 'http://127.0.0.1:3000' };
  const lonely = await HttpApplication.start({ databaseUrl: database.url }, { worker: false, signOn });
  try {
    for (let time = 0; time < 2; time += 1) {
      const answer = await lonely.ask('/api/session/oidc', { headers: NOBODY, redirect: 'manual' });
      expect(answer.headers.get('location')).toBe('/#sign-on=provider');
    }
    expect((await lonely.get('/health/ready')).status).toBe(200);
  } finally {
    await lonely.close();
  }
});

async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
