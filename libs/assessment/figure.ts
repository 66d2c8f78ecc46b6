import type { Definitions } from '../catalogue/effective';
import { formulaOfMetric, formulaOfRate } from '../catalogue/formula';
import { INDICATORS, type IndicatorKey } from '../catalogue/indicators';
import type { Label } from '../catalogue/label';
import { METRICS, type MetricKey } from '../catalogue/metrics';
import { versionAt } from '../catalogue/versions';
import type { Month } from '../core/period';

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
  /** What a rate is held against; null for a count. */
  readonly below: MetricKey | null;
}

/** Which definitions, and the versions of which month, figures are told by (R15). */
export interface Meanings {
  readonly definitions: Pick<Definitions, 'metrics' | 'indicators'>;
  /** `YYYY-MM`. */
  readonly month: Month;
}

const SHIPPED: Meanings = { definitions: { metrics: METRICS, indicators: INDICATORS }, month: '9999-12' };

export function figureOf(key: FigureKey, { definitions, month }: Meanings = SHIPPED): Figure {
  const found = definitions.metrics.find((one) => one.key === key);
  if (found) {
    const metric = versionAt(found, month);
    const { label, unit, version } = metric;
    const decimals = metric.decimals ?? null;
    return {
      key,
      kind: 'metric',
      label,
      unit,
      decimals,
      version,
      formula: formulaOfMetric(metric).zh,
      parts: null,
      below: null,
    };
  }
  const rate = versionAt(
    definitions.indicators.find((one) => one.key === key)!,
    month,
  );
  const [numerator, denominator] = [labelOf(rate.numerator), labelOf(rate.denominator)];
  const { label, unit, decimals, version, scale } = rate;
  const formula = formulaOfRate(numerator, denominator, scale).zh;
  const parts = { numerator: numerator.zh, denominator: denominator.zh };
  return { key, kind: 'indicator', label, unit, decimals, version, formula, parts, below: rate.denominator };
}

function labelOf(key: MetricKey): Label {
  return METRICS.find((metric) => metric.key === key)!.label;
}
