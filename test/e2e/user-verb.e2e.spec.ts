import { signIn } from '../../libs/accounts/sign-in';
import { buildPrograms, killPrograms, ledger, type Ended } from '../support/program';
import { createSmallRegistry } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

let database: TestDatabase;

beforeAll(async () => {
  await buildPrograms();
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
}, 180_000);

afterAll(async () => {
  await killPrograms();
  await database?.drop();
});

function user(...args: string[]): Promise<Ended> {
  return ledger({ DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl }, 'user', ...args);
}

function enters(name: string, password: string): Promise<string> {
  return signIn(database.source, { name, password, address: null }, false).then(
    () => 'in',
    (error: { code: string }) => error.code,
  );
}

describe('the verb user', () => {
  it('makes accounts, and whoever has the one-time password comes in', async () => {
    const made = await user('add', 'Wang.Fang', '--role', 'clerk', '--org', 'A', '--display-name', '王芳');
    expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('一次性密码') });
    expect(made.stdout).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}\n$/);
    expect(await enters('wang.fang', made.stdout.trim())).toBe('in');
    expect((await user('list')).stdout).toMatch(/wang\.fang +王芳 +clerk +A +待改密码/);
  });

  it('disables, lets in again, resets and unlocks', async () => {
    expect((await user('disable', 'wang.fang')).stderr).toContain('wang.fang 已停用');
    expect((await user('list')).stdout).toContain('已停用');
    expect((await user('enable', 'wang.fang')).code).toBe(0);
    for (let time = 0; time < 6; time += 1) await enters('wang.fang', 'x');
    expect(await enters('wang.fang', 'x')).toBe('sign_in_locked');
    expect((await user('unlock', 'wang.fang')).code).toBe(0);
    expect(await enters('wang.fang', 'x')).toBe('sign_in_refused');
    const { stdout } = await user('reset', 'wang.fang');
    expect(await enters('wang.fang', stdout.trim())).toBe('in');
    const acts = await database.source.query(`select distinct act from audit_act where actor = 'cli' order by act`);
    expect(acts.map(({ act }: { act: string }) => act)).toEqual([
      'account.change',
      'account.create',
      'account.reset',
      'account.unlock',
    ]);
  });

  it.each([
    ['a name that nobody has', ['reset', 'nobody'], /没有这个账号/],
    ['a name that is taken', ['add', 'wang.fang', '--role', 'clerk'], /已经有人用了/],
    ['an unknown role', ['add', 'li.na', '--role', 'king'], /角色应是其中之一/],
    ['an unknown org', ['add', 'li.na', '--role', 'clerk', '--org', 'X'], /没有.*机构/],
  ])('stops with a sentence at %s', async (_, args, pattern) => {
    const { code, stdout, stderr } = await user(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(pattern);
  });
});
