import type { EntityManager } from 'typeorm';
import type { Definitions } from '../catalogue/effective';
import type { IndicatorDefinition } from '../catalogue/indicator-definition';
import type { MetricDefinition } from '../catalogue/metric-definition';
import { changesWithin, versionAt, versionsOf, type Change } from '../catalogue/versions';
import { computedDefinitions, definitionsUpTo } from '../metrics/definitions';

interface Asked {
  readonly registryId: number;
  /** The position of the ledger at which values are to stand; today's unless said. */
  readonly position?: string;
}

/** Those by which today's values were computed, or those of the position that is asked for. */
export function definitionsFor(manager: EntityManager, { registryId, position }: Asked): Promise<Definitions> {
  if (position === undefined) return computedDefinitions(manager, registryId);
  return definitionsUpTo(manager, registryId, position);
}

/** The metrics that rates are made of, by any of their versions. */
export function partsOf(
  indicators: readonly IndicatorDefinition[],
  metrics: readonly MetricDefinition[],
): readonly MetricDefinition[] {
  const keys = new Set<string>(
    indicators.flatMap((indicator) =>
      versionsOf(indicator).flatMap(({ numerator, denominator }) => [numerator, denominator]),
    ),
  );
  return metrics.filter(({ key }) => keys.has(key));
}

/** Where a figure's meaning changes between two months, or that of a part of a rate. */
export function changesOf(
  definition: MetricDefinition | IndicatorDefinition,
  parts: readonly MetricDefinition[],
  firstMonth: string,
  lastMonth: string,
): Change[] {
  const own = changesWithin(definition, firstMonth, lastMonth);
  if (!('numerator' in definition)) return own;
  const { numerator, denominator } = versionAt(definition, lastMonth);
  const of = parts.filter(({ key }) => key === numerator || key === denominator);
  return [...own, ...of.flatMap((part) => changesWithin(part, firstMonth, lastMonth))];
}
