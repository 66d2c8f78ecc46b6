import { formulaOfMetric } from '../catalogue/formula';
import type { IndicatorDefinition } from '../catalogue/indicator-definition';
import { INDICATORS, type IndicatorKey } from '../catalogue/indicators';
import type { Label } from '../catalogue/label';
import type { MetricDefinition } from '../catalogue/metric-definition';
import { METRICS, type MetricKey } from '../catalogue/metrics';

export type FigureKey = MetricKey | IndicatorKey;

/** A metric or an indicator as a form line needs it. */
export interface Figure {
  readonly key: FigureKey;
  readonly kind: 'metric' | 'indicator';
  readonly label: Label;
  readonly unit: string;
  /** The decimals it is printed with; null: printed as it is. */
  readonly decimals: number | null;
  readonly version: number;
  /** How it is reckoned, in the officers' words. */
  readonly formula: string;
  /** What its parts are called; null for a count. */
  readonly parts: { readonly numerator: string; readonly denominator: string } | null;
}

const METRIC_OF = new Map<string, MetricDefinition>(METRICS.map((metric) => [metric.key, metric]));
const INDICATOR_OF = new Map<string, IndicatorDefinition>(INDICATORS.map((indicator) => [indicator.key, indicator]));

export function figureOf(key: FigureKey): Figure {
  const metric = METRIC_OF.get(key);
  if (metric) {
    const { label, unit, version } = metric;
    const decimals = metric.decimals ?? null;
    return { key, kind: 'metric', label, unit, decimals, version, formula: formulaOfMetric(metric).zh, parts: null };
  }
  const { label, unit, decimals, version, scale, ...ratio } = INDICATOR_OF.get(key)!;
  const parts = {
    numerator: METRIC_OF.get(ratio.numerator)!.label.zh,
    denominator: METRIC_OF.get(ratio.denominator)!.label.zh,
  };
  const formula = `${parts.numerator} ÷ ${parts.denominator} × ${scale}`;
  return { key, kind: 'indicator', label, unit, decimals, version, formula, parts };
}
