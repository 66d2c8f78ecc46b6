import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import {
  changeAccount,
  createAccount,
  listAccounts,
  resetAccount,
  theAccount,
  unlockAccount,
} from '../../libs/accounts/accounts';
import { foldName } from '../../libs/accounts/account-name';
import { machineOwner } from '../../libs/accounts/machine-owner';
import type { Principal } from '../../libs/accounts/principal';
import { ROLES } from '../../libs/accounts/roles';
import { theRegistry } from './office';
import { asTable } from './table';

/** Runs an act of the machine's owner on the office's database. */
export type Run = (act: (source: DataSource, owner: Principal) => Promise<void>) => Promise<void>;

const HEAD = ['账号名', '姓名', '角色', '机构', '两步验证', '状态'];
const ROLE_LIST = ROLES.map(({ code, label }) => `${code}（${label.zh}）`).join('、');

/** The accounts, for whoever has the machine: also when no administrator can sign in any more. */
export function addUserVerbs(program: Command, run: Run): void {
  const user = program.command('user').description('账号  accounts');
  user
    .command('list')
    .description('列出账号  list the accounts')
    .action(() =>
      run(async (source, owner) => {
        const accounts = await listAccounts(source.manager, owner);
        const rows = accounts.map(({ name, displayName, role, org, totp, disabledAt, mustChangePassword }) => {
          const state = disabledAt ? '已停用' : mustChangePassword ? '待改密码' : '';
          return [name, displayName, role, org, totp ? '已开启' : '', state];
        });
        process.stdout.write(asTable(HEAD, rows));
      }),
    );
  user
    .command('add <name>')
    .description('新建账号，打印一次性密码  make an account and print its one-time password')
    .requiredOption('--role <role>', ROLE_LIST)
    .option('--org <code>', '机构代码，缺省为资料库  code of the org, the registry unless said')
    .option('--display-name <text>', '姓名或岗位  the name to show')
    .action((name: string, { role, org, displayName }: { role: string; org?: string; displayName?: string }) =>
      run(async (source, owner) => {
        const input = { name, role, org: org ?? owner.org, displayName };
        const made = await source.transaction((manager) => createAccount(manager, owner, input));
        printPassword(made.account.name, made.oneTimePassword);
      }),
    );
  user
    .command('disable <name>')
    .description('停用账号，立即退出  disable an account and end its sessions')
    .action((name: string) =>
      act(run, name, (source, owner, id) => disable(source, owner, id), '已停用', 'is disabled'),
    );
  user
    .command('enable <name>')
    .description('恢复停用的账号  let a disabled account in again')
    .action((name: string) => act(run, name, (source, owner, id) => enable(source, owner, id), '已恢复', 'is enabled'));
  user
    .command('reset <name>')
    .description('重置密码和两步验证，打印一次性密码  print a new one-time password and take the second factor off')
    .action((name: string) =>
      run(async (source, owner) => {
        const { id, name: found } = await theAccount(source.manager, owner, { name: foldName(name) });
        printPassword(found, await source.transaction((manager) => resetAccount(manager, owner, id)));
      }),
    );
  user
    .command('unlock <name>')
    .description('解除登录锁定  let a locked account try again at once')
    .action((name: string) =>
      act(run, name, (source, owner, id) => unlock(source, owner, id), '已解锁', 'is unlocked'),
    );
}

function disable(source: DataSource, owner: Principal, id: string): Promise<unknown> {
  return source.transaction((manager) => changeAccount(manager, owner, id, { disabled: true }));
}

function enable(source: DataSource, owner: Principal, id: string): Promise<unknown> {
  return source.transaction((manager) => changeAccount(manager, owner, id, { disabled: false }));
}

function unlock(source: DataSource, owner: Principal, id: string): Promise<unknown> {
  return source.transaction((manager) => unlockAccount(manager, owner, id));
}

function act(
  run: Run,
  name: string,
  work: (source: DataSource, owner: Principal, id: string) => Promise<unknown>,
  zh: string,
  en: string,
): Promise<void> {
  return run(async (source, owner) => {
    const account = await theAccount(source.manager, owner, { name: foldName(name) });
    await work(source, owner, account.id);
    process.stderr.write(`${account.name} ${zh}。 ${account.name} ${en}.\n`);
  });
}

function printPassword(name: string, oneTimePassword: string): void {
  process.stderr.write(
    `${name} 的一次性密码（首次登录须修改） One-time password, to be changed at the first sign-in:\n`,
  );
  process.stdout.write(`${oneTimePassword}\n`);
}

/** The machine's owner, of the registry that the database holds. @throws {DomainError} while it holds none */
export async function ownerOf(source: DataSource): Promise<Principal> {
  return machineOwner(source.manager, (await theRegistry(source)).registryId);
}
