import type { DataSource, EntityManager } from 'typeorm';
import { CursorNotReadable, readCursor, writeCursor, type DayCursor } from '../core/cursor';
import { DomainError } from '../core/domain-error';
import { parsePeriod, type Period } from '../core/period';
import type { MetricDefinition } from '../catalogue/metric-definition';
import { versionAt } from '../catalogue/versions';
import { feedsWithin, findMetric, runsOn } from '../metrics/feeds';
import {
  findEntriesBehind,
  findFirstMonth,
  findListPlace,
  findYearTotalMonths,
  totalOfEntriesBehind,
  totalOfTallies,
  type BehindEntry,
  type ListPlace,
  type ListScope,
  type ListTotal,
} from './entries-behind.queries';
import { findComputed, findMoment, resolveAsOf } from './as-of';
import { countWaitingWork, type LedgerMoment } from './as-of.queries';
import { findMembers } from './orgs.queries';
import { findFirstDay } from './registry.queries';
import { definitionsFor } from './value-meaning';
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
  /** The position of the ledger at which figure and list are to stand; where today's values do unless said. */
  readonly position?: string;
}

/**
 * The list behind a figure: its entries add up to it, or those that count hold as many subjects as it says. Figure,
 * total and entries are of one moment.
 */
export interface EntriesBehind {
  readonly asOf: LedgerMoment;
  /** How many marked cells no worker has computed yet. */
  readonly waiting: number;
  readonly figure: Value;
  readonly countsSubjects: 'donor' | 'case' | null;
  /** Of the whole list; told with its first page only. */
  readonly total: ListTotal | null;
  readonly entries: readonly BehindEntry[];
  readonly next: string | null;
}

/** A figure and what its list is, before any page of it is read. */
export interface FigureList {
  readonly figure: Value;
  readonly metric: MetricDefinition;
  readonly scope: ListScope;
  /** What the entries come to, as the figure says it. */
  readonly comesTo: string;
}

/**
 * The entries that a figure was made of, one page at a time.
 *
 * @throws {DomainError} when the key, the period, the org or the cursor cannot be read, or a rate's part is not said
 */
export async function readEntriesBehind(
  source: DataSource,
  { asOf: moment, ...asked }: ListQuestion & { readonly asOf?: string },
): Promise<EntriesBehind> {
  requireMetric(asked);
  const cursor = readCursor(asked.after);
  return source.transaction('REPEATABLE READ', async (manager) => {
    const asOf = moment === undefined ? undefined : await resolveAsOf(manager, asked.registryId, moment);
    const question = { ...asked, position: asOf?.position ?? asked.position };
    const list = await openList(manager, question);
    const after = cursor && (await placeOf(manager, question.registryId, cursor));
    const limit = question.limit ?? 50;
    const found = await findEntriesBehind(manager, list.scope, after, limit + 1);
    const entries = found.slice(0, limit);
    const last = entries.at(-1);
    return {
      asOf: asOf ?? (await findMoment(manager, question.registryId, list.scope.position)),
      waiting: await countWaitingWork(manager, question.registryId),
      figure: list.figure,
      countsSubjects: list.scope.subject,
      total: after ? null : await totalOf(manager, list, question),
      entries,
      next: found.length > limit && last ? writeCursor({ day: last.occurredOn, id: last.id }) : null,
    };
  });
}

/**
 * What a list is of: the figure, and which entries stand for it. Reads one moment, in a REPEATABLE READ transaction.
 *
 * @throws {DomainError} when the key, the period or the org cannot be read, or a rate's part is not said
 */
export async function openList(manager: EntityManager, question: ListQuestion): Promise<FigureList> {
  requireMetric(question);
  const { registryId, key, org, own, period: code } = question;
  const period = parsePeriod(code);
  const metric = await findMeant(manager, question, period);
  const asked = { registryId, period: code, org, own, position: question.position };
  const read = findIndicator(key) ? readIndicatorValues : readMetricValues;
  const [figure] = await read({ manager }, { ...asked, keys: [key] });
  if (!figure) throw new KeyUnknown(key);
  const [part] = key === metric.key ? [figure] : await readMetricValues({ manager }, { ...asked, keys: [metric.key] });
  const isEarlier = !runsOn(metric) && code < (await findFirstDay(manager, registryId)).slice(0, 4);
  const position = question.position ?? (await findComputed(manager, registryId)).position;
  const scope = await (isEarlier ? scopeOfYearTotals : scopeOf)(manager, registryId, metric, period, figure, position);
  return { figure, metric, scope, comesTo: part?.value ?? '0' };
}

/** The metric whose entries are listed, as it is for the registry: what a part of a rate is depends on its version. */
async function findMeant(manager: EntityManager, question: ListQuestion, period: Period): Promise<MetricDefinition> {
  const { metrics, indicators } = await definitionsFor(manager, question);
  const rate = indicators.find(({ key }) => key === question.key);
  const key = rate && question.part ? versionAt(rate, period.lastMonth)[question.part] : question.key;
  const metric = metrics.find((one) => one.key === key);
  if (!metric) throw new KeyUnknown(question.key);
  return metric;
}

/** Of today's values the tallies know the total; of a moment of the past only the entries do. */
async function totalOf(
  manager: EntityManager,
  { scope, comesTo }: FigureList,
  { position }: ListQuestion,
): Promise<ListTotal> {
  if (position !== undefined || scope.reported || scope.feeds.some(({ attributes }) => attributes)) {
    return totalOfEntriesBehind(manager, scope);
  }
  const { entries, sum } = await totalOfTallies(manager, scope);
  return { entries, sum: scope.subject ? comesTo : sum };
}

/** @throws {DomainError} when the registry has no such entry */
export async function placeOf(manager: EntityManager, registryId: number, { day, id }: DayCursor): Promise<ListPlace> {
  const place = await findListPlace(manager, registryId, id);
  if (!place || place.day !== day) throw new CursorNotReadable();
  return place;
}

/** Which entries are behind a figure of some months in a row. */
export async function scopeOf(
  manager: EntityManager,
  registryId: number,
  metric: MetricDefinition,
  period: Pick<Period, 'firstMonth' | 'lastMonth'>,
  { org, own }: Pick<Value, 'org' | 'own'>,
  position: string,
): Promise<ListScope> {
  const firstMonth = `${period.firstMonth}-01`;
  const reported = metric.addsUp === 'reported';
  // A share is what the org itself reported, also where its subtree is asked for.
  const scope = { org, own: own || (reported && metric.overOrgs !== true) };
  return {
    registryId,
    members: await findMembers(manager, registryId, [scope]),
    first: runsOn(metric) ? ((await findFirstMonth(manager, registryId)) ?? firstMonth) : firstMonth,
    last: `${period.lastMonth}-01`,
    feeds: feedsWithin(metric, period),
    subject: metric.subject ?? null,
    reported,
    position,
  };
}

/** Of a year before the ledger: what was reported of it, whenever that was entered (R6). */
async function scopeOfYearTotals(
  manager: EntityManager,
  registryId: number,
  { key, addsUp }: MetricDefinition,
  { code: year, firstMonth }: Period,
  { org, own }: Value,
  position: string,
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
    members: await findMembers(manager, registryId, [{ org, own: own || addsUp !== 'sum' }]),
    first: first ?? `${firstMonth}-01`,
    last: last ?? `${firstMonth}-01`,
    feeds: [feed],
    subject: null,
    reported: false,
    position,
  };
}

/** That there is such a metric, or such a rate and a part of it was asked for. */
function requireMetric({ key, part }: ListQuestion): void {
  const indicator = findIndicator(key);
  if (indicator && part === undefined) {
    throw new DomainError(
      'part_missing',
      { zh: '比率请说明要看分子还是分母。', en: 'Say which part of the rate: numerator or denominator.' },
      { field: 'part' },
    );
  }
  if (!indicator && !findMetric(key)) throw new KeyUnknown(key);
}
