import type { DataSource, EntityManager } from 'typeorm';
import type { Definitions } from '../catalogue/effective';
import { versionAt } from '../catalogue/versions';
import { addMonths, monthsOf, rangeOf, sameMonthsLastYear, type MonthRange } from '../core/month-range';
import { dateInShanghai, parsePeriod, periodsWithin, type Period } from '../core/period';
import { findComputed, instantOf, resolveAsOf } from '../indicators/as-of';
import type { LedgerMoment } from '../indicators/as-of.queries';
import { findFirstDay } from '../indicators/registry.queries';
import { definitionsFor } from '../indicators/value-meaning';
import { findMetricsAsOf } from '../indicators/values-as-of.queries';
import { clockOf, type Clock, type Past } from './clock';
import { compareRunning, type Comparison } from './comparison';
import { findDefinition, type TargetDefinition } from './definition';
import { metricKeysOf, type History } from './figure-forecast';
import { paceOf, type Pace } from './pace';
import { findMonthlyValues } from './progress.queries';
import { readRunning, type RunningValue } from './running';
import { forecastTarget, type TargetForecast } from './target-forecast';
import { findTargets, type TargetRow } from './targets.queries';

export interface TargetProgress {
  readonly target: TargetRow;
  readonly unit: string;
  /** From the period's first month to date, beside the same months of last year. */
  readonly actual: Comparison;
  readonly pace: Pace;
  readonly forecast: TargetForecast;
  /** Of a year: its first half, until that is over, and as long as a target stands for it. */
  readonly firstHalf: FirstHalf | null;
}

/** What a year's figure comes to by the end of its first half. */
export interface FirstHalf {
  readonly period: string;
  /** The half-year's own; without one there is nothing to be likely or not. */
  readonly target: TargetRow | null;
  readonly actual: RunningValue;
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
  /** The moment before which the targets are to have been set; now unless said. */
  readonly targetsBefore?: Date;
  /** The position of the ledger whose orgs say up to which month the registry has reported; today's unless said. */
  readonly orgsAsOf?: string;
  /** The moment at which the figures are to have stood; now unless said. */
  readonly past?: Past;
}

/** Progress with the place in the ledger that it stands for. */
export interface StandingProgress extends Progress {
  readonly asOf: LedgerMoment;
}

/**
 * Where an org's targets of a period stand: actual, the same months of last year, pace, and forecast to the period's
 * end; of a year also to its half. As of a moment of the past: the targets, figures and orgs that stood then, and what
 * was forecast from them.
 *
 * @throws {DomainError} when the period, the day or the moment cannot be read
 */
export async function readProgress(
  source: DataSource,
  { asOf: moment, ...question }: Omit<ProgressQuestion, 'past'> & { readonly asOf?: string },
): Promise<StandingProgress> {
  const { registryId } = question;
  return source.transaction('REPEATABLE READ', async (manager) => {
    if (moment === undefined) {
      return { asOf: await findComputed(manager, registryId), ...(await readProgressWithin(manager, question)) };
    }
    const asOf = await resolveAsOf(manager, registryId, moment);
    const { begins, ends } = instantOf(moment, asOf);
    const past = { position: asOf.position, today: dateInShanghai(begins) };
    return { asOf, ...(await readProgressWithin(manager, { ...question, past, targetsBefore: ends })) };
  });
}

/** The same, in the caller's transaction that sees one moment. */
export async function readProgressWithin(manager: EntityManager, question: ProgressQuestion): Promise<Progress> {
  const { registryId, org, targetsBefore = null } = question;
  const period = parsePeriod(question.period);
  const [half] = period.grain === 'year' ? periodsWithin(period, 'half') : [];
  const clock = await clockOf(manager, question, period, question.on);
  const of = { periods: [period.code, ...(half ? [half.code] : [])], orgs: [org] };
  const standing = await findTargets(manager, registryId, of, targetsBefore);
  const targets = standing.filter((one) => one.period === period.code);
  const { countedTo, days, daysPassed } = clock;
  const told = { org, period: period.code, months: clock.range?.code ?? null, countedTo, days, daysPassed };
  if (targets.length === 0) return { ...told, targets: [] };
  const definitions = await definitionsFor(manager, { registryId, position: question.past?.position });
  // What is counted means what it means in its last month; before there is one, what it will mean.
  const meant = clock.range?.lastMonth ?? period.lastMonth;
  const asked = targets.flatMap(({ key }) => findDefinition(key, definitions, meant) ?? []);
  const figures = runningFigures(manager, question, asked);
  const history = await readHistory(manager, question, clock, asked, definitions, figures);
  // Before the period has begun its first month stands for it: it holds nothing.
  const range = clock.range ?? rangeOf(period.firstMonth, period.firstMonth);
  const [now, before] = [await figures(range), await figures(sameMonthsLastYear(range))];
  const firstDay = await findFirstDay(manager, registryId);
  const firstHalf = half && (await firstHalfOf(manager, question, half, asked, definitions, figures, standing));
  const rows = asked.map((definition): TargetProgress => {
    const { key, unit } = definition;
    const target = targets.find((one) => one.key === key)!;
    const actual = compareRunning(now.get(key)!, before.get(key)!, firstDay);
    const { operator, value } = target;
    const atStart = history.monthly.get(key)?.get(addMonths(period.firstMonth, -1)) ?? null;
    const is = actual.now.value;
    const pace = paceOf({ definition, operator, target: value, actual: is, before: atStart, days, daysPassed });
    const forecast = forecastTarget(definition, target, is, history, clock);
    return { target, unit, actual, pace, forecast, firstHalf: firstHalf?.get(key) ?? null };
  });
  return { ...told, targets: rows };
}

/** The first half of a year: of every figure while it is not over, and then of those that have a target for it. */
async function firstHalfOf(
  manager: EntityManager,
  question: ProgressQuestion,
  half: Period,
  asked: readonly TargetDefinition[],
  definitions: Definitions,
  figures: FiguresOf,
  standing: readonly TargetRow[],
): Promise<Map<string, FirstHalf>> {
  const targets = new Map(standing.flatMap((one) => (one.period === half.code ? [[one.key, one] as const] : [])));
  const clock = await clockOf(manager, question, half, question.on);
  const isOver = clock.lastWhole >= half.lastMonth;
  const told = asked.filter(({ key }) => !isOver || targets.has(key));
  if (clock.range === null || told.length === 0) return new Map();
  const history = await readHistory(manager, question, clock, told, definitions, figures);
  const now = await figures(clock.range);
  return new Map(
    told.map((definition) => {
      const actual = now.get(definition.key)!;
      const target = targets.get(definition.key) ?? null;
      const forecast = forecastTarget(definition, target, actual.value, history, clock);
      return [definition.key, { period: half.code, target, actual, forecast }];
    }),
  );
}

export type FiguresOf = (range: MonthRange) => Promise<ReadonlyMap<string, RunningValue>>;

/** The figures that are asked for and what they are made of; each range is read once. */
export function runningFigures(
  manager: EntityManager,
  { registryId, org, past }: ProgressQuestion,
  asked: readonly TargetDefinition[],
): FiguresOf {
  const keys = [...new Set(asked.flatMap((one) => [one.key, ...metricKeysOf(one)]))];
  const known = new Map<string, ReadonlyMap<string, RunningValue>>();
  return async (range) => {
    const stood = known.get(range.code);
    if (stood) return stood;
    const scopes = [{ org, own: false }];
    const values = await readRunning(manager, { registryId, range, scopes, keys, position: past?.position });
    const figures = new Map(values.map((value) => [value.key, value]));
    known.set(range.code, figures);
    return figures;
  };
}

const YEARS_LOOKED_BACK = 2;

export async function readHistory(
  manager: EntityManager,
  { registryId, org, past }: ProgressQuestion,
  { period: { firstMonth, lastMonth }, lastWhole, range }: Clock,
  asked: readonly TargetDefinition[],
  definitions: Definitions,
  figures: FiguresOf,
): Promise<History> {
  const keys = [...new Set(asked.flatMap(metricKeysOf))];
  const since = addMonths([lastWhole, firstMonth].sort()[0]!, -12 * YEARS_LOOKED_BACK - 1);
  const months = monthsOf(rangeOf(since, [lastWhole, firstMonth].sort()[1]!));
  const monthly = new Map(keys.map((key) => [key, new Map<string, string>()]));
  // A month in which a figure meant something else says nothing of those to come.
  const meant = range?.lastMonth ?? lastMonth;
  const metrics = definitions.metrics.filter(({ key }) => keys.includes(key));
  const scopes = [{ org, own: false }];
  const found = past
    ? await findMetricsAsOf(manager, { registryId, ...past, scopes, periods: months.map(parsePeriod), metrics })
    : await findMonthlyValues(manager, registryId, org, keys, months);
  const meansIt = new Map(metrics.map((metric) => [metric.key, versionAt(metric, meant).since]));
  for (const { key, period: month, value } of found) {
    if (value !== null && month >= meansIt.get(key)!) monthly.get(key)?.set(month, value);
  }
  const none: ReadonlyMap<string, RunningValue> = new Map();
  const sofar = range ? await figures(range) : none;
  const whole = range && lastWhole >= firstMonth ? await figures(rangeOf(firstMonth, lastWhole)) : none;
  return { monthly, sofar, whole, firstMonth, lastWhole, definitions, meant };
}
