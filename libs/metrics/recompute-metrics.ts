import type { EntityManager } from 'typeorm';
import type { MetricDefinition } from '../catalogue/metric-definition';
import { addMonths } from '../core/month-range';
import { enclosingPeriods, nextMonth, parsePeriod, periodsWithin, type Month, type Period } from '../core/period';
import { updateDistinct } from './distinct.queries';
import { feedsOf, metricsFedBy, runsOn, versionRowsOf } from './feeds';
import { deleteMetricValues, insertOwnOfLeaves, insertSums, type PeriodMonth } from './metric-value.queries';
import type { Scope, TouchedCell } from './recompute.queries';
import { insertReported } from './reported.queries';
import { writeRunningTotals } from './running-totals';
import { findAllScopes, findScopesAbove, type ValueScope } from './scope.queries';
import {
  deleteAllTallies,
  deleteTallies,
  findHorizon,
  findTallyCells,
  insertAllTallies,
  insertTallies,
} from './tally.queries';
import { findReportedYears, insertYearTotals } from './year-totals.queries';

/** Which metrics' values were computed anew, in which scopes and periods, for what is derived from them. */
export interface Recomputed {
  readonly keys: readonly string[];
  readonly scopes: readonly ValueScope[];
  readonly periods: readonly string[];
}

/**
 * Computes the touched cells from scratch out of the ledger, and every value above them: all orgs over theirs, all
 * periods around theirs, and of stock and cumulative figures all later periods too (R11). Runs in the transaction that
 * has taken the marks, under the registry's recompute lock.
 */
export async function recomputeMetrics(
  manager: EntityManager,
  scope: Scope,
  cells: readonly TouchedCell[],
  definitions: readonly MetricDefinition[],
): Promise<Recomputed[]> {
  if (cells.length === 0) return [];
  const before = await findHorizon(manager, scope.registryId);
  await deleteTallies(manager, scope.registryId, cells);
  await insertTallies(manager, scope, cells);
  const orgs = [...new Set(cells.map((cell) => cell.org))];
  const months = [...new Set(cells.map((cell) => cell.posted_month.slice(0, 7)))].sort();
  // A cell once touched keeps its entries.
  const horizon = laterOf(before?.last, `${months.at(-1)}-01`);
  const scopes = await findScopesAbove(manager, scope.registryId, orgs);
  const metrics = metricsFedBy(definitions, new Set(cells.map((cell) => cell.kind)));
  const first = months[0] as Month;
  const moving = { metrics, scopes, months: monthsFrom(first, before?.last ?? horizon), horizon };
  const recomputed = [
    await computeFlows(manager, scope, metrics, scopes, periodsAround(months)),
    await computeRunningTotals(manager, scope, moving, addMonths(first, -1)),
  ];
  if (cells.some(({ kind }) => kind === 'OpeningYearTotal')) {
    recomputed.push(await computeYearTotals(manager, scope, definitions, scopes));
  }
  if (before && before.last < horizon) {
    // A new month begins: every stock stands there too, moved or not.
    const base = before.last.slice(0, 7);
    const months = monthsFrom(nextMonth(base), horizon);
    const everywhere = await findAllScopes(manager, scope.registryId);
    const added = { metrics: definitions, scopes: everywhere, months, horizon };
    recomputed.push(await computeRunningTotals(manager, scope, added, base));
  }
  return recomputed.filter((one) => one.periods.length > 0);
}

/** Throws every tally away and computes every value of the registry from the ledger alone. */
export async function rebuildMetrics(
  manager: EntityManager,
  scope: Scope,
  definitions: readonly MetricDefinition[],
): Promise<Recomputed[]> {
  await deleteAllTallies(manager, scope.registryId);
  await insertAllTallies(manager, scope);
  const horizon = await findHorizon(manager, scope.registryId);
  if (!horizon) return [];
  const scopes = await findAllScopes(manager, scope.registryId);
  const kinds = new Set((await findTallyCells(manager, scope.registryId)).map((cell) => cell.kind));
  const months = monthsFrom(horizon.first.slice(0, 7), horizon.last);
  const metrics = metricsFedBy(definitions, kinds);
  return [
    await computeFlows(manager, scope, metrics, scopes, periodsAround(months)),
    await computeRunningTotals(manager, scope, { metrics, scopes, months, horizon: horizon.last }),
    await computeYearTotals(manager, scope, definitions, scopes),
  ];
}

function laterOf(one: string | undefined, other: string): string {
  return one !== undefined && one > other ? one : other;
}

/** Years before the ledger have values of nothing but what was reported of them (R6). */
async function computeYearTotals(
  manager: EntityManager,
  scope: Scope,
  definitions: readonly MetricDefinition[],
  scopes: readonly ValueScope[],
): Promise<Recomputed> {
  const periods = await findReportedYears(manager, scope);
  const metrics = definitions.filter(({ addsUp }) => addsUp === 'sum' || addsUp === 'distinct');
  if (periods.length > 0) {
    await deleteMetricValues(manager, scope.registryId, keysOf(metrics), scopes, periods);
    await insertYearTotals(manager, scope, scopes, metrics);
  }
  return { keys: keysOf(metrics), scopes, periods };
}

async function computeFlows(
  manager: EntityManager,
  scope: Scope,
  metrics: readonly MetricDefinition[],
  scopes: readonly ValueScope[],
  periods: readonly Period[],
): Promise<Recomputed> {
  const flows = metrics.filter((metric) => !runsOn(metric));
  const codes = flows.length > 0 ? periods.map((period) => period.code) : [];
  const recomputed = { keys: keysOf(flows), scopes, periods: codes };
  if (codes.length === 0) return recomputed;
  const months = monthsOf(periods);
  const distinct = scope.computedTo === '0' ? [] : flows.filter((metric) => metric.addsUp === 'distinct');
  const standing = await deleteMetricValues(manager, scope.registryId, keysOf(flows), scopes, codes, keysOf(distinct));
  const reported = flows.filter((metric) => metric.addsUp === 'reported');
  const summed = flows.filter((metric) => metric.addsUp !== 'reported');
  // A distinct figure starts as a sum of nothing: whether it is missing is decided as for a sum.
  const subjects = new Set(keysOf(summed.filter((metric) => metric.addsUp === 'distinct')));
  const feeds = feedsOf(summed).map((feed) =>
    subjects.has(feed.key) ? { ...feed, times: '0', adds: false } : { ...feed, adds: true },
  );
  const counted = scopes.filter((one) => !isWhole(one));
  if (summed.length > 0) await insertSums(manager, scope, counted, months, feeds, versionRowsOf(summed));
  if (reported.length > 0) await insertReported(manager, scope, counted, months, reported);
  for (const subject of ['donor', 'case'] as const) {
    const counting = flows.filter((metric) => metric.subject === subject);
    const keys = new Set(keysOf(counting));
    const before = standing.filter(({ key }) => keys.has(key));
    if (keys.size > 0) await updateDistinct(manager, scope, counted, months, feedsOf(counting), subject, before);
  }
  await insertOwnOfLeaves(manager, scope.registryId, keysOf(flows), scopes.filter(isWhole), codes);
  return recomputed;
}

/** Which stock and cumulative figures are computed, of which months and the periods around them. */
interface Moving {
  readonly metrics: readonly MetricDefinition[];
  readonly scopes: readonly ValueScope[];
  readonly months: readonly Month[];
  /** The last month with entries, as a day. */
  readonly horizon: string;
}

/** @param base a month before these, with no entries between; left out where everything is computed */
async function computeRunningTotals(
  manager: EntityManager,
  scope: Scope,
  moving: Moving,
  base?: Month,
): Promise<Recomputed> {
  const { scopes, horizon } = moving;
  const running = moving.metrics.filter(runsOn);
  const periods = running.length > 0 ? periodsAround(moving.months) : [];
  const codes = periods.map((period) => period.code);
  const recomputed = { keys: keysOf(running), scopes, periods: codes };
  if (codes.length === 0) return recomputed;
  const months = monthsOf(periods).filter((one) => one.month <= horizon);
  await deleteMetricValues(manager, scope.registryId, keysOf(running), scopes, codes);
  const counted = scopes.filter((one) => !isWhole(one));
  await writeRunningTotals(manager, scope, running, counted, months, base);
  await insertOwnOfLeaves(manager, scope.registryId, keysOf(running), scopes.filter(isWhole), codes);
  return recomputed;
}

/** An org without children keeps its own figures too, or would lose them with its first child; they are its whole. */
function isWhole({ own, leaf }: ValueScope): boolean {
  return own && leaf;
}

function keysOf(metrics: readonly MetricDefinition[]): string[] {
  return metrics.map((metric) => metric.key);
}

function monthsFrom(first: Month, lastDay: string): Month[] {
  const months: Month[] = [];
  for (let month = first; month <= lastDay.slice(0, 7); month = nextMonth(month)) months.push(month);
  return months;
}

function periodsAround(months: readonly Month[]): Period[] {
  const codes = new Set(months.flatMap((month) => enclosingPeriods(month).map((period) => period.code)));
  return [...codes].map(parsePeriod);
}

function monthsOf(periods: readonly Period[]): PeriodMonth[] {
  return periods.flatMap((period) =>
    periodsWithin(period, 'month').map((month) => ({
      period: period.code,
      month: `${month.code}-01`,
      first: `${period.firstMonth}-01`,
      last: `${period.lastMonth}-01`,
      year: period.code.slice(0, 4),
      bit: 1 << periodsOfYear(period.code.slice(0, 4)).indexOf(period.code),
    })),
  );
}

/** All 19 periods of a year. */
function periodsOfYear(year: string): string[] {
  const whole = parsePeriod(year);
  return (['month', 'quarter', 'half', 'year'] as const).flatMap((grain) =>
    periodsWithin(whole, grain).map((period) => period.code),
  );
}
