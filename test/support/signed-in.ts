import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { tokenPermissions } from '../../libs/accounts/access-tokens';
import { insertAccessToken } from '../../libs/accounts/access-tokens.queries';
import { findRootOrg, insertAccount, insertAccountSecret } from '../../libs/accounts/accounts.queries';
import type { Permission, RoleCode } from '../../libs/accounts/roles';
import { noteTotpStep } from '../../libs/accounts/second-factor.queries';
import { makeToken } from '../../libs/accounts/secret-token';
import { beginSession } from '../../libs/accounts/sessions';

export interface TestAccount {
  readonly registryId: number;
  readonly id: string;
  readonly name: string;
  readonly role: RoleCode;
}

/** An account that nothing is asked of first; without a password unless a hash of one is given. */
export async function makeAccount(
  source: DataSource,
  role: RoleCode,
  of: { org?: string; registryId?: number; name?: string; passwordHash?: string | null } = {},
): Promise<TestAccount> {
  const { org, registryId = 1, passwordHash = null } = of;
  const id = randomUUID();
  const name = of.name ?? `${role}.${id.slice(0, 8)}`;
  const root = org ?? (await findRootOrg(source.manager, registryId)) ?? '';
  const account = { registryId, id, name, displayName: name, role, org: root, demonstration: false, createdBy: 'test' };
  await insertAccount(source.manager, account);
  await insertAccountSecret(source.manager, { registryId, accountId: id, passwordHash }, false);
  // An administrator's second factor counts as enrolled.
  if (role === 'administrator') await noteTotpStep(source.manager, registryId, id, 0);
  return { registryId, id, name, role };
}

/** A personal token of the account, for all that it may do unless said. */
export async function tokenOf(
  source: DataSource,
  { registryId, id: accountId, role }: TestAccount,
  permissions: readonly Permission[] = tokenPermissions(role),
): Promise<string> {
  const { token, hash } = makeToken(registryId);
  const made = { registryId, id: randomUUID(), hash, accountId, name: 'test', permissions, days: 1 };
  await insertAccessToken(source.manager, made);
  return token;
}

/** What a program of an account of this role shows. */
export async function bearer(
  source: DataSource,
  role: RoleCode,
  of: { org?: string; registryId?: number } = {},
): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${await tokenOf(source, await makeAccount(source, role, of))}` };
}

/** What a page shows in which the account is signed in. */
export async function pageOf(
  source: DataSource,
  account: TestAccount,
): Promise<{ cookie: string; 'x-marrow-ledger': string }> {
  return { cookie: `marrow=${await beginSession(source.manager, account, null)}`, 'x-marrow-ledger': 'page' };
}
