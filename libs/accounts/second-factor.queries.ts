import type { EntityManager } from 'typeorm';

export interface SecondFactor {
  readonly secret: string | null;
  readonly confirmed: boolean;
  readonly lastStep: string | null;
}

/** Locked until commit: a code is taken once, however many show it at the same time. */
export async function lockSecondFactor(
  manager: EntityManager,
  registryId: number,
  accountId: string,
): Promise<SecondFactor> {
  const [factor] = await manager.query(
    `select totp_secret as secret, totp_confirmed_at is not null as confirmed, totp_last_step as "lastStep"
      from account_secret where registry_id = $1 and account_id = $2 for update`,
    [registryId, accountId],
  );
  return factor;
}

/** Not in force until it is confirmed. */
export async function setTotpSecret(
  manager: EntityManager,
  registryId: number,
  accountId: string,
  secret: string | null,
): Promise<void> {
  await manager.query(
    `update account_secret set totp_secret = $3, totp_confirmed_at = null, totp_last_step = null
      where registry_id = $1 and account_id = $2`,
    [registryId, accountId, secret],
  );
}

/** A code of this step came in; with it the second factor is in force. */
export async function noteTotpStep(
  manager: EntityManager,
  registryId: number,
  accountId: string,
  step: number,
): Promise<void> {
  await manager.query(
    `update account_secret set totp_last_step = $3, totp_confirmed_at = coalesce(totp_confirmed_at, now())
      where registry_id = $1 and account_id = $2`,
    [registryId, accountId, step],
  );
}

export async function insertRecoveryCodes(
  manager: EntityManager,
  registryId: number,
  accountId: string,
  hashes: readonly Buffer[],
): Promise<void> {
  await manager.query(
    `insert into recovery_code (registry_id, account_id, code_hash) select $1, $2, unnest($3::bytea[])`,
    [registryId, accountId, hashes],
  );
}

export async function deleteRecoveryCodes(
  manager: EntityManager,
  registryId: number,
  accountId: string,
): Promise<void> {
  await manager.query('delete from recovery_code where registry_id = $1 and account_id = $2', [registryId, accountId]);
}

/** @returns whether it was one of theirs, and unused */
export async function useRecoveryCode(
  manager: EntityManager,
  registryId: number,
  accountId: string,
  hash: Buffer,
): Promise<boolean> {
  const [, deleted] = await manager.query(
    'delete from recovery_code where registry_id = $1 and account_id = $2 and code_hash = $3',
    [registryId, accountId, hash],
  );
  return deleted > 0;
}

export async function countRecoveryCodes(
  manager: EntityManager,
  registryId: number,
  accountId: string,
): Promise<number> {
  const [{ count }] = await manager.query(
    'select count(*)::int as count from recovery_code where registry_id = $1 and account_id = $2',
    [registryId, accountId],
  );
  return count;
}
