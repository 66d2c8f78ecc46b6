import type { EntityManager } from 'typeorm';
import { effectiveDefinitions, type Chosen, type Definitions } from '../catalogue/effective';
import { findChosen, findChosenAtComputing, findChosenUpTo } from '../ledger/settings.queries';

/** The definitions as a registry's choices make them: what is to be computed by. */
export async function currentDefinitions(manager: EntityManager, registryId: number): Promise<Definitions> {
  return definitionsBy(await findChosen(manager, registryId));
}

/**
 * The definitions by which a registry's values were computed: what they are to be read and listed by. They differ from
 * the current ones for the moment between a choice and the recompute that it asks for.
 */
export async function computedDefinitions(manager: EntityManager, registryId: number): Promise<Definitions> {
  return definitionsBy(await findChosenAtComputing(manager, registryId));
}

/** The definitions as they stood when the ledger was at a position (R2). */
export async function definitionsUpTo(
  manager: EntityManager,
  registryId: number,
  position: string,
): Promise<Definitions> {
  return definitionsBy(await findChosenUpTo(manager, registryId, position));
}

const KEPT_AT_MOST = 100;
const kept = new Map<string, Definitions>();

/** The choices are read each time, by a query; what they make of the definitions is the same for the same choices. */
function definitionsBy(chosen: readonly Chosen[]): Definitions {
  const choices = JSON.stringify(chosen);
  let definitions = kept.get(choices);
  if (!definitions) {
    definitions = effectiveDefinitions(chosen);
    if (kept.size >= KEPT_AT_MOST) kept.clear();
    kept.set(choices, definitions);
  }
  return definitions;
}
