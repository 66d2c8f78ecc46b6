import type { EntityManager } from 'typeorm';
import { findStandingSeal } from '../ledger/seals';
import type { Feed } from '../metrics/feeds';
import { countRunningSubjects, type RunningAsked, type RunningFigure } from './running.queries';

const KEPT_AT_MOST = 200;
const kept = new Map<string, readonly RunningFigure[]>();

/**
 * How many subjects were seen in a range of months. What closed months hold cannot change, and the hash of their last
 * seal says what that is: the same months of last year are counted once, and not for each who looks.
 *
 * @param position where the ledger is looked at while a month is open
 */
export async function findRunningSubjects(
  manager: EntityManager,
  registryId: number,
  asked: RunningAsked & { readonly feeds: readonly (Feed & { readonly subject?: 'donor' | 'case' })[] },
  position: string,
): Promise<readonly RunningFigure[]> {
  const seal = await findStandingSeal(manager, registryId, asked.last.slice(0, 7));
  if (!seal) return countRunningSubjects(manager, registryId, asked, position);
  const sealed = JSON.stringify([registryId, seal.hash, asked]);
  const known = kept.get(sealed);
  if (known) return known;
  const counted = await countRunningSubjects(manager, registryId, asked, position);
  if (kept.size >= KEPT_AT_MOST) kept.clear();
  kept.set(sealed, counted);
  return counted;
}
