import type { EntityManager } from 'typeorm';

export async function insertSession(
  manager: EntityManager,
  session: {
    readonly registryId: number;
    readonly hash: Buffer;
    readonly accountId: string;
    readonly address: string | null;
    readonly longestHours: number;
    readonly signedOn: boolean;
  },
): Promise<void> {
  const { registryId, hash, accountId, address, longestHours, signedOn } = session;
  await manager.query(
    `insert into session (registry_id, token_hash, account_id, address, ends_at, signed_on)
      values ($1, $2, $3, $4, now() + make_interval(hours => $5), $6)`,
    [registryId, hash, accountId, address, longestHours, signedOn],
  );
}

/** @returns whether it was there */
export async function deleteSession(manager: EntityManager, registryId: number, hash: Buffer): Promise<boolean> {
  const [, deleted] = await manager.query('delete from session where registry_id = $1 and token_hash = $2', [
    registryId,
    hash,
  ]);
  return deleted > 0;
}

/** @returns how many there were */
export async function deleteSessionsOf(
  manager: EntityManager,
  registryId: number,
  accountId: string,
  except: Buffer | null,
): Promise<number> {
  const [, deleted] = await manager.query(
    `delete from session where registry_id = $1 and account_id = $2 and ($3::bytea is null or token_hash <> $3)`,
    [registryId, accountId, except],
  );
  return deleted;
}

export async function deleteEndedSessions(
  manager: EntityManager,
  registryId: number,
  idleMinutes: number,
): Promise<void> {
  await manager.query(
    `delete from session
      where registry_id = $1 and (ends_at <= now() or seen_at <= now() - make_interval(mins => $2))`,
    [registryId, idleMinutes],
  );
}

export async function touchSession(manager: EntityManager, registryId: number, hash: Buffer): Promise<void> {
  // Of many requests at once the first notes it.
  await manager.query(
    `update session set seen_at = now()
      where registry_id = $1 and token_hash = $2 and seen_at < now() - interval '1 minute'`,
    [registryId, hash],
  );
}
