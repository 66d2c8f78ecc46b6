import { generateSync } from 'otplib';
import type { DataSource } from 'typeorm';
import { Callers, type Caller } from '../../libs/accounts/authenticate';
import { changeAccount, createAccount, resetAccount } from '../../libs/accounts/accounts';
import { machineOwner } from '../../libs/accounts/machine-owner';
import {
  changePassword,
  confirmOwnSecondFactor,
  enrolOwnSecondFactor,
  removeOwnSecondFactor,
} from '../../libs/accounts/own-account';
import { checkPassword, hashPassword } from '../../libs/accounts/password';
import type { Principal } from '../../libs/accounts/principal';
import { beginSession, endSessionsOf } from '../../libs/accounts/sessions';
import { signIn } from '../../libs/accounts/sign-in';
import { createSmallRegistry } from '../support/small-registry';
import { makeAccount, type TestAccount } from '../support/signed-in';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const PASSWORD = 'correct horse 雪山';
const HERE = '192.0.2.7';

let database: TestDatabase;
let source: DataSource;
let passwordHash: string;
let owner: Principal;

beforeAll(async () => {
  database = await createTestDatabase();
  source = database.source;
  await createSmallRegistry(source);
  passwordHash = await hashPassword(PASSWORD);
  owner = await machineOwner(source.manager, 1);
});

afterAll(() => database?.drop());

function clerk(): Promise<TestAccount> {
  return makeAccount(source, 'clerk', { org: 'A', passwordHash });
}

function entering(name: string, password = PASSWORD, code?: string, address: string | null = HERE): Promise<string> {
  return signIn(source, { name, password, code, address }, false);
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'in',
    (error: { code?: string }) => error.code ?? String(error),
  );
}

async function callerBy(token: string): Promise<Caller | undefined> {
  return new Callers(source, false).authenticate({ token, via: 'session', address: HERE, active: true });
}

async function principalBy(token: string): Promise<Principal> {
  const caller = await callerBy(token);
  if (!caller) throw new Error('nobody is signed in');
  return caller.principal;
}

/** Lets time pass for what is stored. */
async function age(table: string, columns: readonly string[], interval: string): Promise<void> {
  const set = columns.map((column) => `${column} = ${column} - interval '${interval}'`).join(', ');
  await source.query(`update ${table} set ${set}`);
}

describe('a password', () => {
  const account = { name: 'zhang.wei', role: 'clerk' } as const;

  it.each([
    ['short', 'k7#mQ2!xz', 'password_too_short'],
    ['on every list', '1qaz2wsx3edc', 'password_too_common'],
    ['common, with a year behind it', 'password2024', 'password_too_common'],
    ['a Chinese favourite', 'woaini1314520', 'password_too_common'],
    ['of two favourites', 'woaini5201314', 'password_too_common'],
    ['one word over and over', 'foobarfoobar', 'password_too_common'],
    ['of few characters', '1111111222', 'password_too_common'],
    ['of the account’s name', 'xx-Zhang.Wei-88', 'password_holds_name'],
    ['endless', 'aB3#'.repeat(40), 'password_too_long'],
  ])('that is %s is refused', (_, password, code) => {
    expect(() => checkPassword(password, account)).toThrow(expect.objectContaining({ code }));
  });

  it('of a few words is taken, and an administrator needs two characters more', () => {
    const password = '青山 桌子 七号楼下';
    expect(checkPassword(password, account)).toBe(password);
    const asked = () => checkPassword(password, { ...account, role: 'administrator' });
    expect(asked).toThrow(expect.objectContaining({ code: 'password_too_short' }));
  });
});

describe('who signs in', () => {
  it('gets a session that knows who they are and how far they reach', async () => {
    const { name, id } = await clerk();
    const caller = await callerBy(await entering(name.toUpperCase()));
    expect(caller).toMatchObject({
      pending: null,
      principal: { accountId: id, name, role: 'clerk', org: 'A', via: 'session' },
    });
    expect([...(caller?.principal.orgs ?? [])].sort()).toEqual(['A', 'A1']);
  });

  it('leaves neither password nor token in the database', async () => {
    const { name } = await clerk();
    const token = await entering(name);
    const rows = await source.query('select * from session s join account_secret using (registry_id, account_id)');
    expect(JSON.stringify(rows)).not.toContain(token.split('.')[1]);
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('is refused alike by a wrong password, an unknown name and a disabled account', async () => {
    const disabled = await clerk();
    await source.transaction((manager) => changeAccount(manager, owner, disabled.id, { disabled: true }));
    const known = await clerk();
    expect(await codeOf(entering(known.name, 'wrong password'))).toBe('sign_in_refused');
    expect(await codeOf(entering('nobody.at.all'))).toBe('sign_in_refused');
    expect(await codeOf(entering(disabled.name))).toBe('sign_in_refused');
  });

  it('waits as long for an unknown name as for a known one', async () => {
    const { name } = await clerk();
    const timesOf = async (tried: string): Promise<number> => {
      const begun = performance.now();
      for (let time = 0; time < 4; time += 1) await codeOf(entering(tried, 'wrong password', undefined, null));
      return performance.now() - begun;
    };
    await timesOf('warm.up');
    const [known, unknown] = [await timesOf(name), await timesOf('never.heard')];
    expect(Math.min(known, unknown) / Math.max(known, unknown)).toBeGreaterThan(0.4);
  });

  it('names the registry where two know the name', async () => {
    await source.query(`insert into registry values (2, '邻省', 'Next Province', '2023-01-01', false)`);
    await source.query(`insert into org values (2, 'Q', null, 'registry', '邻省', 'Next Province')`);
    const { name } = await clerk();
    expect(await codeOf(entering(name))).toBe('in');
    await makeAccount(source, 'clerk', { registryId: 2, name, passwordHash });
    expect(await codeOf(entering(name))).toBe('sign_in_ambiguous');
    expect((await principalBy(await entering(`${name}@q`))).registryId).toBe(2);
    expect((await principalBy(await entering(`${name}@P`))).registryId).toBe(1);
    expect(await codeOf(entering(`${name}@elsewhere`))).toBe('sign_in_refused');
  });
});

describe('a session', () => {
  it('ends when nothing is done in it, and at its longest', async () => {
    const { name } = await clerk();
    const idle = await entering(name);
    await age('session', ['seen_at'], '29 minutes');
    expect(await callerBy(idle)).toBeDefined();
    // That was doing something.
    await age('session', ['seen_at'], '29 minutes');
    expect(await callerBy(idle)).toBeDefined();
    await age('session', ['seen_at'], '31 minutes');
    expect(await callerBy(idle)).toBeUndefined();

    const long = await entering(name);
    await age('session', ['ends_at'], '12 hours 1 second');
    expect(await callerBy(long)).toBeUndefined();
  });

  it('is not kept awake by what a page asks by itself', async () => {
    const token = await entering((await clerk()).name);
    await age('session', ['seen_at'], '20 minutes');
    await new Callers(source, false).authenticate({ token, via: 'session', address: HERE, active: false });
    await age('session', ['seen_at'], '11 minutes');
    expect(await callerBy(token)).toBeUndefined();
  });

  it('is noted as in use once a minute at most', async () => {
    const token = await entering((await clerk()).name);
    const seen = async () => (await source.query('select max(seen_at)::text as at from session'))[0].at;
    const before = await seen();
    await callerBy(token);
    await callerBy(token);
    expect(await seen()).toBe(before);
  });

  it('ends at once with all others of the account, when it is disabled or its password is set anew', async () => {
    const account = await clerk();
    const [one, other] = [await entering(account.name), await entering(account.name)];
    expect(await endSessionsOf(source.manager, account)).toBe(2);
    expect([await callerBy(one), await callerBy(other)]).toEqual([undefined, undefined]);

    const third = await entering(account.name);
    await source.transaction((manager) => changeAccount(manager, owner, account.id, { disabled: true }));
    expect(await callerBy(third)).toBeUndefined();

    const second = await clerk();
    const fourth = await entering(second.name);
    await source.transaction((manager) => resetAccount(manager, owner, second.id));
    expect(await callerBy(fourth)).toBeUndefined();
  });
});

describe('a name that is tried too often', () => {
  /** In seconds, by now. */
  const waitOf = async (name: string): Promise<number> => {
    expect(await codeOf(entering(name))).toBe('sign_in_locked');
    const [{ seconds }] = await source.query(
      `select (15 * round(extract(epoch from locked_until - now()) / 15))::int as seconds from sign_in_attempt
        where registry_id = 1 and subject = $1`,
      [`account ${name}`],
    );
    return seconds;
  };

  it('has to wait, longer each time, whether anybody has it or not, and then may try again', async () => {
    const { name } = await clerk();
    for (const tried of [name, 'guessed.name']) {
      const codes: string[] = [];
      for (let time = 0; time < 6; time += 1)
        codes.push(await codeOf(entering(tried, 'wrong password', undefined, null)));
      expect(codes).toEqual([...Array(5).fill('sign_in_refused'), 'sign_in_locked']);
    }
    // The right password does not help meanwhile, nor is the attempt counted.
    expect(await waitOf(name)).toBe(15);
    await age('sign_in_attempt', ['locked_until', 'tried_at'], '16 seconds');
    expect(await codeOf(entering(name, 'wrong password'))).toBe('sign_in_refused');
    expect(await waitOf(name)).toBe(30);
    await age('sign_in_attempt', ['locked_until', 'tried_at'], '31 seconds');
    expect(await codeOf(entering(name))).toBe('in');
    expect(await codeOf(entering(name, 'wrong password'))).toBe('sign_in_refused');
  });

  it('counts attempts that are made at the same time', async () => {
    const { name } = await clerk();
    const tries = Array.from({ length: 12 }, () => codeOf(entering(name, 'wrong password', undefined, null)));
    const codes = await Promise.all(tries);
    expect(codes.filter((code) => code === 'sign_in_refused')).toHaveLength(5);
  });

  it('also holds for an address that tries many names', async () => {
    const from = '198.51.100.9';
    for (let time = 0; time < 30; time += 1) await codeOf(entering(`name${time}`, 'x', undefined, from));
    expect(await codeOf(entering((await clerk()).name, PASSWORD, undefined, from))).toBe('sign_in_locked');
    expect(await codeOf(entering((await clerk()).name, PASSWORD, undefined, '198.51.100.10'))).toBe('in');
  });

  it('is forgiven one each quarter of an hour: in an office somebody types wrongly every day', async () => {
    const from = '198.51.100.12';
    for (let time = 0; time < 30; time += 1) await codeOf(entering(`early${time}`, 'x', undefined, from));
    expect(await codeOf(entering('early', 'x', undefined, from))).toBe('sign_in_locked');
    await age('sign_in_attempt', ['locked_until', 'tried_at'], '5 hours');
    const later: string[] = [];
    for (let time = 0; time < 22; time += 1) later.push(await codeOf(entering(`late${time}`, 'x', undefined, from)));
    // Of 30 there were 20 forgiven: the twentieth after that is the last one.
    expect(later).toEqual([...Array(20).fill('sign_in_refused'), ...Array(2).fill('sign_in_locked')]);
  });

  it('does not hold for an address at which many are asked for their second factor', async () => {
    const from = '198.51.100.11';
    for (let person = 0; person < 8; person += 1) {
      const { name } = await makeAccount(source, 'administrator', { passwordHash });
      for (let time = 0; time < 4; time += 1) {
        expect(await codeOf(entering(name, PASSWORD, undefined, from))).toBe('second_factor_needed');
      }
    }
    expect(await codeOf(entering((await clerk()).name, PASSWORD, undefined, from))).toBe('in');
  });
});

describe('a new account', () => {
  it('has a password that is good once: nothing else may be done before it is changed', async () => {
    const { account, oneTimePassword } = await source.transaction((manager) =>
      createAccount(manager, owner, { name: '王芳', role: 'reviewer', org: 'B' }),
    );
    expect(account).toMatchObject({ name: '王芳', mustChangePassword: true, createdBy: 'cli' });
    const token = await entering('王芳', oneTimePassword);
    const before = await callerBy(token);
    expect(before).toMatchObject({ pending: 'password' });
    expect([...(before?.principal.permissions ?? [])].sort()).toEqual(['account.own', 'account.read']);

    const principal = await principalBy(token);
    const input = { current: oneTimePassword, password: '七里香 与 长桌 之间' };
    expect(await codeOf(changePassword(source, principal, { ...input, current: 'wrong' }, token))).toBe(
      'password_wrong',
    );
    expect(await codeOf(changePassword(source, principal, { ...input, password: '1234567890' }, token))).toBe(
      'password_too_common',
    );
    const elsewhere = await entering('王芳', oneTimePassword);
    await changePassword(source, principal, input, token);
    expect(await callerBy(token)).toMatchObject({ pending: null });
    expect(await callerBy(elsewhere)).toBeUndefined();
    expect(await codeOf(entering('王芳', oneTimePassword))).toBe('sign_in_refused');
  });

  it.each([
    ['a name that is taken', { name: '王芳', role: 'clerk', org: 'A' }, 'account_name_taken'],
    ['a name with a registry', { name: 'li@hn', role: 'clerk', org: 'A' }, 'account_name_not_readable'],
    ['an unknown role', { name: 'li.na', role: 'king', org: 'A' }, 'field_not_readable'],
    ['an unknown org', { name: 'li.na', role: 'clerk', org: 'X' }, 'org_unknown'],
  ])('with %s is refused', async (_, input, code) => {
    expect(await codeOf(source.transaction((manager) => createAccount(manager, owner, input)))).toBe(code);
  });
});

describe('an administrator', () => {
  it('neither resets their own account nor changes its role or sign-on name', async () => {
    await makeAccount(source, 'administrator');
    const account = await makeAccount(source, 'administrator');
    const principal = await principalBy(await beginSession(source.manager, account, HERE));
    const change = (to: object) => source.transaction((manager) => changeAccount(manager, principal, account.id, to));
    expect(await codeOf(change({ role: 'clerk' }))).toBe('own_account');
    expect(await codeOf(change({ signOnName: 'mine.at.the.provider' }))).toBe('own_account');
    expect(await codeOf(source.transaction((manager) => resetAccount(manager, principal, account.id)))).toBe(
      'own_account',
    );
    expect(await codeOf(change({ displayName: '李娜', role: 'administrator', signOnName: null }))).toBe('in');
  });
});

describe('a second factor', () => {
  /** A code of another step each time: a step is taken once. */
  const codeAt = (secret: string, steps: number) =>
    generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + 30 * steps });

  it('is in force once its first code is confirmed; each code and each recovery code is good once', async () => {
    const { name } = await clerk();
    const first = await entering(name);
    const principal = await principalBy(first);
    const { secret, uri } = await enrolOwnSecondFactor(source, principal);
    expect(uri).toMatch(/^otpauth:\/\/totp\//);
    expect(await codeOf(entering(name))).toBe('in');
    expect(await codeOf(confirmOwnSecondFactor(source, principal, '000000'))).toBe('second_factor_refused');
    const now = codeAt(secret, 0);
    const codes = await confirmOwnSecondFactor(source, principal, now);
    expect(codes).toHaveLength(10);

    expect(await codeOf(entering(name))).toBe('second_factor_needed');
    expect(await codeOf(entering(name, PASSWORD, now))).toBe('second_factor_refused');
    expect(await codeOf(entering(name, PASSWORD, codeAt(secret, 1)))).toBe('in');
    expect(await codeOf(entering(name, PASSWORD, codes[0]?.toUpperCase()))).toBe('in');
    expect(await codeOf(entering(name, PASSWORD, codes[0]))).toBe('second_factor_refused');
    expect(await codeOf(enrolOwnSecondFactor(source, principal))).toBe('second_factor_in_force');

    expect(await codeOf(removeOwnSecondFactor(source, principal, 'wrong'))).toBe('password_wrong');
    await removeOwnSecondFactor(source, principal, PASSWORD);
    expect(await codeOf(entering(name))).toBe('in');
  });

  it('is not guessed: codes count as attempts, also when the password alone is sent between them', async () => {
    const { name } = await clerk();
    const principal = await principalBy(await entering(name));
    const { secret } = await enrolOwnSecondFactor(source, principal);
    await confirmOwnSecondFactor(source, principal, codeAt(secret, 0));
    const codes: string[] = [];
    for (const code of ['000000', undefined, '000001', undefined, '000002', undefined]) {
      codes.push(await codeOf(entering(name, PASSWORD, code)));
    }
    expect(codes.at(-1)).toBe('sign_in_locked');
  });

  it('is what an administrator has to begin with', async () => {
    const { oneTimePassword } = await source.transaction((manager) =>
      createAccount(manager, owner, { name: 'guanli', role: 'administrator', org: 'P' }),
    );
    const token = await entering('guanli', oneTimePassword);
    const principal = await principalBy(token);
    await changePassword(source, principal, { current: oneTimePassword, password: '松屏 长桥 半夏 七月 初' }, token);
    expect(await callerBy(token)).toMatchObject({ pending: 'second_factor' });
    const { secret } = await enrolOwnSecondFactor(source, principal);
    await confirmOwnSecondFactor(source, principal, codeAt(secret, 0));
    const caller = await callerBy(token);
    expect(caller?.pending).toBeNull();
    expect(caller?.principal.permissions.has('accounts.manage')).toBe(true);
  });
});
