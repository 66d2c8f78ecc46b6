import { effectiveDefinitions, type Definitions } from '../catalogue/effective';
import type { IndicatorDefinition } from '../catalogue/indicator-definition';
import type { Label } from '../catalogue/label';
import type { AddsUp, MetricDefinition } from '../catalogue/metric-definition';
import { versionAt } from '../catalogue/versions';
import type { Month } from '../core/period';

/** What a target can be set for, as far as targets, pace and forecast ask. */
export interface TargetDefinition {
  readonly key: string;
  readonly label: Label;
  readonly unit: string;
  readonly adds: AddsUp | 'ratio';
  /** The decimals that are printed; a count has none. */
  readonly decimals: number;
  /** What it is in the month that is asked for. */
  readonly metric?: MetricDefinition;
  readonly indicator?: IndicatorDefinition;
}

/** Without what a registry chose: good for what no choice changes, which is all but the meaning. */
const SHIPPED = effectiveDefinitions([]);
const ALWAYS = '9999-12';

/**
 * @param definitions those of a registry, whose choices are in them (R15)
 * @param month the last one of the period, whose version tells what the figure means
 */
export function findDefinition(
  key: string,
  definitions: Definitions = SHIPPED,
  month: Month = ALWAYS,
): TargetDefinition | undefined {
  const found = definitions.indicators.find((one) => one.key === key);
  if (found) {
    const indicator = versionAt(found, month);
    const { label, unit, decimals } = indicator;
    return { key, label, unit, adds: 'ratio', decimals, indicator };
  }
  const metric = definitions.metrics.find((one) => one.key === key);
  if (!metric) return undefined;
  const { label, unit, addsUp, decimals = 0 } = metric;
  return { key, label, unit, adds: addsUp, decimals, metric: versionAt(metric, month) };
}
