import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { listAccessTokens, makeAccessToken, revokeToken } from '../../libs/accounts/access-tokens';
import { Callers, type Caller } from '../../libs/accounts/authenticate';
import { changeAccount, resetAccount } from '../../libs/accounts/accounts';
import { machineOwner } from '../../libs/accounts/machine-owner';
import { changePassword } from '../../libs/accounts/own-account';
import { hashPassword } from '../../libs/accounts/password';
import type { Principal } from '../../libs/accounts/principal';
import { beginSession } from '../../libs/accounts/sessions';
import type { RoleCode } from '../../libs/accounts/roles';
import { createSmallRegistry } from '../support/small-registry';
import { makeAccount } from '../support/signed-in';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  source = database.source;
  await createSmallRegistry(source);
});

afterAll(() => database?.drop());

async function principalOf(role: RoleCode): Promise<Principal> {
  const token = await beginSession(source.manager, await makeAccount(source, role, { org: 'A' }), null);
  const caller = await new Callers(source, false).authenticate({ token, via: 'session', address: null, active: true });
  if (!caller) throw new Error('nobody is signed in');
  return caller.principal;
}

/** The application itself prolongs no token. */
async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

function make(principal: Principal, input: object = {}): Promise<{ id: string; token: string }> {
  const whole = { name: '月报程序', permissions: ['entries.write'], days: 30, ...input };
  return source.transaction((manager) => makeAccessToken(manager, principal, whole));
}

function callerBy(token: string): Promise<Caller | undefined> {
  return new Callers(source, false).authenticate({ token, via: 'token', address: null, active: true });
}

describe('a personal token', () => {
  it('does in its maker’s name what it was made for, and no more', async () => {
    const clerk = await principalOf('clerk');
    const { token } = await make(clerk);
    const caller = await callerBy(token);
    expect(caller?.principal).toMatchObject({ accountId: clerk.accountId, name: clerk.name, org: 'A', via: 'token' });
    expect([...(caller?.principal.permissions ?? [])].sort()).toEqual(['account.read', 'entries.write']);
  });

  it('stands in the database as a hash alone, and says when it was used', async () => {
    const clerk = await principalOf('clerk');
    const { id, token } = await make(clerk);
    expect(JSON.stringify(await source.query('select * from access_token'))).not.toContain(token.split('.')[1]);
    const list = () => source.transaction((manager) => listAccessTokens(manager, clerk));
    expect(await list()).toMatchObject([{ id, name: '月报程序', usedAt: null, revokedAt: null }]);
    await callerBy(token);
    expect(await list()).toMatchObject([{ id, usedAt: expect.any(Date) }]);
  });

  it('is its own maker’s also among many that are shown at once', async () => {
    const [one, other] = [await principalOf('clerk'), await principalOf('auditor')];
    const tokens = await Promise.all([make(one), make(other, { permissions: ['entries.read'] }), make(one)]);
    await source.transaction((manager) => revokeToken(manager, one, tokens[2].id));
    const callers = new Callers(source, false);
    const shown = [...tokens, ...tokens, ...tokens].map(({ token }) => token);
    const found = await Promise.all(
      shown.map((token) => callers.authenticate({ token, via: 'token', address: null, active: true })),
    );
    const names = [one.name, other.name, undefined];
    expect(found.map((caller) => caller?.principal.name)).toEqual([...names, ...names, ...names]);
  });

  it('is no session, nor a session a token', async () => {
    const clerk = await principalOf('clerk');
    const { token } = await make(clerk);
    expect(
      await new Callers(source, false).authenticate({ token, via: 'session', address: null, active: true }),
    ).toBeUndefined();
    const account = { registryId: 1, id: clerk.accountId ?? '' };
    expect(await callerBy(await beginSession(source.manager, account, null))).toBeUndefined();
    for (const nothing of ['', '1.', token.slice(1), `2${token.slice(1)}`, `${token}x`, '1.' + 'A'.repeat(43)]) {
      expect(await callerBy(nothing)).toBeUndefined();
    }
  });

  it('ends on its last day, when it is revoked, and with its account', async () => {
    const clerk = await principalOf('clerk');
    const [late, revoked, orphan] = [await make(clerk), await make(clerk), await make(clerk)];
    await source.transaction((manager) => revokeToken(manager, clerk, revoked.id));
    expect(await callerBy(revoked.token)).toBeUndefined();
    expect(await callerBy(late.token)).toBeDefined();
    await asOwner(`update access_token set ends_at = now() where id = '${late.id}'`);
    expect(await callerBy(late.token)).toBeUndefined();

    const owner = await machineOwner(source.manager, 1);
    await source.transaction((manager) => changeAccount(manager, owner, clerk.accountId ?? '', { disabled: true }));
    expect(await callerBy(orphan.token)).toBeUndefined();
  });

  it('ends when the password of its account is reset or changed', async () => {
    const owner = await machineOwner(source.manager, 1);
    const clerk = await principalOf('clerk');
    const reset = await make(clerk);
    await source.transaction((manager) => resetAccount(manager, owner, clerk.accountId ?? ''));
    expect(await callerBy(reset.token)).toBeUndefined();

    const account = await makeAccount(source, 'clerk', { passwordHash: await hashPassword('correct horse 雪山') });
    const caller = { ...clerk, accountId: account.id, name: account.name };
    const changed = await make(caller);
    await changePassword(source, caller, { current: 'correct horse 雪山', password: '七里香 与 长桌 之间' }, undefined);
    expect(await callerBy(changed.token)).toBeUndefined();
  });

  it('of an administrator needs the second factor, also where the sign-on provider vouched for them once', async () => {
    const administrator = await principalOf('administrator');
    const { token } = await make(administrator, { permissions: ['backups.read'] });
    expect(await callerBy(token)).toMatchObject({ pending: null });
    await asOwner(
      `update account set sign_on_name = 'x', sign_on_issuer = 'https://sso', sign_on_subject = 'x'
        where id = '${administrator.accountId}'`,
    );
    await asOwner(`update account_secret set totp_confirmed_at = null where account_id = '${administrator.accountId}'`);
    expect(await callerBy(token)).toMatchObject({ pending: 'second_factor' });
  });

  it('loses with its account’s role what the new role may not', async () => {
    const clerk = await principalOf('clerk');
    const { token } = await make(clerk, { permissions: ['entries.write', 'entries.read'] });
    const owner = await machineOwner(source.manager, 1);
    await source.transaction((manager) => changeAccount(manager, owner, clerk.accountId ?? '', { role: 'auditor' }));
    const caller = await callerBy(token);
    expect([...(caller?.principal.permissions ?? [])].sort()).toEqual(['account.read', 'entries.read']);
  });

  it.each<[string, object, string, RoleCode?]>([
    ['without a name', { name: ' ' }, 'name'],
    ['without an end', { days: undefined }, 'days'],
    ['for longer than a year', { days: 367 }, 'days'],
    ['for nothing', { permissions: [] }, 'permissions'],
    ['for what the role may not', { permissions: ['entries.write', 'months.close'] }, 'permissions'],
    ['that makes tokens', { permissions: ['tokens.own'] }, 'permissions'],
    ['that keeps the password', { permissions: ['account.own'] }, 'permissions'],
    ['that keeps accounts', { permissions: ['accounts.manage'] }, 'permissions', 'administrator'],
  ])('is not made %s', async (_, input, field, role = 'clerk') => {
    await expect(make(await principalOf(role), input)).rejects.toMatchObject({ details: { field } });
  });

  it('of somebody else is not there to be revoked', async () => {
    const { id } = await make(await principalOf('clerk'));
    const other = await principalOf('clerk');
    await expect(source.transaction((manager) => revokeToken(manager, other, id))).rejects.toMatchObject({
      code: 'token_unknown',
    });
  });
});
