import type { DataSource } from 'typeorm';
import { Gathered } from '../core/gathered';
import { noteTokenUse } from './access-tokens.queries';
import { findSessionCallers, findTokenCallers, type KnownCaller } from './authenticate.queries';
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

/** Twice the registries of a country. */
const LOOK_UPS_AT_MOST = 100;

const WHILE_PENDING: readonly Permission[] = ['account.read', 'account.own'];

type Found = KnownCaller & { readonly permissions?: readonly Permission[] };

/** Who shows which credentials: those that are shown while a look-up is under way are looked up together. */
export class Callers {
  private readonly lookUps = new Map<string, Gathered<Buffer, Found | undefined>>();

  /** @param published whether accounts whose password is published may come in */
  constructor(
    private readonly source: DataSource,
    private readonly published: boolean,
  ) {}

  /**
   * By one statement; a second one a minute at most notes that they are in use.
   *
   * @returns nothing when nobody may come in by them
   */
  async authenticate({ token, via, address, active }: Credentials): Promise<Caller | undefined> {
    const shown = readToken(token);
    if (!shown) return undefined;
    const { registryId, hash } = shown;
    const { manager } = this.source;
    const found = await this.lookUp(registryId, via).answerTo(hash);
    if (!found) return undefined;
    const from = { registryId, via, address };
    if (!found.permissions) {
      if (found.unnoted && active) await touchSession(manager, registryId, hash);
      return callerOf(found, from, permissionsOf(found.role));
    }
    if (found.unnoted) await noteTokenUse(manager, registryId, hash);
    const scope = new Set<Permission>([...found.permissions, 'account.read']);
    scope.delete('accounts.manage');
    // A second factor stands before programs too. A one-time password does not: who has one makes no token, and a reset
    // revokes all there were.
    return callerOf({ ...found, mustChangePassword: false }, from, intersection(permissionsOf(found.role), scope));
  }

  private lookUp(registryId: number, via: Credentials['via']): Gathered<Buffer, Found | undefined> {
    const key = `${registryId} ${via}`;
    const known = this.lookUps.get(key);
    if (known) return known;
    const made = new Gathered<Buffer, Found | undefined>(async (hashes) => {
      const { manager } = this.source;
      const found: Found[] =
        via === 'token'
          ? await findTokenCallers(manager, registryId, hashes, this.published)
          : await findSessionCallers(manager, registryId, hashes, this.published, IDLE_MINUTES);
      return hashes.map((hash) => found.find((one) => one.hash.equals(hash)));
    });
    // Whoever makes numbers up must not fill the memory with them.
    if (this.lookUps.size < LOOK_UPS_AT_MOST) this.lookUps.set(key, made);
    return made;
  }
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
