import type { IndicatorDefinition } from '../catalogue/indicator-definition';
import type { AddsUp, MetricDefinition } from '../catalogue/metric-definition';
import type { Label } from '../catalogue/label';
import { findIndicator } from '../indicators/values';
import { findMetric } from '../metrics/feeds';

/** What a target can be set for, as far as targets, pace and forecast ask. */
export interface TargetDefinition {
  readonly key: string;
  readonly label: Label;
  readonly unit: string;
  readonly adds: AddsUp | 'ratio';
  /** The decimals that are printed; a count has none. */
  readonly decimals: number;
  readonly metric?: MetricDefinition;
  readonly indicator?: IndicatorDefinition;
}

export function findDefinition(key: string): TargetDefinition | undefined {
  const indicator = findIndicator(key);
  if (indicator) {
    const { label, unit, decimals } = indicator;
    return { key, label, unit, adds: 'ratio', decimals, indicator };
  }
  const metric = findMetric(key);
  if (!metric) return undefined;
  const { label, unit, addsUp, decimals = 0 } = metric;
  return { key, label, unit, adds: addsUp, decimals, metric };
}
