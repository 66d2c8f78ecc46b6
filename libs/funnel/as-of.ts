import type { EntityManager } from 'typeorm';
import { dateInShanghai } from '../core/period';
import { instantOf, resolveAsOf } from '../indicators/as-of';
import { findPlaces } from '../indicators/as-of.queries';

/** The ledger as it stood: what was written up to a position. */
export interface AsOf {
  readonly position: string;
  /** Now, or when the last of it was written; ISO, with its zone. */
  readonly moment: string;
  /** The day from which it is looked at, `YYYY-MM-DD` in Asia/Shanghai. */
  readonly today: string;
}

/**
 * @param asked a date, a time, a seal or a position; unless said, now, and of the ledger all (`last`) or what today's values
 *   are `computed` to
 * @throws {DomainError} when it cannot be read, or lies in the future or before the ledger's beginning
 */
export async function asOf(
  manager: EntityManager,
  registryId: number,
  asked: string | undefined,
  otherwise: 'last' | 'computed' = 'last',
): Promise<AsOf> {
  if (asked === undefined) {
    const { [otherwise]: position, now } = await findPlaces(manager, registryId);
    return { position, moment: now.toISOString(), today: dateInShanghai(now) };
  }
  const place = await resolveAsOf(manager, registryId, asked);
  const { position, recordedAt } = place;
  const { begins } = instantOf(asked, place);
  return { position, moment: (recordedAt ?? new Date(0)).toISOString(), today: dateInShanghai(begins) };
}
