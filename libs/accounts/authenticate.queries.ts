import type { EntityManager } from 'typeorm';
import { queryPrepared } from '../database/prepared.queries';
import type { Permission, RoleCode } from './roles';

export interface KnownCaller {
  /** Of the session or token. */
  readonly hash: Buffer;
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly role: RoleCode;
  readonly org: string;
  readonly demonstration: boolean;
  readonly mustChangePassword: boolean;
  readonly totp: boolean;
  /** Whether the sign-on provider vouches for them: never for a token, which nobody has shown it a factor for. */
  readonly signedOn: boolean;
  /** All orgs of the subtree, the root's code among them. */
  readonly orgs: string[];
  /** Whether a minute has passed since it was last noted as in use. */
  readonly unnoted: boolean;
}

// Not by the view org_closure, which would be made of every org of every registry for each request.
const CALLER = `s.token_hash as hash, a.id, a.name, a.display_name as "displayName", a.role, a.org, a.demonstration,
  p.must_change_password as "mustChangePassword", p.totp_confirmed_at is not null as totp,
  array(
    with recursive below (org) as (
      select a.org
      union
      select o.org from below b join org o on o.registry_id = a.registry_id and o.parent = b.org
    )
    select org from below) as orgs`;

const ACCOUNT = `account a on a.registry_id = $1 and a.id = s.account_id and a.disabled_at is null
    and ($3 or not a.demonstration)
  join account_secret p on p.registry_id = $1 and p.account_id = a.id`;

export async function findSessionCallers(
  manager: EntityManager,
  registryId: number,
  hashes: readonly Buffer[],
  published: boolean,
  idleMinutes: number,
): Promise<KnownCaller[]> {
  return queryPrepared<KnownCaller>(
    manager,
    'find_session_callers',
    `select ${CALLER}, s.signed_on as "signedOn", s.seen_at < now() - interval '1 minute' as unnoted
      from session s join ${ACCOUNT}
      where s.registry_id = $1 and s.token_hash = any($2) and s.ends_at > now()
        and s.seen_at > now() - make_interval(mins => $4)`,
    [registryId, hashes, published, idleMinutes],
  );
}

export async function findTokenCallers(
  manager: EntityManager,
  registryId: number,
  hashes: readonly Buffer[],
  published: boolean,
): Promise<(KnownCaller & { readonly permissions: Permission[] })[]> {
  return queryPrepared<KnownCaller & { readonly permissions: Permission[] }>(
    manager,
    'find_token_callers',
    `select ${CALLER}, s.permissions, false as "signedOn",
        coalesce(s.used_at < now() - interval '1 minute', true) as unnoted
      from access_token s join ${ACCOUNT}
      where s.registry_id = $1 and s.token_hash = any($2) and s.revoked_at is null and s.ends_at > now()`,
    [registryId, hashes, published],
  );
}
