import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { isUuid } from '../core/uuid';
import { readAccountName, readSignOnName } from './account-name';
import {
  findAccount,
  findAccounts,
  insertAccount,
  insertAccountSecret,
  lockAdministrators,
  setPasswordHash,
  setSignOnName,
  updateAccount,
  type AccountRow,
} from './accounts.queries';
import { actOf } from './act-of';
import { revokeAccessTokensOf } from './access-tokens.queries';
import { recordAct } from './audit';
import { unlock } from './lock-out';
import { hashPassword } from './password';
import { orgWithin, type Principal } from './principal';
import { ROLE_CODES, ROLES, type RoleCode } from './roles';
import { removeSecondFactor } from './second-factor';
import { readableSecret } from './secret-token';
import { endSessionsOf } from './sessions';

/** What is said of an account, each field as it came in. */
export interface AccountInput {
  readonly name?: unknown;
  readonly displayName?: unknown;
  readonly role?: unknown;
  readonly org?: unknown;
}

export interface AccountChange {
  readonly displayName?: unknown;
  readonly role?: unknown;
  readonly org?: unknown;
  readonly disabled?: unknown;
  /** A name that the sign-on provider may let them in by; null or an empty text for none. */
  readonly signOnName?: unknown;
}

/** Those of the caller's subtree. */
export function listAccounts(manager: EntityManager, { registryId, orgs }: Principal): Promise<AccountRow[]> {
  return findAccounts(manager, registryId, [...orgs]);
}

/** @throws {DomainError} when there is none of that id, or name, in the caller's subtree */
export async function theAccount(
  manager: EntityManager,
  { registryId, orgs }: Principal,
  by: { readonly id: string } | { readonly name: string },
): Promise<AccountRow> {
  const sought = 'name' in by || isUuid(by.id);
  const account = sought ? await findAccount(manager, registryId, by) : undefined;
  if (account && orgs.has(account.org)) return account;
  throw new DomainError('account_unknown', { zh: '没有这个账号。', en: 'There is no such account.' });
}

/**
 * Makes an account with a password that is good once: the first sign-in has to change it.
 *
 * @returns the password, which is never shown again
 * @throws {DomainError} when a field cannot be used, or the name is taken
 */
export async function createAccount(
  manager: EntityManager,
  principal: Principal,
  input: AccountInput,
): Promise<{ account: AccountRow; oneTimePassword: string }> {
  const { registryId, name: createdBy } = principal;
  const name = readAccountName(input.name);
  const role = readRole(input.role);
  const org = orgWithin(principal, readText('org', input.org));
  const displayName = readDisplayName(input.displayName ?? name);
  const oneTimePassword = readableSecret();
  const id = randomUUID();
  const passwordHash = await hashPassword(oneTimePassword);
  await addAccount(manager, { registryId, id, name, displayName, role, org, demonstration: false, createdBy });
  await insertAccountSecret(manager, { registryId, accountId: id, passwordHash }, true);
  await recordAct(manager, actOf(principal, 'account.create', id, { name, role, org }));
  return { account: await theAccount(manager, principal, { id }), oneTimePassword };
}

/** @throws {DomainError} when the name is taken */
export async function addAccount(manager: EntityManager, account: Parameters<typeof insertAccount>[1]): Promise<void> {
  if (await insertAccount(manager, account)) return;
  throw new DomainError(
    'account_name_taken',
    { zh: `账号名“${account.name}”已经有人用了。`, en: `The name "${account.name}" is taken.` },
    { field: 'name' },
  );
}

/**
 * Changes what is given. Of an account that is disabled, or has another role, org or sign-on name, the sessions end at
 * once: what a session was begun by may not be enough for what the account may now do.
 *
 * @throws {DomainError} when a field cannot be used, or no administrator of the whole registry would be left
 */
export async function changeAccount(
  manager: EntityManager,
  principal: Principal,
  id: string,
  change: AccountChange,
): Promise<AccountRow> {
  const { registryId } = principal;
  const administrators = await lockAdministrators(manager, registryId);
  const before = await theAccount(manager, principal, { id });
  refusePublished(before);
  const to = {
    displayName: change.displayName === undefined ? before.displayName : readDisplayName(change.displayName),
    role: change.role === undefined ? before.role : readRole(change.role),
    org: change.org === undefined ? before.org : orgWithin(principal, readText('org', change.org)),
    disabled: change.disabled === undefined ? before.disabledAt !== null : readBoolean('disabled', change.disabled),
  };
  const signOnName = change.signOnName === undefined ? before.signOnName : readSignOnName(change.signOnName);
  const otherName = signOnName !== before.signOnName;
  if (otherName || to.role !== before.role) refuseOwn(principal, before);
  const kept = to.role === 'administrator' && to.org === before.org && !to.disabled;
  const last = administrators.filter(({ active, root }) => active && root);
  if (!kept && last.length === 1 && last[0]?.id === before.id) {
    throw new DomainError('last_administrator', {
      zh: '这是最后一个能管理整个资料库的账号，不能停用或改作他用。请先增加另一个管理员。',
      en: 'This is the last administrator of the whole registry and stays so. Add another one first.',
    });
  }
  await updateAccount(manager, registryId, before.id, to);
  if (otherName && !(await setSignOnName(manager, registryId, before.id, signOnName))) throw signOnNameTaken();
  const otherReach = to.role !== before.role || to.org !== before.org;
  if (to.disabled || otherName || otherReach) await endSessionsOf(manager, { registryId, id: before.id });
  await recordAct(manager, actOf(principal, 'account.change', before.id, { name: before.name, ...to, signOnName }));
  return theAccount(manager, principal, { id });
}

/**
 * A new one-time password instead of the old one; the second factor is taken off, sessions and tokens end, the lock is
 * lifted.
 *
 * @returns the password, which is never shown again
 */
export async function resetAccount(manager: EntityManager, principal: Principal, id: string): Promise<string> {
  const { registryId } = principal;
  const account = await theAccount(manager, principal, { id });
  refuseOwn(principal, account);
  refusePublished(account);
  const oneTimePassword = readableSecret();
  const passwordHash = await hashPassword(oneTimePassword);
  await setPasswordHash(manager, { registryId, accountId: account.id, passwordHash }, true);
  await removeSecondFactor(manager, { registryId, id: account.id });
  await endSessionsOf(manager, { registryId, id: account.id });
  await revokeAccessTokensOf(manager, registryId, account.id);
  await unlock(manager, registryId, account.name);
  await recordAct(manager, actOf(principal, 'account.reset', account.id, { name: account.name }));
  return oneTimePassword;
}

/** Lets an account that was locked out try again at once. */
export async function unlockAccount(manager: EntityManager, principal: Principal, id: string): Promise<void> {
  const account = await theAccount(manager, principal, { id });
  await unlock(manager, principal.registryId, account.name);
  await recordAct(manager, actOf(principal, 'account.unlock', account.id, { name: account.name }));
}

/** What everybody signs in with stays as it is. @throws {DomainError} when the account is a demonstration's */
export function refusePublished(account: { readonly demonstration: boolean } | undefined): void {
  if (!account?.demonstration) return;
  throw new DomainError('demonstration_account', {
    zh: '演示账号人人共用，不能修改。要试一试，请另建一个账号。',
    en: 'A demonstration account is shared by all and stays as it is. Create another account to try this.',
  });
}

/** Whoever finds an open page must not make its account their own. */
function refuseOwn({ accountId }: Principal, { id }: AccountRow): void {
  if (id !== accountId) return;
  throw new DomainError('own_account', {
    zh: '自己的账号不能自己重置，也不能改自己的角色和统一身份认证用户名。请找另一个管理员，或在服务器上用命令行重置。',
    en: 'Nobody resets their own account, or changes its role or sign-on name. Ask another administrator, or use the command line.',
  });
}

function signOnNameTaken(): DomainError {
  return new DomainError(
    'account_name_taken',
    {
      zh: '这个统一身份认证用户名已经登记在另一个账号上。',
      en: 'This name at the sign-on provider is that of another account.',
    },
    { field: 'signOnName' },
  );
}

function readRole(role: unknown): RoleCode {
  const code = ROLE_CODES.find((one) => one === role);
  if (code) return code;
  const list = ROLES.map((one) => `${one.code}（${one.label.zh}）`).join('、');
  throw wrong('role', `角色应是其中之一：${list}。`, `The role is one of ${ROLE_CODES.join(', ')}.`);
}

export function readDisplayName(text: unknown): string {
  const name = typeof text === 'string' ? text.trim() : '';
  if (name !== '' && name.length <= 60) return name;
  throw wrong('displayName', '姓名或岗位为 1 到 60 个字。', 'The name to show has 1 to 60 characters.');
}

function readText(field: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(field, `请填写“${field}”。`, `"${field}" is needed.`);
}

function readBoolean(field: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw wrong(field, `“${field}”应是 true 或 false。`, `"${field}" is true or false.`);
}

function wrong(field: string, zh: string, en: string): DomainError {
  return new DomainError('field_not_readable', { zh, en }, { field });
}
