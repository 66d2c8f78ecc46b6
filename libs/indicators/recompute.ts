import type { DataSource, EntityManager } from 'typeorm';
import type { IndicatorDefinition } from '../catalogue/indicator-definition';
import type { Definitions } from '../catalogue/effective';
import { versionsOf } from '../catalogue/versions';
import { closeMonth } from '../ledger/months';
import { lockRegistry } from '../ledger/append.queries';
import type { Seal } from '../ledger/seals';
import type { Month } from '../core/period';
import { currentDefinitions } from '../metrics/definitions';
import { rebuildMetrics, recomputeMetrics, type Recomputed } from '../metrics/recompute-metrics';
import {
  lockRecompute,
  markComputed,
  planForRecompute,
  takeMarks,
  type Scope,
  type TouchedCell,
} from '../metrics/recompute.queries';
import { DEFINITIONS_HASH } from './definitions-hash';
import { inEachRegistry } from './each-registry';
import {
  deleteAllValues,
  deleteIndicatorValues,
  findRegistriesToCompute,
  insertIndicatorValues,
} from './recompute.queries';

/**
 * Brings a registry's values up to date with its ledger: takes the marks, computes the touched cells anew and all that
 * stands on them, in one transaction, one worker at a time (R20). Doubled, late or reordered calls do no harm. Values
 * that a program with other definitions has computed are all computed again.
 *
 * @returns how many marked cells were computed
 */
export async function recompute(dataSource: DataSource, registryId: number): Promise<number> {
  return dataSource.transaction('READ COMMITTED', async (manager) => drainMarks(manager, registryId));
}

async function drainMarks(manager: EntityManager, registryId: number): Promise<number> {
  await lockRecompute(manager, registryId);
  const { cells, definitions: by, settings, ...upTo } = await takeMarks(manager, registryId);
  const definitions = await currentDefinitions(manager, registryId);
  const scope = { registryId, ...upTo };
  if (scope.computedTo !== '0' && (by !== DEFINITIONS_HASH || settings !== definitions.settings))
    await computeAll(manager, registryId, scope.position, definitions);
  else if (cells.length > 0) {
    await planForRecompute(manager);
    await recomputeBy(manager, scope, cells, definitions);
    await markComputed(manager, scope, DEFINITIONS_HASH, definitions.settings);
  }
  return cells.length;
}

/** Computes some cells and every value above them, in the caller's transaction. */
export async function recomputeCells(
  manager: EntityManager,
  scope: Scope,
  cells: readonly TouchedCell[],
): Promise<void> {
  await recomputeBy(manager, scope, cells, await currentDefinitions(manager, scope.registryId));
}

async function recomputeBy(
  manager: EntityManager,
  scope: Scope,
  cells: readonly TouchedCell[],
  { metrics, indicators }: Definitions,
): Promise<void> {
  await recomputeIndicators(manager, scope, await recomputeMetrics(manager, scope, cells, metrics), indicators);
}

/**
 * Recomputes every registry that has marks, or values by other definitions: what a lost job or an earlier program has
 * left. One that fails keeps no other waiting.
 */
export async function sweep(dataSource: DataSource): Promise<void> {
  const marked = await findRegistriesToCompute(dataSource.manager, DEFINITIONS_HASH);
  await inEachRegistry(marked, (registryId) => recompute(dataSource, registryId));
}

/** Throws every derived value of a registry away and computes it again from the ledger (R17). */
export async function rebuild(dataSource: DataSource, registryId: number): Promise<void> {
  await dataSource.transaction('READ COMMITTED', async (manager) => {
    await lockRecompute(manager, registryId);
    const { position } = await takeMarks(manager, registryId);
    await computeAll(manager, registryId, position, await currentDefinitions(manager, registryId));
  });
}

async function computeAll(
  manager: EntityManager,
  registryId: number,
  position: string,
  { metrics, indicators, settings }: Definitions,
): Promise<void> {
  const scope = { registryId, position, computedTo: '0' };
  await planForRecompute(manager);
  await deleteAllValues(manager, registryId);
  await recomputeIndicators(manager, scope, await rebuildMetrics(manager, scope, metrics), indicators);
  await markComputed(manager, scope, DEFINITIONS_HASH, settings);
}

/**
 * Closes a registry's first open month, in a transaction of its own, or in the caller's (`closeInTransaction`): drains
 * the marks under the registry's lock, so that what is sealed is what was computed (R3, R21).
 *
 * @param actor who closes it: a person
 * @returns the seals of the month and of the longer periods that end with it
 * @throws {DomainError} when it is not the month's turn, or the month is not over
 */
export async function closeAndRecompute(
  dataSource: DataSource,
  registryId: number,
  month: Month,
  actor: string,
  reason: string | null = null,
  address: string | null = null,
): Promise<Seal[]> {
  return dataSource.transaction('READ COMMITTED', (manager) =>
    closeInTransaction(manager, registryId, month, actor, reason, address),
  );
}

export async function closeInTransaction(
  manager: EntityManager,
  registryId: number,
  month: Month,
  actor: string,
  reason: string | null,
  address: string | null,
): Promise<Seal[]> {
  await lockRegistry(manager, registryId);
  await drainMarks(manager, registryId);
  return closeMonth(manager, registryId, month, actor, reason, address);
}

async function recomputeIndicators(
  manager: EntityManager,
  scope: Scope,
  recomputed: readonly Recomputed[],
  indicators: readonly IndicatorDefinition[],
): Promise<void> {
  for (const { keys, scopes, periods } of recomputed) {
    const derived = indicatorsOf(indicators, new Set(keys));
    if (derived.length === 0) continue;
    await deleteIndicatorValues(manager, scope.registryId, scopes, periods, derived);
    await insertIndicatorValues(manager, scope, scopes, periods, derived);
  }
}

/** The indicators of which one of these metrics is a part. */
function indicatorsOf(indicators: readonly IndicatorDefinition[], keys: ReadonlySet<string>): IndicatorDefinition[] {
  return indicators.filter((indicator) =>
    versionsOf(indicator).some(({ numerator, denominator }) => keys.has(numerator) || keys.has(denominator)),
  );
}
