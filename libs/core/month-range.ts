import { DomainError } from './domain-error';
import { enclosingPeriods, parsePeriod, type Month, type Period } from './period';

/** Some months in a row, the first and the last included: a running period is one. */
export interface MonthRange {
  /** `2024-01..2024-06`. */
  readonly code: string;
  readonly firstMonth: Month;
  readonly lastMonth: Month;
}

const MONTHS_AT_MOST = 36;

export class MonthRangeNotReadable extends DomainError {
  constructor(text: string) {
    super(
      'month_range_not_readable',
      {
        zh: `“${text}”不是一段月份，应写作 2024-01..2024-06（先早后晚，最多 ${MONTHS_AT_MOST} 个月），或写一个期间，如 2024-H1。`,
        en: `"${text}" is no range of months; write 2024-01..2024-06 (the earlier first, at most ${MONTHS_AT_MOST}), or a period as 2024-H1.`,
      },
      { field: 'period' },
    );
  }
}

/**
 * Reads `2024-01..2024-06`, or a period, which is the range of its months.
 *
 * @throws {DomainError} when it is neither
 */
export function parseMonthRange(text: string): MonthRange {
  if (!text.includes('..')) return rangeOf(parsePeriod(text).firstMonth, parsePeriod(text).lastMonth);
  const [first, last] = /^(\d{4}-\d{2})\.\.(\d{4}-\d{2})$/.exec(text)?.slice(1) ?? [];
  if (!first || !last || !isMonth(first) || !isMonth(last) || last < first) throw new MonthRangeNotReadable(text);
  if (monthsBetween(first, last) >= MONTHS_AT_MOST) throw new MonthRangeNotReadable(text);
  return rangeOf(first, last);
}

export function rangeOf(firstMonth: Month, lastMonth: Month): MonthRange {
  return { code: `${firstMonth}..${lastMonth}`, firstMonth, lastMonth };
}

/** The period that has exactly these months; none where no period has. */
export function periodOf({ firstMonth, lastMonth }: MonthRange): Period | undefined {
  return enclosingPeriods(firstMonth).find(
    (period) => period.firstMonth === firstMonth && period.lastMonth === lastMonth,
  );
}

/** The same months a year earlier. */
export function sameMonthsLastYear({ firstMonth, lastMonth }: MonthRange): MonthRange {
  return rangeOf(addMonths(firstMonth, -12), addMonths(lastMonth, -12));
}

/** Every month of the range, in order. */
export function monthsOf({ firstMonth, lastMonth }: MonthRange): Month[] {
  return Array.from({ length: monthsBetween(firstMonth, lastMonth) + 1 }, (_, at) => addMonths(firstMonth, at));
}

export function addMonths(month: Month, count: number): Month {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/** How many months lie between: 0 from a month to itself. */
export function monthsBetween(first: Month, last: Month): number {
  return (
    Number(last.slice(0, 4)) * 12 + Number(last.slice(5)) - Number(first.slice(0, 4)) * 12 - Number(first.slice(5))
  );
}

/** The last day of a month, `YYYY-MM-DD`. */
export function lastDayOf(month: Month): string {
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0));
  return `${month}-${String(last.getUTCDate()).padStart(2, '0')}`;
}

/** Whole days from a day to another, both `YYYY-MM-DD`: 0 from a day to itself. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

function isMonth(text: string): boolean {
  return /^[1-9]\d{3}-(0[1-9]|1[0-2])$/.test(text);
}
