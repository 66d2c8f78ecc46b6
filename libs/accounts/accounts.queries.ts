import type { EntityManager } from 'typeorm';
import type { RoleCode } from './roles';
import { SUBJECT_OF_ACCOUNT } from './sign-in.queries';

/** An account as administrators see it. */
export interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly role: RoleCode;
  readonly org: string;
  readonly demonstration: boolean;
  readonly mustChangePassword: boolean;
  readonly totp: boolean;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly disabledAt: Date | null;
  /** Until when nobody is let try its password. */
  readonly lockedUntil: Date | null;
  /** By which the sign-on provider may let them in. */
  readonly signOnName: string | null;
  /** Whether they have come in by it, so that the provider's own identifier of them counts and the name no more. */
  readonly signedOn: boolean;
}

const SHOWN = `a.id, a.name, a.display_name as "displayName", a.role, a.org, a.demonstration,
  s.must_change_password as "mustChangePassword", s.totp_confirmed_at is not null as totp,
  a.created_at as "createdAt", a.created_by as "createdBy", a.disabled_at as "disabledAt",
  a.sign_on_name as "signOnName", a.sign_on_subject is not null as "signedOn",
  t.locked_until as "lockedUntil"
  from account a join account_secret s on s.registry_id = a.registry_id and s.account_id = a.id
    left join sign_in_attempt t on t.registry_id = a.registry_id and t.subject = ${SUBJECT_OF_ACCOUNT}
      and t.locked_until > now()`;

export async function findAccounts(
  manager: EntityManager,
  registryId: number,
  orgs: readonly string[],
): Promise<AccountRow[]> {
  return manager.query(`select ${SHOWN} where a.registry_id = $1 and a.org = any ($2) order by a.name`, [
    registryId,
    orgs,
  ]);
}

export async function findAccount(
  manager: EntityManager,
  registryId: number,
  by: { readonly id: string } | { readonly name: string },
): Promise<AccountRow | undefined> {
  const [account] =
    'id' in by
      ? await manager.query(`select ${SHOWN} where a.registry_id = $1 and a.id = $2`, [registryId, by.id])
      : await manager.query(`select ${SHOWN} where a.registry_id = $1 and a.name = $2`, [registryId, by.name]);
  return account;
}

export interface NewAccount {
  readonly registryId: number;
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly role: RoleCode;
  readonly org: string;
  readonly demonstration: boolean;
  readonly createdBy: string;
}

/** @returns false when the name is taken */
export async function insertAccount(manager: EntityManager, account: NewAccount): Promise<boolean> {
  const { registryId, id, name, displayName, role, org, demonstration, createdBy } = account;
  const rows = await manager.query(
    `insert into account (registry_id, id, name, display_name, role, org, demonstration, created_by)
      values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (registry_id, name) do nothing returning id`,
    [registryId, id, name, displayName, role, org, demonstration, createdBy],
  );
  return rows.length > 0;
}

export async function insertAccountSecret(
  manager: EntityManager,
  secret: { readonly registryId: number; readonly accountId: string; readonly passwordHash: string | null },
  mustChangePassword: boolean,
): Promise<void> {
  await manager.query(
    `insert into account_secret (registry_id, account_id, password_hash, must_change_password)
      values ($1, $2, $3, $4)`,
    [secret.registryId, secret.accountId, secret.passwordHash, mustChangePassword],
  );
}

export async function setPasswordHash(
  manager: EntityManager,
  secret: { readonly registryId: number; readonly accountId: string; readonly passwordHash: string },
  mustChangePassword: boolean,
): Promise<void> {
  await manager.query(
    `update account_secret set password_hash = $3, must_change_password = $4, password_changed_at = now()
      where registry_id = $1 and account_id = $2`,
    [secret.registryId, secret.accountId, secret.passwordHash, mustChangePassword],
  );
}

/** Also keeps out whoever changes an administrator meanwhile. */
export async function lockAdministrators(
  manager: EntityManager,
  registryId: number,
): Promise<{ readonly id: string; readonly active: boolean; readonly root: boolean }[]> {
  return manager.query(
    `select a.id, a.disabled_at is null as active, o.parent is null as root
      from account a join org o on o.registry_id = a.registry_id and o.org = a.org
      where a.registry_id = $1 and a.role = 'administrator' order by a.id for update of a`,
    [registryId],
  );
}

export async function updateAccount(
  manager: EntityManager,
  registryId: number,
  id: string,
  to: { readonly displayName: string; readonly role: RoleCode; readonly org: string; readonly disabled: boolean },
): Promise<void> {
  await manager.query(
    `update account set display_name = $3, role = $4, org = $5,
        disabled_at = case when $6 then coalesce(disabled_at, now()) end
      where registry_id = $1 and id = $2`,
    [registryId, id, to.displayName, to.role, to.org, to.disabled],
  );
}

/**
 * Whoever came in by another name before is forgotten.
 *
 * @returns false when the name is another account's
 */
export async function setSignOnName(
  manager: EntityManager,
  registryId: number,
  id: string,
  name: string | null,
): Promise<boolean> {
  const [, updated] = await manager.query(
    `update account set sign_on_name = $3, sign_on_issuer = null, sign_on_subject = null
      where registry_id = $1 and id = $2 and not exists (
        select from account where registry_id = $1 and id <> $2 and sign_on_name = $3)`,
    [registryId, id, name],
  );
  return updated > 0;
}

export async function findOrgCodesBelow(manager: EntityManager, registryId: number, org: string): Promise<string[]> {
  const rows: { org: string }[] = await manager.query(
    'select org from org_closure where registry_id = $1 and ancestor = $2',
    [registryId, org],
  );
  return rows.map((row) => row.org);
}

export async function findRootOrg(manager: EntityManager, registryId: number): Promise<string | undefined> {
  const [root] = await manager.query('select org from org where registry_id = $1 and parent is null', [registryId]);
  return root?.org;
}
