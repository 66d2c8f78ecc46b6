import type { EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { addMonths, daysBetween, lastDayOf, rangeOf, type MonthRange } from '../core/month-range';
import { dateInShanghai, isCalendarDate, type Period } from '../core/period';
import { findLastMonth } from '../indicators/values.queries';
import { findLastReportedMonth } from './progress.queries';

/** How much of a period is counted. */
export interface Clock {
  readonly period: Period;
  /** The months that are counted; null before the first of them. */
  readonly range: MonthRange | null;
  /** The last day that is counted: the end of the last month that is reported, or today within it. */
  readonly countedTo: string | null;
  readonly days: number;
  readonly daysPassed: number;
  /** The last month that is counted and over. */
  readonly lastWhole: string;
}

/** A moment of the past that figures are looked at from. */
export interface Past {
  readonly position: string;
  /** Its day in Asia/Shanghai, `YYYY-MM-DD`. */
  readonly today: string;
}

/**
 * @param on `YYYY-MM-DD`: months up to this day's are counted; today unless said
 * @throws {DomainError} when the day cannot be read
 */
export async function clockOf(
  manager: EntityManager,
  scope: { readonly registryId: number; readonly org: string; readonly orgsAsOf?: string; readonly past?: Past },
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
  const { registryId, org, past } = scope;
  const of = { registryId, org, orgsAsOf: past?.position ?? scope.orgsAsOf, position: past?.position };
  const today = past?.today ?? dateInShanghai(new Date());
  const { firstMonth, lastMonth } = period;
  const days = daysBetween(`${firstMonth}-01`, lastDayOf(lastMonth)) + 1;
  const upTo = [lastMonth, (on ?? today).slice(0, 7)].sort()[0]!;
  const latest =
    (await findLastReportedMonth(manager, of, upTo)) ??
    (await findLastMonth(manager, registryId, upTo, past?.position));
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
