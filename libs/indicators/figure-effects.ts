import type { EntityManager } from 'typeorm';
import { planForRecompute } from '../metrics/recompute.queries';
import { countWaitingWork } from './as-of.queries';
import { DEFINITIONS_HASH } from './definitions-hash';
import {
  findFigureEffects,
  findPositions,
  findShadowCells,
  findShadowOrgs,
  shadowDerived,
  type FigureEffect,
} from './figure-effects.queries';
import { recomputeCells } from './recompute';

export interface FigureEffects {
  readonly metrics: readonly FigureEffect[];
  readonly indicators: readonly FigureEffect[];
  /** False while values wait to be computed: then other entries, or choices, are in the differences too. */
  readonly exact: boolean;
}

/**
 * What values would be with what is staged: by the same statements as the real computation, on what
 * the ledger would be. To be called after `shadowLedger`, in a transaction of which nothing stays.
 *
 * @param within the orgs that may be shown; null: all that move
 * @param options.staged where the staged entries stand: with the last write, or after it. Then only the people whom
 * they name are counted anew
 */
export async function computeFigureEffects(
  manager: EntityManager,
  registryId: number,
  within: ReadonlySet<string> | null,
  { staged, atMost }: { readonly staged: 'at the head' | 'after it'; readonly atMost: number },
): Promise<FigureEffects> {
  const exact = (await countWaitingWork(manager, registryId)) === 0;
  const orgs = await findShadowOrgs(manager, registryId);
  await shadowDerived(manager, registryId, orgs);
  await planForRecompute(manager);
  const { head, next, computedTo } = await findPositions(manager, registryId, DEFINITIONS_HASH);
  const scope =
    staged === 'after it'
      ? { registryId, position: next, computedTo }
      : { registryId, position: head, computedTo: '0' };
  await recomputeCells(manager, scope, await findShadowCells(manager));
  const shown = orgs.filter((org) => within?.has(org) ?? true);
  const metrics = await findFigureEffects(manager, 'metric_value', registryId, shown, atMost);
  const indicators = await findFigureEffects(manager, 'indicator_value', registryId, shown, atMost);
  return { metrics, indicators, exact };
}
