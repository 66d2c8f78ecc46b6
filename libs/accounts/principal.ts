import { DomainError } from '../core/domain-error';
import type { Permission, RoleCode } from './roles';

/** Who is asking, and how far they reach: what decides every read and write. */
export interface Principal {
  readonly registryId: number;
  /** Nothing for the machine's owner and for jobs. */
  readonly accountId: string | null;
  /** Shown as `recordedBy`. */
  readonly name: string;
  readonly role: RoleCode;
  /** What this request may do: the role's permissions, or those of them that the token was made for. */
  readonly permissions: ReadonlySet<Permission>;
  /** The root of their subtree. */
  readonly org: string;
  /** All orgs of the subtree. */
  readonly orgs: ReadonlySet<string>;
  readonly via: 'session' | 'token' | 'cli' | 'system';
  readonly address: string | null;
}

/** The org asked for, or the caller's own. @throws {DomainError} `org_unknown` when it lies outside their subtree */
export function orgWithin(principal: Principal, org: string | undefined): string {
  if (org === undefined) return principal.org;
  if (principal.orgs.has(org)) return org;
  // Whether such an org exists elsewhere is nobody's business here.
  throw new DomainError(
    'org_unknown',
    { zh: `没有代码为“${org}”的机构。`, en: `There is no org "${org}".` },
    { field: 'org' },
  );
}

/** @throws {DomainError} when no account stands behind them: the machine's owner has no password and no tokens */
export function accountIdOf({ accountId }: Principal): string {
  if (accountId !== null) return accountId;
  throw new DomainError('account_needed', {
    zh: '这项操作需要以账号登录。',
    en: 'This needs an account that is signed in.',
  });
}
