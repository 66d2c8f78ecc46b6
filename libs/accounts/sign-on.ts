import type { DataSource, EntityManager } from 'typeorm';
import { foldName } from './account-name';
import { recordAct } from './audit';
import type { Identity, IdentityProvider } from './identity-provider';
import { makeToken, readToken } from './secret-token';
import { beginSession } from './sessions';
import {
  bindSubject,
  findSignOnAccounts,
  insertAttempt,
  takeSignOnAttempt,
  type SignOnAccount,
} from './sign-on.queries';
import { findFirstRegistry } from './sign-in.queries';

/** Whose a sign-on is turns out at its end. */
const OF_NO_REGISTRY = 0;
/** How long a browser may stay with the provider. */
export const ATTEMPT_MINUTES = 10;

/** Why a sign-on came to nothing. The page has a sentence for each: the browser has no form to show one in. */
export type SignOnRefusal = 'provider' | 'attempt' | 'unknown' | 'ambiguous' | 'disabled' | 'factor';

export class SignOnRefused extends Error {
  constructor(
    readonly reason: SignOnRefusal,
    options?: ErrorOptions,
  ) {
    super(`sign-on refused: ${reason}`, options);
  }
}

/**
 * Begins a sign-on; any process of the program can finish it.
 *
 * @returns where to send the browser, and the token that it is to keep meanwhile
 * @throws {SignOnRefused}
 */
export async function beginSignOn(
  { manager }: DataSource,
  provider: IdentityProvider,
): Promise<{ url: string; token: string }> {
  const { url, ...challenge } = await provider.challenge().catch((cause: unknown) => {
    throw new SignOnRefused('provider', { cause });
  });
  const { token, hash } = makeToken(OF_NO_REGISTRY);
  await insertAttempt(manager, OF_NO_REGISTRY, hash, challenge, ATTEMPT_MINUTES);
  return { url, token };
}

/**
 * Lets in whom the provider vouches for, if an account waits for them. A name counts once, for an account that an
 * administrator has named it for: at the provider a name may be given to somebody else, or be chosen by oneself. From
 * then on its identifier of the person counts alone. No account is ever made.
 *
 * @param token what the browser kept
 * @param answer the path and query with which it came back
 * @returns the token of the new session
 * @throws {SignOnRefused}
 */
export async function finishSignOn(
  source: DataSource,
  provider: IdentityProvider,
  { token, answer, address }: { token: string | undefined; answer: string; address: string | null },
): Promise<string> {
  const shown = token === undefined ? undefined : readToken(token);
  const challenge = shown && (await takeSignOnAttempt(source.manager, OF_NO_REGISTRY, shown.hash));
  if (!challenge) throw new SignOnRefused('attempt');
  const identity = await provider.identify(answer, challenge).catch((cause: unknown) => {
    throw new SignOnRefused('provider', { cause });
  });
  try {
    return await source.transaction((manager) => enter(manager, identity, address));
  } catch (error) {
    if (error instanceof SignOnRefused) await recordRefusal(source.manager, identity, error.reason, address);
    throw error;
  }
}

async function enter(manager: EntityManager, identity: Identity, address: string | null): Promise<string> {
  const account = await theAccountOf(manager, identity);
  if (account.disabled) throw new SignOnRefused('disabled');
  if (account.role === 'administrator' && !identity.severalFactors) throw new SignOnRefused('factor');
  if (!account.bound && !(await bindSubject(manager, account, identity))) throw new SignOnRefused('unknown');
  const token = await beginSession(manager, account, address, true);
  const { registryId, name: actor, org } = account;
  await recordAct(manager, {
    ...{ registryId, actor, act: 'session.begin', thing: null, org, address, result: 'done' },
    detail: { by: 'oidc', ...(!account.bound && { bound: identity.subject }) },
  });
  return token;
}

async function theAccountOf(manager: EntityManager, identity: Identity): Promise<SignOnAccount> {
  const [account, another] = await findSignOnAccounts(manager, identity, identity.names.map(foldName));
  if (!account) throw new SignOnRefused('unknown');
  if (another) throw new SignOnRefused('ambiguous');
  return account;
}

/** Somebody proved who they are, and was not let in: also where no account is theirs. */
async function recordRefusal(
  manager: EntityManager,
  identity: Identity,
  reason: SignOnRefusal,
  address: string | null,
): Promise<void> {
  const [account] = await findSignOnAccounts(manager, identity, identity.names.map(foldName));
  const registryId = account?.registryId ?? (await findFirstRegistry(manager));
  if (registryId === undefined) return;
  await recordAct(manager, {
    ...{ registryId, actor: account?.name ?? 'oidc', act: 'session.begin', thing: null, org: account?.org ?? null },
    ...{ address, result: 'refused', detail: { by: 'oidc', reason, subject: identity.subject } },
  });
}
