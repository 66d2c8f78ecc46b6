import type { MetricDefinition } from '../catalogue/metric-definition';
import { METRICS } from '../catalogue/metrics';

/**
 * The metric definitions as rows that a statement can join entries to: which kind, outcome and reason feed which
 * metric, and how often each counts. `''` stands for any outcome, and for any reason.
 */
export interface Feed {
  readonly key: string;
  readonly kind: string;
  readonly outcome: string;
  readonly reason: string;
  readonly times: string;
}

export function feedsOf(metrics: readonly MetricDefinition[]): Feed[] {
  return metrics.flatMap(({ key, counts }) =>
    counts.flatMap(({ kind, outcome = '', reasons = [''], times = '1' }) =>
      reasons.map((reason) => ({ key, kind, outcome, reason, times })),
    ),
  );
}

export const ALL_METRICS: readonly MetricDefinition[] = METRICS;

/** The metrics that an entry of one of these kinds can change. */
export function metricsFedBy(kinds: ReadonlySet<string>): MetricDefinition[] {
  return ALL_METRICS.filter((metric) => metric.counts.some(({ kind }) => kinds.has(kind)));
}

const BY_KEY = new Map<string, MetricDefinition>(ALL_METRICS.map((metric) => [metric.key, metric]));

export function findMetric(key: string): MetricDefinition | undefined {
  return BY_KEY.get(key);
}

/** Whether the metric runs on from month to month instead of beginning anew. */
export function runsOn(metric: MetricDefinition): boolean {
  return metric.addsUp === 'stock' || metric.addsUp === 'cumulative';
}
