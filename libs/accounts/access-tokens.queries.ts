import type { EntityManager } from 'typeorm';
import type { Permission } from './roles';

export interface AccessTokenRow {
  readonly id: string;
  readonly name: string;
  readonly permissions: Permission[];
  readonly createdAt: Date;
  readonly endsAt: Date;
  readonly usedAt: Date | null;
  readonly revokedAt: Date | null;
}

export async function insertAccessToken(
  manager: EntityManager,
  token: {
    readonly registryId: number;
    readonly id: string;
    readonly hash: Buffer;
    readonly accountId: string;
    readonly name: string;
    readonly permissions: readonly Permission[];
    readonly days: number;
  },
): Promise<void> {
  const { registryId, id, hash, accountId, name, permissions, days } = token;
  await manager.query(
    `insert into access_token (registry_id, id, token_hash, account_id, name, permissions, ends_at)
      values ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7))`,
    [registryId, id, hash, accountId, name, permissions, days],
  );
}

export async function findAccessTokens(
  manager: EntityManager,
  registryId: number,
  accountId: string,
): Promise<AccessTokenRow[]> {
  return manager.query(
    `select id, name, permissions, created_at as "createdAt", ends_at as "endsAt", used_at as "usedAt",
        revoked_at as "revokedAt"
      from access_token where registry_id = $1 and account_id = $2 order by created_at, id`,
    [registryId, accountId],
  );
}

/** When it ended; nothing where it holds, or there is none. */
export async function findEndOfToken(
  manager: EntityManager,
  registryId: number,
  hash: Buffer,
): Promise<{ readonly name: string; readonly at: Date; readonly revoked: boolean } | undefined> {
  const [token] = await manager.query(
    `select name, coalesce(revoked_at, ends_at) as at, revoked_at is not null as revoked
      from access_token where registry_id = $1 and token_hash = $2 and coalesce(revoked_at, ends_at) <= now()`,
    [registryId, hash],
  );
  return token;
}

/** @returns whether the account has such a token */
export async function revokeAccessToken(
  manager: EntityManager,
  registryId: number,
  accountId: string,
  id: string,
): Promise<boolean> {
  const [, revoked] = await manager.query(
    `update access_token set revoked_at = coalesce(revoked_at, now())
      where registry_id = $1 and account_id = $2 and id = $3`,
    [registryId, accountId, id],
  );
  return revoked > 0;
}

/** @returns how many were good until now */
export async function revokeAccessTokensOf(
  manager: EntityManager,
  registryId: number,
  accountId: string,
): Promise<number> {
  const [, revoked] = await manager.query(
    `update access_token set revoked_at = now()
      where registry_id = $1 and account_id = $2 and revoked_at is null and ends_at > now()`,
    [registryId, accountId],
  );
  return revoked;
}

export async function noteTokenUse(manager: EntityManager, registryId: number, hash: Buffer): Promise<void> {
  // Of many requests at once the first notes it.
  await manager.query(
    `update access_token set used_at = now()
      where registry_id = $1 and token_hash = $2
        and coalesce(used_at < now() - interval '1 minute', true)`,
    [registryId, hash],
  );
}
