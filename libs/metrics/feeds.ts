import type { MetricDefinition } from '../catalogue/metric-definition';
import { METRICS } from '../catalogue/metrics';
import { inForceOf, versionAt, type InForce } from '../catalogue/versions';
import type { Period } from '../core/period';

/**
 * The metric definitions as rows that a statement can join entries to: which kind, outcome and reason feed which
 * metric, and how often each counts. `''` stands for any outcome, and for any reason.
 */
export interface Feed extends InForce {
  readonly key: string;
  readonly kind: string;
  readonly outcome: string;
  readonly reason: string;
  readonly times: string;
}

/** What feeds these metrics, each version apart. */
export function feedsOf(metrics: readonly MetricDefinition[]): Feed[] {
  return metrics.flatMap((metric) =>
    inForceOf(metric).flatMap(({ version: { key, counts }, inForce }) =>
      counts.flatMap(({ kind, outcome = '', reasons = [''], times = '1' }) =>
        reasons.map((reason) => ({ key, kind, outcome, reason, times, ...inForce })),
      ),
    ),
  );
}

/**
 * What feeds a metric's figure of one period (R15): of a sum each month's entries by the version of their month, of all
 * other figures every entry by the version of the period's last month.
 */
export function feedsWithin(metric: MetricDefinition, { lastMonth }: Pick<Period, 'lastMonth'>): Feed[] {
  return feedsOf([metric.addsUp === 'sum' ? metric : { ...versionAt(metric, lastMonth), earlier: undefined }]);
}

/** The version numbers of these metrics, with the months that each holds for. */
export interface VersionRow extends InForce {
  readonly key: string;
  readonly version: number;
}

export function versionRowsOf(metrics: readonly MetricDefinition[]): VersionRow[] {
  return metrics.flatMap((metric) =>
    inForceOf(metric).map(({ version: { key, version }, inForce }) => ({ key, version, ...inForce })),
  );
}

/** The days on which the meaning of one of these feeds begins or ends, in their order. */
export function turnsOf(feeds: readonly InForce[]): string[] {
  return [...new Set(feeds.map(({ since }) => since))].filter((day) => day !== '-infinity').sort();
}

export const ALL_METRICS: readonly MetricDefinition[] = METRICS;

/** The metrics of these that an entry of one of these kinds can change, by any of their versions. */
export function metricsFedBy(metrics: readonly MetricDefinition[], kinds: ReadonlySet<string>): MetricDefinition[] {
  const fed = new Set(feedsOf(metrics).flatMap(({ key, kind }) => (kinds.has(kind) ? [key] : [])));
  return metrics.filter(({ key }) => fed.has(key));
}

const BY_KEY = new Map<string, MetricDefinition>(ALL_METRICS.map((metric) => [metric.key, metric]));

export function findMetric(key: string): MetricDefinition | undefined {
  return BY_KEY.get(key);
}

/** Whether the metric runs on from month to month instead of beginning anew. */
export function runsOn(metric: MetricDefinition): boolean {
  return metric.addsUp === 'stock' || metric.addsUp === 'cumulative';
}
