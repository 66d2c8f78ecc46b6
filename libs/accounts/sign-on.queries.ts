import type { EntityManager } from 'typeorm';
import type { Challenge, Identity } from './identity-provider';
import type { RoleCode } from './roles';

export async function insertAttempt(
  manager: EntityManager,
  registryId: number,
  hash: Buffer,
  { state, nonce, codeVerifier }: Challenge,
  minutes: number,
): Promise<void> {
  await manager.query('delete from sign_on_attempt where registry_id = $1 and ends_at <= now()', [registryId]);
  await manager.query(
    `insert into sign_on_attempt (registry_id, token_hash, state, nonce, code_verifier, ends_at)
      values ($1, $2, $3, $4, $5, now() + make_interval(mins => $6))`,
    [registryId, hash, state, nonce, codeVerifier, minutes],
  );
}

/** The attempt, which is no more; nothing when it is too old, or there was none. */
export async function takeSignOnAttempt(
  manager: EntityManager,
  registryId: number,
  hash: Buffer,
): Promise<Challenge | undefined> {
  const [rows] = await manager.query(
    `delete from sign_on_attempt where registry_id = $1 and token_hash = $2
      returning state, nonce, code_verifier as "codeVerifier", ends_at > now() as good`,
    [registryId, hash],
  );
  return rows[0]?.good ? rows[0] : undefined;
}

export interface SignOnAccount {
  readonly registryId: number;
  readonly id: string;
  readonly name: string;
  readonly role: RoleCode;
  readonly org: string;
  readonly disabled: boolean;
  /** Whether the provider's own identifier of the person stands with it. */
  readonly bound: boolean;
}

/**
 * Of every registry: those that the person's identifier is bound to; where there is none, those that wait for one of
 * the names.
 */
export async function findSignOnAccounts(
  manager: EntityManager,
  { issuer, subject }: Identity,
  names: readonly string[],
): Promise<SignOnAccount[]> {
  return manager.query(
    `with found as (
        select registry_id, id, name, role, org, disabled_at is not null as disabled, true as bound
        from account where sign_on_issuer = $1 and sign_on_subject = $2
        union all
        select registry_id, id, name, role, org, disabled_at is not null, false
        from account where sign_on_subject is null and not demonstration and sign_on_name = any ($3))
      select registry_id as "registryId", id, name, role, org, disabled, bound from found
      where bound or not exists (select from found where bound) order by registry_id, id limit 2`,
    [issuer, subject, names],
  );
}

/** @returns whether nobody else was bound to the account meanwhile */
export async function bindSubject(
  manager: EntityManager,
  { registryId, id }: SignOnAccount,
  { issuer, subject }: Identity,
): Promise<boolean> {
  const [, bound] = await manager.query(
    `update account set sign_on_issuer = $3, sign_on_subject = $4
      where registry_id = $1 and id = $2 and sign_on_name is not null and sign_on_subject is null`,
    [registryId, id, issuer, subject],
  );
  return bound > 0;
}
