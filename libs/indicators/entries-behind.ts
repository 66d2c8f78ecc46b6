import type { DataSource, EntityManager } from 'typeorm';
import { readCursor, writeCursor, type DayCursor } from '../core/cursor';
import { DomainError } from '../core/domain-error';
import { parsePeriod, type Period } from '../core/period';
import type { MetricDefinition } from '../catalogue/metric-definition';
import { feedsWithin, findMetric, runsOn } from '../metrics/feeds';
import {
  findEntriesBehind,
  findFirstMonth,
  findFirstYear,
  findYearTotalMonths,
  totalOfEntriesBehind,
  type BehindEntry,
  type ListScope,
} from './entries-behind.queries';
import { findIndicator, KeyUnknown, readIndicatorValues, readMetricValues, type Value } from './values';

export interface ListQuestion {
  readonly registryId: number;
  readonly key: string;
  readonly period: string;
  readonly org?: string;
  readonly own?: boolean;
  /** Which part of a rate; compulsory for one. */
  readonly part?: 'numerator' | 'denominator';
  readonly after?: string;
  readonly limit?: number;
}

/**
 * The list behind a figure: its entries add up to it, or those that count hold as many subjects as it says. Figure,
 * total and entries are of one moment.
 */
export interface EntriesBehind {
  readonly figure: Value;
  readonly countsSubjects: 'donor' | 'case' | null;
  /** Of the whole list; told with its first page only. */
  readonly total: { readonly entries: number; readonly sum: string } | null;
  readonly entries: readonly BehindEntry[];
  readonly next: string | null;
}

/**
 * The entries that a figure was made of, one page at a time.
 *
 * @throws {DomainError} when the key, the period, the org or the cursor cannot be read, or a rate's part is not said
 */
export async function readEntriesBehind(source: DataSource, question: ListQuestion): Promise<EntriesBehind> {
  const metric = findMetric(metricKeyOf(question));
  if (!metric) throw new KeyUnknown(question.key);
  const after = readCursor(question.after);
  return source.transaction('REPEATABLE READ', async (manager) => readWithin(manager, question, metric, after));
}

async function readWithin(
  manager: EntityManager,
  question: ListQuestion,
  metric: MetricDefinition,
  after: DayCursor | null,
): Promise<EntriesBehind> {
  const { registryId, key, org, own, period: code } = question;
  const asked = { registryId, period: code, org, own, keys: [key] };
  const [figure] = await (findIndicator(key) ? readIndicatorValues : readMetricValues)({ manager }, asked);
  if (!figure) throw new KeyUnknown(key);
  const period = parsePeriod(code);
  const isEarlier = !runsOn(metric) && code < (await findFirstYear(manager, registryId));
  const scope = await (isEarlier ? scopeOfYearTotals : scopeOf)(manager, registryId, metric, period, figure);
  const limit = question.limit ?? 50;
  const found = await findEntriesBehind(manager, scope, after, limit + 1);
  const entries = found.slice(0, limit);
  const last = entries.at(-1);
  return {
    figure,
    countsSubjects: scope.subject,
    total: after ? null : await totalOfEntriesBehind(manager, scope),
    entries,
    next: found.length > limit && last ? writeCursor({ day: last.occurredOn, id: last.id }) : null,
  };
}

async function scopeOf(
  manager: EntityManager,
  registryId: number,
  metric: MetricDefinition,
  period: Period,
  { org, own }: Value,
): Promise<ListScope> {
  const firstMonth = `${period.firstMonth}-01`;
  const reported = metric.addsUp === 'reported';
  return {
    registryId,
    org,
    // A share is what the org itself reported, also where its subtree is asked for.
    own: own || (reported && metric.overOrgs !== true),
    first: runsOn(metric) ? ((await findFirstMonth(manager, registryId)) ?? firstMonth) : firstMonth,
    last: `${period.lastMonth}-01`,
    feeds: feedsWithin(metric, period),
    subject: metric.subject ?? null,
    reported,
  };
}

/** Of a year before the ledger: what was reported of it, whenever that was entered (R6). */
async function scopeOfYearTotals(
  manager: EntityManager,
  registryId: number,
  { key, addsUp }: MetricDefinition,
  { code: year, firstMonth }: Period,
  { org, own }: Value,
): Promise<ListScope> {
  const { first, last } = await findYearTotalMonths(manager, registryId);
  const feed = {
    key,
    kind: 'OpeningYearTotal',
    outcome: '',
    reason: '',
    times: '1',
    since: '-infinity',
    until: 'infinity',
    attributes: { year, metric: key },
  };
  return {
    registryId,
    org,
    own: own || addsUp !== 'sum',
    first: first ?? `${firstMonth}-01`,
    last: last ?? `${firstMonth}-01`,
    feeds: [feed],
    subject: null,
    reported: false,
  };
}

function metricKeyOf({ key, part }: ListQuestion): string {
  const indicator = findIndicator(key);
  if (!indicator) return key;
  if (part === undefined) {
    throw new DomainError(
      'part_missing',
      { zh: '比率请说明要看分子还是分母。', en: 'Say which part of the rate: numerator or denominator.' },
      { field: 'part' },
    );
  }
  return indicator[part];
}
