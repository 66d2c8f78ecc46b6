import type { IndicatorDefinition } from '../catalogue/indicator-definition';
import { INDICATORS, type IndicatorKey } from '../catalogue/indicators';
import { findKind } from '../catalogue/kinds';
import type { Label } from '../catalogue/label';
import type { Count, MetricDefinition } from '../catalogue/metric-definition';
import { METRICS, type MetricKey } from '../catalogue/metrics';
import { REASONS } from '../catalogue/reasons';

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
    return { key, kind: 'metric', label, unit, decimals, version, formula: formulaOfMetric(metric), parts: null };
  }
  const { label, unit, decimals, version, scale, ...ratio } = INDICATOR_OF.get(key)!;
  const parts = {
    numerator: METRIC_OF.get(ratio.numerator)!.label.zh,
    denominator: METRIC_OF.get(ratio.denominator)!.label.zh,
  };
  const formula = `${parts.numerator} ÷ ${parts.denominator} × ${scale}`;
  return { key, kind: 'indicator', label, unit, decimals, version, formula, parts };
}

function formulaOfMetric({ addsUp, counts, subject }: MetricDefinition): string {
  if (addsUp === 'reported') return `本期最后一次填报的数值：${counts.map(nameOf).join('、')}`;
  const terms = counts.map((count, at) => sign(count, at) + nameOf(count)).join('');
  if (addsUp === 'sum') return `本期台账合计：${terms}`;
  if (addsUp === 'distinct') return `本期有下列记录的${subject === 'case' ? '请求数' : '人数'}（不重复计）：${terms}`;
  return `自建账起至期末累计：${terms}`;
}

function sign(count: Count, at: number): string {
  const factor = count.times === undefined || /^-?1$/.test(count.times) ? '' : `${count.times} × `;
  if (count.times === '-1') return ' − ';
  return (at === 0 ? '' : ' + ') + factor;
}

function nameOf({ kind, outcome, reasons }: Count): string {
  const definition = findKind(kind)!;
  const which = definition.outcomes?.find((each) => each.code === outcome)?.label.zh;
  const why = reasons?.map((code) => REASONS.find((each) => each.code === code)!.label.zh).join('、');
  const detail = [which, why].filter((text) => text !== undefined).join('：');
  return definition.label.zh + (detail ? `（${detail}）` : '');
}
