import type { EntityManager } from 'typeorm';
import type { Definitions } from '../catalogue/effective';
import type { IndicatorDefinition } from '../catalogue/indicator-definition';
import type { MetricDefinition } from '../catalogue/metric-definition';
import { decimal, round } from '../core/decimal';
import { periodOf, type MonthRange } from '../core/month-range';
import { enclosingPeriods, type Period } from '../core/period';
import { findPlaces } from '../indicators/as-of.queries';
import { changesOf, definitionsFor } from '../indicators/value-meaning';
import { KeyUnknown, readIndicatorValues, readMetricValues, type Value } from '../indicators/values';
import { findMetricsAsOf } from '../indicators/values-as-of.queries';
import { findLastMonth } from '../indicators/values.queries';
import { feedsWithin, runsOn } from '../metrics/feeds';
import { findDefinition, type TargetDefinition } from './definition';
import { findRunningSums, type RunningScope } from './running.queries';
import { findRunningSubjects } from './running-subjects';

/** A figure of a range of months; its period is written `2024-01..2024-06`. */
export type RunningValue = Omit<Value, 'version' | 'position' | 'computedAt'>;

export interface RunningQuestion {
  readonly registryId: number;
  readonly range: MonthRange;
  readonly scopes: readonly RunningScope[];
  readonly keys: readonly string[];
  /** The position of the ledger at which the figures are to stand; today's unless said. */
  readonly position?: string;
}

type Figure = Pick<Value, 'state' | 'value' | 'numerator' | 'denominator'> & { readonly reported?: boolean };

const MISSING: Figure = { state: 'missing', value: null, numerator: null, denominator: null };

/**
 * Figures of a range of months, by the definitions that the values of their moment stand by: sums add, each month by its own
 * version; subjects are counted anew, stocks are those of the range's end, rates divide, by the version of its last
 * month (R15). One row for each scope and key, missing ones too, by scope and then in the order of the keys.
 *
 * @param manager in one transaction that sees one moment (REPEATABLE READ)
 * @throws {DomainError} when there is no such key
 */
export async function readRunning(manager: EntityManager, question: RunningQuestion): Promise<RunningValue[]> {
  const { range, scopes, keys } = question;
  const definitions = await definitionsFor(manager, question);
  const asked = keys.map((key) => requireDefinition(key, definitions, range));
  const metrics = metricsOf(asked, definitions);
  const meanings = definitionsOf(asked, definitions);
  const period = await findStoredPeriod(manager, question, meanings, metrics);
  const found = period
    ? await readStored(manager, question, period, meanings)
    : ratesOf(asked, scopes, await countMetrics(manager, question, metrics));
  return scopes.flatMap(({ org, own }) =>
    asked.map(({ key, unit }, at): RunningValue => {
      const { state, value, numerator, denominator, reported = false } = found.get(place({ org, own }, key)) ?? MISSING;
      const changes = changesOf(meanings[at]!, metrics, range.firstMonth, range.lastMonth);
      const told = { state, value, numerator, denominator, reported };
      return { key, org, own, period: range.code, ...told, unit, changes };
    }),
  );
}

/**
 * The period whose stored values are those of the range: the one of its months, or one that begins with them and has no
 * entries, and no other meaning of a figure, after them.
 */
async function findStoredPeriod(
  manager: EntityManager,
  { registryId, range, position }: RunningQuestion,
  asked: readonly (MetricDefinition | IndicatorDefinition)[],
  parts: readonly MetricDefinition[],
): Promise<Period | undefined> {
  const whole = periodOf(range);
  if (whole || position !== undefined) return whole;
  const { firstMonth, lastMonth } = range;
  const longer = enclosingPeriods(firstMonth).find((one) => one.firstMonth === firstMonth && one.lastMonth > lastMonth);
  if (!longer || asked.some((one) => changesOf(one, parts, lastMonth, longer.lastMonth).length > 0)) return undefined;
  const last = await findLastMonth(manager, registryId, longer.lastMonth);
  return last !== null && last >= firstMonth && last <= lastMonth ? longer : undefined;
}

async function readStored(
  manager: EntityManager,
  { registryId, scopes, position }: RunningQuestion,
  { code: period }: Period,
  asked: readonly (MetricDefinition | IndicatorDefinition)[],
): Promise<Map<string, Figure>> {
  const keysOf = (rates: boolean) => asked.filter((one) => 'numerator' in one === rates).map(({ key }) => key);
  const [metrics, rates] = [keysOf(false), keysOf(true)];
  const of = { registryId, period, scopes, position };
  const stored = [
    ...(metrics.length > 0 ? await readMetricValues({ manager }, { ...of, keys: metrics }) : []),
    ...(rates.length > 0 ? await readIndicatorValues({ manager }, { ...of, keys: rates }) : []),
  ];
  return new Map(stored.map((value) => [place(value, value.key), value]));
}

/** The metrics that are asked for, and those that the rates are made of, counted over the range; missing ones not. */
async function countMetrics(
  manager: EntityManager,
  { registryId, range, scopes, position }: RunningQuestion,
  metrics: readonly MetricDefinition[],
): Promise<Map<string, Figure>> {
  const [running, flows] = [metrics.filter(runsOn), metrics.filter((metric) => !runsOn(metric))];
  const reported = flows.filter(({ addsUp }) => addsUp === 'reported');
  const counted = flows.filter(({ addsUp }) => addsUp !== 'reported');
  const distinct = flows.filter(({ addsUp }) => addsUp === 'distinct');
  const found = new Map<string, Figure>();
  const keep = (scope: RunningScope, key: string, value: string) => {
    const state = decimal(value).isZero() ? 'zero' : 'value';
    found.set(place(scope, key), { state, value, numerator: null, denominator: null });
  };
  const keepStood = async (at: string, stood: readonly MetricDefinition[]) => {
    const periods = [{ ...range, grain: 'month' } as const];
    const values = await findMetricsAsOf(manager, { registryId, position: at, scopes, periods, metrics: stood });
    for (const { key, value, ...scope } of values) if (value !== null) keep(scope, key, value);
  };
  if (position !== undefined) {
    await keepStood(position, metrics);
    return found;
  }
  const feedsOf = ({ subject, ...metric }: MetricDefinition) =>
    feedsWithin(metric, range).map((feed) => ({ ...feed, subject }));
  const months = { scopes, first: `${range.firstMonth}-01`, last: `${range.lastMonth}-01` };
  if (running.length > 0) {
    const asked = { registryId, period: range.lastMonth, scopes, keys: running.map(({ key }) => key) };
    for (const { key, value, ...scope } of await readMetricValues({ manager }, asked)) {
      if (value !== null) keep(scope, key, value);
    }
  }
  if (counted.length > 0) {
    const subjects = new Set(distinct.map(({ key }) => key));
    const sums = await findRunningSums(manager, registryId, { ...months, feeds: counted.flatMap(feedsOf) });
    for (const { key, value, ...scope } of sums) keep(scope, key, subjects.has(key) ? '0' : value);
  }
  if (distinct.length === 0 && reported.length === 0) return found;
  const { computed } = await findPlaces(manager, registryId);
  if (distinct.length > 0) {
    const asked = { ...months, feeds: distinct.flatMap(feedsOf) };
    for (const { key, value, ...scope } of await findRunningSubjects(manager, registryId, asked, computed)) {
      keep(scope, key, value);
    }
  }
  if (reported.length > 0) await keepStood(computed, reported);
  return found;
}

/** What is asked for, out of the metrics that it is made of. */
function ratesOf(
  asked: readonly TargetDefinition[],
  scopes: readonly RunningScope[],
  metrics: ReadonlyMap<string, Figure>,
): Map<string, Figure> {
  const found = new Map(metrics);
  for (const scope of scopes) {
    for (const { key, indicator } of asked) {
      if (!indicator) continue;
      const part = (of: string) => metrics.get(place(scope, of))?.value ?? null;
      found.set(place(scope, key), ratioOf(indicator, part(indicator.numerator), part(indicator.denominator)));
    }
  }
  return found;
}

/** A rate of two parts (R10, R12): not applicable where the denominator is 0, else missing when a part is. */
function ratioOf(
  { scale, decimals }: IndicatorDefinition,
  numerator: string | null,
  denominator: string | null,
): Figure {
  if (denominator === null) return MISSING;
  if (decimal(denominator).isZero()) return { state: 'not_applicable', value: null, numerator, denominator };
  if (numerator === null) return MISSING;
  const value = round(decimal(numerator).times(scale).dividedBy(decimal(denominator)), decimals);
  return { state: decimal(numerator).isZero() ? 'zero' : 'value', value, numerator, denominator };
}

function requireDefinition(key: string, definitions: Definitions, { lastMonth }: MonthRange): TargetDefinition {
  const definition = findDefinition(key, definitions, lastMonth);
  if (!definition) throw new KeyUnknown(key);
  return definition;
}

/** With all their versions, in the order of the keys. */
function definitionsOf(
  asked: readonly TargetDefinition[],
  { metrics, indicators }: Definitions,
): readonly (MetricDefinition | IndicatorDefinition)[] {
  return asked.map(({ key, indicator }) => (indicator ? indicators : metrics).find((one) => one.key === key)!);
}

/** What these figures are made of, with all versions. */
function metricsOf(asked: readonly TargetDefinition[], { metrics }: Definitions): readonly MetricDefinition[] {
  const keys = new Set<string>(
    asked.flatMap(({ key, indicator }) => (indicator ? [indicator.numerator, indicator.denominator] : [key])),
  );
  return metrics.filter(({ key }) => keys.has(key));
}

function place({ org, own }: RunningScope, key: string): string {
  return `${key} ${org} ${own}`;
}
