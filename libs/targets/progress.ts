import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import {
  addMonths,
  daysBetween,
  lastDayOf,
  monthsBetween,
  monthsOf,
  rangeOf,
  type MonthRange,
} from '../core/month-range';
import { dateInShanghai, isCalendarDate, parsePeriod, type Period } from '../core/period';
import { decimal } from '../core/decimal';
import { findLastMonth } from '../indicators/values.queries';
import { findComparisons, type Comparison } from './comparison';
import { findDefinition, type TargetDefinition } from './definition';
import { forecastOf, metricKeysOf, type History } from './figure-forecast';
import type { Forecast, NoForecast } from './forecast';
import { FORECAST_RULES } from './forecast-rules';
import { likelihoodOf, type Likelihood } from './likelihood';
import { paceOf, type Pace } from './pace';
import { findMonthlyValues } from './progress.queries';
import { readRunning, type RunningValue } from './running';
import { findTargets, type TargetRow } from './targets.queries';

/** A forecast as it is told, and how likely it makes the target. */
export type TargetForecast =
  (Omit<Forecast, 'middle' | 'deviation'> & { readonly to: string; readonly likelihood: Likelihood }) | NoForecast;

export interface TargetProgress {
  readonly target: TargetRow;
  readonly unit: string;
  /** From the period's first month to date, beside the same months of last year. */
  readonly actual: Comparison;
  readonly pace: Pace;
  readonly forecast: TargetForecast;
}

export interface Progress {
  readonly org: string;
  readonly period: string;
  /** The months that are counted; null before the first of them. */
  readonly months: string | null;
  /** The last day that is counted: the end of the last month with data, or today within it. */
  readonly countedTo: string | null;
  readonly days: number;
  readonly daysPassed: number;
  readonly targets: readonly TargetProgress[];
}

export interface ProgressQuestion {
  readonly registryId: number;
  readonly org: string;
  readonly period: string;
  /** `YYYY-MM-DD`: only months up to this day's are counted, the day's own wholly. Today unless said. */
  readonly on?: string;
  /** The moment at which the targets are to have stood; now unless said. */
  readonly targetsAsOf?: Date;
}

/**
 * Where an org's targets of a period stand: actual, the same months of last year, pace, forecast to the period's end.
 *
 * @throws {DomainError} when the period or the day cannot be read
 */
export async function readProgress(source: DataSource, question: ProgressQuestion): Promise<Progress> {
  return source.transaction('REPEATABLE READ', (manager) => readProgressWithin(manager, question));
}

/** The same, in the caller's transaction that sees one moment. */
export async function readProgressWithin(manager: EntityManager, question: ProgressQuestion): Promise<Progress> {
  const { registryId, org, targetsAsOf = null } = question;
  const period = parsePeriod(question.period);
  const clock = await clockOf(manager, registryId, period, question.on);
  const of = { periods: [period.code], orgs: [org] };
  const targets = await findTargets(manager, registryId, of, targetsAsOf);
  const definitions = targets.flatMap(({ key }) => findDefinition(key) ?? []);
  const told = { org, period: period.code, days: clock.days, daysPassed: clock.daysPassed, countedTo: clock.countedTo };
  if (targets.length === 0) return { ...told, months: clock.range?.code ?? null, targets: [] };
  // Before the period has begun the first month stands for it: it holds nothing.
  const range = clock.range ?? rangeOf(period.firstMonth, period.firstMonth);
  const asked = { registryId, range, scopes: [{ org, own: false }], keys: definitions.map(({ key }) => key) };
  const actuals = await findComparisons(manager, asked);
  const history = await readHistory(manager, question, period, clock, definitions);
  const rows = definitions.flatMap((definition, at): TargetProgress[] => {
    const target = targets.find(({ key }) => key === definition.key);
    const actual = actuals[at];
    return target && actual ? [progressOf(definition, target, actual, history, clock)] : [];
  });
  return { ...told, months: clock.range?.code ?? null, targets: rows };
}

interface Clock {
  readonly range: MonthRange | null;
  readonly period: Period;
  readonly countedTo: string | null;
  readonly days: number;
  readonly daysPassed: number;
  /** The last month that is counted and over. */
  readonly lastWhole: string;
}

async function clockOf(
  manager: EntityManager,
  registryId: number,
  period: Period,
  on: string | undefined,
): Promise<Clock> {
  if (on !== undefined && !isCalendarDate(on)) {
    throw new DomainError(
      'day_not_readable',
      { zh: `“${on}”不是日期，应写作 2024-06-30。`, en: `"${on}" is no date; write 2024-06-30.` },
      { field: 'on' },
    );
  }
  const today = dateInShanghai(new Date());
  const { firstMonth, lastMonth } = period;
  const days = daysBetween(`${firstMonth}-01`, lastDayOf(lastMonth)) + 1;
  const latest = await findLastMonth(manager, registryId, [lastMonth, (on ?? today).slice(0, 7)].sort()[0]!);
  const month = [latest ?? firstMonth, today.slice(0, 7)].sort()[0]!;
  const end = lastDayOf(month);
  const lastWhole = end < today ? month : addMonths(month, -1);
  if (latest === null || month < firstMonth) {
    return { range: null, period, countedTo: null, days, daysPassed: 0, lastWhole };
  }
  const countedTo = end < today ? end : today;
  const daysPassed = daysBetween(`${firstMonth}-01`, countedTo) + 1;
  return { range: rangeOf(firstMonth, month), period, countedTo, days, daysPassed, lastWhole };
}

const YEARS_LOOKED_BACK = 2;

async function readHistory(
  manager: EntityManager,
  { registryId, org }: ProgressQuestion,
  { firstMonth }: Period,
  { lastWhole, range }: Clock,
  definitions: readonly TargetDefinition[],
): Promise<History> {
  const keys = [...new Set(definitions.flatMap(metricKeysOf))];
  const since = addMonths([lastWhole, firstMonth].sort()[0]!, -12 * YEARS_LOOKED_BACK - 1);
  const months = monthsOf(rangeOf(since, [lastWhole, firstMonth].sort()[1]!));
  const found = await findMonthlyValues(manager, registryId, org, keys, months);
  const monthly = new Map(keys.map((key) => [key, new Map<string, string>()]));
  for (const { key, month, value } of found) monthly.get(key)?.set(month, value);
  const scopes = [{ org, own: false }];
  const read = async (to: string): Promise<Map<string, RunningValue>> => {
    if (to < firstMonth) return new Map();
    const values = await readRunning(manager, { registryId, range: rangeOf(firstMonth, to), scopes, keys });
    return new Map(values.map((value) => [value.key, value]));
  };
  const sofar = range ? await read(range.lastMonth) : new Map<string, RunningValue>();
  const whole = range?.lastMonth === lastWhole ? sofar : await read(lastWhole);
  return { monthly, sofar, whole, firstMonth, lastWhole };
}

function progressOf(
  definition: TargetDefinition,
  target: TargetRow,
  actual: Comparison,
  history: History,
  clock: Clock,
): TargetProgress {
  const { operator, value } = target;
  const before = history.monthly.get(definition.key)?.get(addMonths(history.firstMonth, -1)) ?? null;
  const { days, daysPassed } = clock;
  const is = actual.now.value;
  const pace = paceOf({ definition, operator, target: value, actual: is, before, days, daysPassed });
  const forecast = forecastFor(definition, target, is, history, clock);
  return { target, unit: definition.unit, actual, pace, forecast };
}

function forecastFor(
  definition: TargetDefinition,
  { operator, value }: TargetRow,
  actual: string | null,
  history: History,
  { period, lastWhole, range }: Clock,
): TargetForecast {
  if (range === null || actual === null) return { because: NOTHING_YET };
  const monthsAhead = Math.max(0, monthsBetween(lastWhole, period.lastMonth));
  const forecast = forecastOf(definition, history, monthsAhead, FORECAST_RULES);
  if ('because' in forecast) return forecast;
  const { middle, deviation, ...told } = forecast;
  const against = { operator, target: value, decimals: definition.decimals };
  const settled = settledBy(definition, against, actual, monthsAhead);
  return {
    ...told,
    to: lastDayOf(period.lastMonth),
    likelihood: likelihoodOf({ middle, deviation }, against, settled),
  };
}

const NOTHING_YET = { zh: '期间内还没有数据，不作预测。', en: 'The period has no data yet: no forecast is made.' };

/** What only grows is met, or broken, for good; anything is once the period is over. */
function settledBy(
  { adds }: TargetDefinition,
  { operator, target }: { operator: TargetRow['operator']; target: string },
  actual: string,
  monthsAhead: number,
): 'met' | 'broken' | null {
  const order = decimal(actual).comparedTo(decimal(target));
  if (monthsAhead === 0) {
    const met = operator === 'ge' ? order >= 0 : operator === 'le' ? order <= 0 : order === 0;
    return met ? 'met' : 'broken';
  }
  if (adds !== 'sum' && adds !== 'distinct' && adds !== 'cumulative') return null;
  if (operator === 'ge') return order >= 0 ? 'met' : null;
  return order > 0 ? 'broken' : null;
}
