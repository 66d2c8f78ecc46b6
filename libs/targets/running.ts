import type { DataSource, EntityManager } from 'typeorm';
import type { IndicatorDefinition } from '../catalogue/indicator-definition';
import type { MetricDefinition } from '../catalogue/metric-definition';
import { readCursor, writeCursor, CursorNotReadable } from '../core/cursor';
import { decimal, round, type DecimalString } from '../core/decimal';
import type { MonthRange } from '../core/month-range';
import { parsePeriod } from '../core/period';
import { findComputed } from '../indicators/as-of';
import {
  findEntriesBehind,
  findFirstMonth,
  findListPlace,
  totalOfEntriesBehind,
  type BehindEntry,
  type ListScope,
  type ListTotal,
} from '../indicators/entries-behind.queries';
import { findMembers } from '../indicators/orgs.queries';
import { KeyUnknown, readMetricValues } from '../indicators/values';
import type { ValueState } from '../indicators/values.queries';
import { feedsWithin, runsOn } from '../metrics/feeds';
import { findDefinition, type TargetDefinition } from './definition';
import { findRunningSums, type RunningScope, type RunningSum } from './running.queries';

/** A figure of a range of months. */
export interface RunningValue {
  readonly key: string;
  readonly org: string;
  readonly own: boolean;
  /** `2024-01..2024-06`. */
  readonly period: string;
  readonly state: ValueState;
  /** Null unless the state is `value` or `zero`. */
  readonly value: DecimalString | null;
  readonly numerator: DecimalString | null;
  readonly denominator: DecimalString | null;
  readonly unit: string;
}

export interface RunningQuestion {
  readonly registryId: number;
  readonly range: MonthRange;
  readonly scopes: readonly RunningScope[];
  readonly keys: readonly string[];
}

interface Part {
  readonly state: 'value' | 'zero' | 'missing';
  readonly value: DecimalString | null;
}

const MISSING: Part = { state: 'missing', value: null };

/**
 * Figures of a range of months: sums add, subjects are counted anew, stocks are those of its end, rates divide. One row
 * for each scope and key, missing ones too, by scope and then in the order of the keys.
 *
 * @param manager in one transaction that sees one moment (REPEATABLE READ)
 * @throws {DomainError} when there is no such key
 */
export async function readRunning(manager: EntityManager, question: RunningQuestion): Promise<RunningValue[]> {
  const definitions = question.keys.map(requireDefinition);
  const metrics = new Map(definitions.flatMap(metricsOf).map((metric) => [metric.key, metric]));
  const parts = await readParts(manager, question, [...metrics.values()]);
  return question.scopes.flatMap((scope) =>
    definitions.map(({ key, unit, indicator }): RunningValue => {
      const part = (metric: string) => parts.get(place(scope, metric)) ?? MISSING;
      const of = { key, ...scope, period: question.range.code, unit };
      if (!indicator) return { ...of, ...part(key), numerator: null, denominator: null };
      return { ...of, ...ratioOf(indicator, part(indicator.numerator), part(indicator.denominator)) };
    }),
  );
}

/** A rate of two parts (R10, R12): not applicable where the denominator is 0, else missing when a part is. */
export function ratioOf(
  { scale, decimals }: Pick<IndicatorDefinition, 'scale' | 'decimals'>,
  { value: numerator }: Pick<Part, 'value'>,
  { value: denominator }: Pick<Part, 'value'>,
): Pick<RunningValue, 'state' | 'value' | 'numerator' | 'denominator'> {
  if (denominator === null) return { state: 'missing', value: null, numerator: null, denominator: null };
  if (decimal(denominator).isZero()) return { state: 'not_applicable', value: null, numerator, denominator };
  if (numerator === null) return { state: 'missing', value: null, numerator: null, denominator: null };
  const value = round(decimal(numerator).times(scale).dividedBy(decimal(denominator)), decimals);
  return { state: decimal(numerator).isZero() ? 'zero' : 'value', value, numerator, denominator };
}

export interface RunningListQuestion {
  readonly registryId: number;
  readonly range: MonthRange;
  readonly org: string;
  readonly own: boolean;
  readonly key: string;
  /** Which part of a rate; the numerator unless said. */
  readonly part?: 'numerator' | 'denominator';
  readonly after?: string;
  readonly limit?: number;
}

export interface RunningList {
  readonly figure: RunningValue;
  readonly countsSubjects: 'donor' | 'case' | null;
  readonly total: ListTotal;
  readonly entries: readonly BehindEntry[];
  readonly next: string | null;
}

/** The list behind a running figure, one page at a time: its entries add up to it. */
export async function readRunningEntries(source: DataSource, question: RunningListQuestion): Promise<RunningList> {
  const { registryId, range, org, own, key, part = 'numerator', limit = 50 } = question;
  const definition = requireDefinition(key);
  const metric = definition.metric ?? requireDefinition(definition.indicator?.[part] ?? key).metric;
  if (!metric) throw new KeyUnknown(key);
  const cursor = readCursor(question.after);
  return source.transaction('REPEATABLE READ', async (manager) => {
    const [figure] = await readRunning(manager, { registryId, range, scopes: [{ org, own }], keys: [key] });
    if (!figure) throw new KeyUnknown(key);
    const scope = await listScope(manager, registryId, range, metric, { org, own });
    const after = cursor ? await findListPlace(manager, registryId, cursor.id) : null;
    if (after === undefined) throw new CursorNotReadable();
    const found = await findEntriesBehind(manager, scope, after, limit + 1);
    const entries = found.slice(0, limit);
    const last = entries.at(-1);
    return {
      figure,
      countsSubjects: scope.subject,
      total: await totalOfEntriesBehind(manager, scope),
      entries,
      next: found.length > limit && last ? writeCursor({ day: last.occurredOn, id: last.id }) : null,
    };
  });
}

async function readParts(
  manager: EntityManager,
  { registryId, range, scopes }: RunningQuestion,
  metrics: readonly MetricDefinition[],
): Promise<Map<string, Part>> {
  const parts = new Map<string, Part>();
  const running = metrics.filter(runsOn).map(({ key }) => key);
  for (const { org, own } of running.length > 0 ? scopes : []) {
    const asked = { registryId, period: range.lastMonth, org, own, keys: running };
    for (const { key, state, value } of await readMetricValues({ manager }, asked)) {
      if (state !== 'not_applicable') parts.set(place({ org, own }, key), { state, value });
    }
  }
  const flows = metrics.filter((metric) => !runsOn(metric));
  const months = { first: `${range.firstMonth}-01`, last: `${range.lastMonth}-01` };
  const feeds = flows.flatMap((metric) => feedsWithin(metric, parsePeriod(range.lastMonth)));
  // A share is what the org itself reported, so its own entries are asked for in either reading.
  const read = [...scopes, ...scopes.filter(({ own }) => !own).map(({ org }) => ({ org, own: true }))];
  const sums = await findRunningSums(manager, registryId, { scopes: read, feeds, ...months });
  const known = new Map(sums.map((sum) => [place(sum, sum.key), sum]));
  for (const scope of scopes) {
    for (const metric of flows) {
      const sum = known.get(place(readingOf(metric, scope), metric.key));
      const value = sum && (await valueOf(manager, registryId, range, metric, scope, sum));
      if (value === undefined || value === null) continue;
      parts.set(place(scope, metric.key), { state: decimal(value).isZero() ? 'zero' : 'value', value });
    }
  }
  return parts;
}

async function valueOf(
  manager: EntityManager,
  registryId: number,
  range: MonthRange,
  metric: MetricDefinition,
  scope: RunningScope,
  { sum, originals }: RunningSum,
): Promise<DecimalString | null> {
  if (metric.addsUp === 'sum') return sum;
  if (metric.addsUp === 'reported' && originals === 0) return null;
  return (await totalOfEntriesBehind(manager, await listScope(manager, registryId, range, metric, scope))).sum;
}

async function listScope(
  manager: EntityManager,
  registryId: number,
  { firstMonth, lastMonth }: MonthRange,
  metric: MetricDefinition,
  scope: RunningScope,
): Promise<ListScope> {
  const first = `${firstMonth}-01`;
  return {
    registryId,
    members: await findMembers(manager, registryId, [readingOf(metric, scope)]),
    first: runsOn(metric) ? ((await findFirstMonth(manager, registryId)) ?? first) : first,
    last: `${lastMonth}-01`,
    feeds: feedsWithin(metric, parsePeriod(lastMonth)),
    subject: metric.subject ?? null,
    reported: metric.addsUp === 'reported',
    position: (await findComputed(manager, registryId)).position,
  };
}

function readingOf(metric: MetricDefinition, { org, own }: RunningScope): RunningScope {
  return { org, own: own || (metric.addsUp === 'reported' && metric.overOrgs !== true) };
}

function requireDefinition(key: string): TargetDefinition {
  const definition = findDefinition(key);
  if (!definition) throw new KeyUnknown(key);
  return definition;
}

function metricsOf({ metric, indicator }: TargetDefinition): MetricDefinition[] {
  if (metric) return [metric];
  return [indicator?.numerator, indicator?.denominator].flatMap((key) => findDefinition(key ?? '')?.metric ?? []);
}

function place({ org, own }: RunningScope, key: string): string {
  return `${key} ${org} ${own}`;
}
