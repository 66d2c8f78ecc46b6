import type { EntityManager } from 'typeorm';
import type { MetricDefinition } from '../catalogue/metric-definition';
import { changesWithin, versionAt } from '../catalogue/versions';
import { parsePeriod, type Month } from '../core/period';
import { feedsOf, versionRowsOf } from './feeds';
import type { PeriodMonth } from './metric-value.queries';
import type { Scope } from './recompute.queries';
import { insertRunningTotals } from './running-totals.queries';
import type { ValueScope } from './scope.queries';

/**
 * Writes stock and cumulative figures of some periods.
 *
 * They go on from a month before these periods whose values stand; from the first entry on where that would not do:
 * where the meaning is another since, and where all that stood may have been taken back.
 *
 * @param base a month before these, with no entries between: its values are those of all that was posted up to it
 */
export async function writeRunningTotals(
  manager: EntityManager,
  scope: Scope,
  metrics: readonly MetricDefinition[],
  scopes: readonly ValueScope[],
  periods: readonly PeriodMonth[],
  base: Month | undefined,
): Promise<void> {
  const write = (some: readonly MetricDefinition[], of: readonly ValueScope[], from?: Month) =>
    insertRunningTotals(manager, scope, of, periods, feedsOf(some), versionRowsOf(some), from);
  if (base === undefined || scope.computedTo === '0') {
    await write(metrics, scopes);
    return;
  }
  const last = latestMonth(periods);
  const changed = metrics.filter((metric) => changesWithin(metric, base, last).length > 0);
  const same = metrics.filter((metric) => !changed.includes(metric));
  if (changed.length > 0) await write(changed, scopes);
  if (same.length === 0) return;
  const unsure = await write(
    same.map((metric) => ({ ...versionAt(metric, base), earlier: undefined })),
    scopes,
    base,
  );
  for (const metric of same) {
    const cells = unsure.filter(({ key }) => key === metric.key);
    const left = scopes.filter(({ org, own }) => cells.some((cell) => cell.org === org && cell.own === own));
    if (left.length > 0) await write([metric], left);
  }
}

/** The last month of the periods, also where they go on beyond the last entry. */
function latestMonth(periods: readonly PeriodMonth[]): Month {
  return periods
    .map(({ period }) => parsePeriod(period).lastMonth)
    .sort()
    .at(-1)!;
}
