import type { EntityManager } from 'typeorm';
import { makeToken, readToken } from './secret-token';
import { deleteEndedSessions, deleteSession, deleteSessionsOf, insertSession } from './sessions.queries';

/** A session in which nobody does anything ends after this time. */
export const IDLE_MINUTES = 30;
/** And every one after this. */
export const LONGEST_HOURS = 12;

/**
 * @param signedOn whether the sign-on provider vouches for them, and not a password
 * @returns the token that the browser shows from now on
 */
export async function beginSession(
  manager: EntityManager,
  account: { readonly registryId: number; readonly id: string },
  address: string | null,
  signedOn = false,
): Promise<string> {
  const { registryId, id: accountId } = account;
  const { token, hash } = makeToken(registryId);
  await deleteEndedSessions(manager, registryId, IDLE_MINUTES);
  await insertSession(manager, { registryId, hash, accountId, address, longestHours: LONGEST_HOURS, signedOn });
  return token;
}

/** Safe to call twice. */
export async function endSession(manager: EntityManager, token: string): Promise<void> {
  const shown = readToken(token);
  if (shown) await deleteSession(manager, shown.registryId, shown.hash);
}

/** @param except the token of a session that goes on @returns how many ended */
export function endSessionsOf(
  manager: EntityManager,
  account: { readonly registryId: number; readonly id: string },
  except?: string,
): Promise<number> {
  const kept = except === undefined ? undefined : readToken(except);
  return deleteSessionsOf(manager, account.registryId, account.id, kept?.hash ?? null);
}
