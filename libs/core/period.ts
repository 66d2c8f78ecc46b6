import { DomainError } from './domain-error';

/** A calendar month in Asia/Shanghai, `YYYY-MM`. */
export type Month = string;

/** `2024`, `2024-H1`, `2024-Q3` or `2024-05`. */
export type PeriodCode = string;

export type PeriodGrain = 'year' | 'half' | 'quarter' | 'month';

export interface Period {
  readonly code: PeriodCode;
  readonly grain: PeriodGrain;
  readonly firstMonth: Month;
  readonly lastMonth: Month;
}

export class PeriodNotReadable extends DomainError {
  constructor(text: string) {
    super(
      'period_not_readable',
      {
        zh: `期间“${text}”无法识别，应写作 2024、2024-H1、2024-Q3 或 2024-05。`,
        en: `The period "${text}" cannot be read; write 2024, 2024-H1, 2024-Q3 or 2024-05.`,
      },
      { field: 'period' },
    );
  }
}

const GRAIN_ZH: Record<PeriodGrain, string> = { year: '一年', half: '半年', quarter: '季度', month: '月份' };

export class GrainTooCoarse extends DomainError {
  constructor(period: PeriodCode, grain: PeriodGrain) {
    super(
      'grain_too_coarse',
      {
        zh: `期间 ${period} 里没有完整的${GRAIN_ZH[grain]}，请选更细的划分，或选更长的期间。`,
        en: `The period ${period} holds no whole ${grain}; choose a finer division or a longer period.`,
      },
      { field: 'by' },
    );
  }
}

const MONTHS_OF: Record<PeriodGrain, number> = { year: 12, half: 6, quarter: 3, month: 1 };

function month(year: string, number: number): Month {
  return `${year}-${String(number).padStart(2, '0')}`;
}

/** @throws {PeriodNotReadable} */
export function parsePeriod(code: string): Period {
  const match = /^([1-9]\d{3})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(code);
  if (!match) throw new PeriodNotReadable(code);
  const [, year = '', half, quarter, monthNumber] = match;
  const grain: PeriodGrain = half ? 'half' : quarter ? 'quarter' : monthNumber ? 'month' : 'year';
  const length = MONTHS_OF[grain];
  const first = (Number(half ?? quarter ?? monthNumber ?? '1') - 1) * length + 1;
  return { code, grain, firstMonth: month(year, first), lastMonth: month(year, first + length - 1) };
}

/** The periods of a finer grain inside a period, in order; the period itself when the grain is its own. */
export function periodsWithin(period: Period, grain: PeriodGrain): Period[] {
  const year = period.firstMonth.slice(0, 4);
  const first = Number(period.firstMonth.slice(5));
  const last = Number(period.lastMonth.slice(5));
  const length = MONTHS_OF[grain];
  const found: Period[] = [];
  for (let number = 1; number <= 12; number += length) {
    if (number < first || number + length - 1 > last) continue;
    found.push(parsePeriod(periodCode(year, grain, number)));
  }
  return found;
}

/**
 * Whether a period can be divided so; `org` divides every period.
 *
 * @throws {GrainTooCoarse} when it cannot, as a month into quarters
 * @throws {PeriodNotReadable}
 */
export function requireDivisible(period: PeriodCode, by: PeriodGrain | 'org' | undefined): void {
  if (by === undefined || by === 'org') return;
  if (periodsWithin(parsePeriod(period), by).length === 0) throw new GrainTooCoarse(period, by);
}

function periodCode(year: string, grain: PeriodGrain, firstMonth: number): PeriodCode {
  if (grain === 'year') return year;
  if (grain === 'half') return `${year}-H${firstMonth === 1 ? 1 : 2}`;
  if (grain === 'quarter') return `${year}-Q${(firstMonth - 1) / 3 + 1}`;
  return month(year, firstMonth);
}

/** The month, quarter, half-year and year that a month lies in. */
export function enclosingPeriods(of: Month): Period[] {
  const year = of.slice(0, 4);
  const number = Number(of.slice(5));
  return (['month', 'quarter', 'half', 'year'] as const).map((grain) => {
    const length = MONTHS_OF[grain];
    return parsePeriod(periodCode(year, grain, Math.floor((number - 1) / length) * length + 1));
  });
}

/** The month itself, and the longer periods whose last month it is. */
export function periodsEndingWith(month: Month): Period[] {
  return enclosingPeriods(month).filter(({ lastMonth }) => lastMonth === month);
}

/** The same period a year earlier. */
export function yearBefore(period: Period): Period {
  return parsePeriod(`${Number(period.code.slice(0, 4)) - 1}`.padStart(4, '0') + period.code.slice(4));
}

export function nextMonth(of: Month): Month {
  const number = Number(of.slice(5));
  return number === 12
    ? month(String(Number(of.slice(0, 4)) + 1).padStart(4, '0'), 1)
    : month(of.slice(0, 4), number + 1);
}

const SHANGHAI_DATE = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });

/** The calendar date in Asia/Shanghai, `YYYY-MM-DD`. */
export function dateInShanghai(at: Date): string {
  return SHANGHAI_DATE.format(at);
}

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the text is a date of the calendar, `YYYY-MM-DD` (no 31 February). */
export function isCalendarDate(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return year >= 1 && day >= 1 && day <= (month === 2 && leap ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0));
}
