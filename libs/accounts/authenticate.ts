import type { DataSource } from 'typeorm';
import { noteTokenUse } from './access-tokens.queries';
import { findSessionCaller, findTokenCaller, type KnownCaller } from './authenticate.queries';
import type { Principal } from './principal';
import { permissionsOf, type Permission } from './roles';
import { readToken } from './secret-token';
import { IDLE_MINUTES } from './sessions';
import { touchSession } from './sessions.queries';

/** What must be done before anything else may be. */
export type Pending = 'password' | 'second_factor';

/** A principal, and what the page shows of them. */
export interface Caller {
  readonly principal: Principal;
  readonly displayName: string;
  readonly demonstration: boolean;
  readonly mustChangePassword: boolean;
  readonly totp: boolean;
  readonly pending: Pending | null;
}

/** What a request shows. */
export interface Credentials {
  readonly token: string;
  readonly via: 'session' | 'token';
  readonly address: string | null;
  /** False for what a page asks by itself: nobody need sit before it. */
  readonly active: boolean;
}

const WHILE_PENDING: readonly Permission[] = ['account.read', 'account.own'];

/**
 * Who shows these credentials, by one statement; a second one a minute at most notes that they are in use.
 *
 * @param published whether accounts whose password is published may come in
 * @returns nothing when nobody may come in by them
 */
export async function authenticate(
  { manager }: DataSource,
  { token, via, address, active }: Credentials,
  published: boolean,
): Promise<Caller | undefined> {
  const shown = readToken(token);
  if (!shown) return undefined;
  const { registryId, hash } = shown;
  if (via === 'token') {
    const found = await findTokenCaller(manager, registryId, hash, published);
    if (!found) return undefined;
    if (found.unnoted) await noteTokenUse(manager, registryId, hash);
    const scope = new Set<Permission>([...found.permissions, 'account.read']);
    // What a person has to do first stands before their programs too.
    return callerOf(found, { registryId, via, address }, intersection(permissionsOf(found.role), scope));
  }
  const found = await findSessionCaller(manager, registryId, hash, published, IDLE_MINUTES);
  if (!found) return undefined;
  if (found.unnoted && active) await touchSession(manager, registryId, hash);
  return callerOf(found, { registryId, via, address }, permissionsOf(found.role));
}

function callerOf(
  found: KnownCaller,
  from: Pick<Principal, 'registryId' | 'via' | 'address'>,
  allowed: ReadonlySet<Permission>,
): Caller {
  const { id: accountId, name, role, org, orgs, displayName, demonstration, mustChangePassword, totp } = found;
  const pending = pendingOf(found);
  const permissions = pending === null ? allowed : intersection(allowed, new Set(WHILE_PENDING));
  const principal: Principal = { ...from, accountId, name, role, org, orgs: new Set(orgs), permissions };
  return { principal, displayName, demonstration, mustChangePassword, totp, pending };
}

/**
 * Administrators need a second factor; of the demonstration's everybody knows the first anyway. Whom the sign-on
 * provider vouches for uses no password, and an administrator has shown the provider two factors.
 */
function pendingOf({ mustChangePassword, role, totp, demonstration, signedOn }: KnownCaller): Pending | null {
  if (signedOn) return null;
  if (mustChangePassword) return 'password';
  return role === 'administrator' && !totp && !demonstration ? 'second_factor' : null;
}

function intersection<Item>(one: ReadonlySet<Item>, other: ReadonlySet<Item>): ReadonlySet<Item> {
  return new Set([...one].filter((item) => other.has(item)));
}
