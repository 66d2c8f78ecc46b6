import type { Random } from './random';

/** Days since 2023-01-01. */
export type Day = number;
/** Months since 2023-01, 0 to 23. */
export type MonthNumber = number;

const MS_PER_DAY = 86_400_000;
const FIRST = Date.UTC(2023, 0, 1);
const DAYS = (Date.UTC(2025, 0, 1) - FIRST) / MS_PER_DAY;

/** The last day of the demonstration; what would happen later has not happened. */
export const LAST_DAY: Day = DAYS - 1;
export const MONTHS: readonly MonthNumber[] = Array.from({ length: 24 }, (_, month) => month);
export const YEARS = [2023, 2024] as const;

const DATES = Array.from({ length: DAYS }, (_, day) => new Date(FIRST + day * MS_PER_DAY).toISOString().slice(0, 10));
const FIRST_DAYS = [...MONTHS, 24].map((month) => (Date.UTC(2023, month, 1) - FIRST) / MS_PER_DAY);

const HOLIDAYS = [
  ['2023-01-01', '2023-01-02'],
  ['2023-01-21', '2023-01-27'],
  ['2023-04-05', '2023-04-05'],
  ['2023-04-29', '2023-05-03'],
  ['2023-06-22', '2023-06-24'],
  ['2023-09-29', '2023-10-06'],
  ['2024-01-01', '2024-01-01'],
  ['2024-02-10', '2024-02-17'],
  ['2024-04-04', '2024-04-06'],
  ['2024-05-01', '2024-05-05'],
  ['2024-06-08', '2024-06-10'],
  ['2024-09-15', '2024-09-17'],
  ['2024-10-01', '2024-10-07'],
] as const;
const IS_HOLIDAY = DATES.map((date) => HOLIDAYS.some(([from, to]) => from <= date && date <= to));

/** `YYYY-MM-DD`. @throws {RangeError} for a day outside the two years */
export function dateOf(day: Day): string {
  const date = DATES[day];
  if (date === undefined) throw new RangeError(`day ${day} is outside the demonstration`);
  return date;
}

export function firstDayOf(month: MonthNumber): Day {
  const day = FIRST_DAYS[month];
  if (day === undefined) throw new RangeError(`month ${month} is outside the demonstration`);
  return day;
}

export function lastDayOf(month: MonthNumber): Day {
  return firstDayOf(month + 1) - 1;
}

const MONTH_OF = Uint8Array.from(
  DATES,
  (date) => (Number(date.slice(0, 4)) - 2023) * 12 + Number(date.slice(5, 7)) - 1,
);

export function monthOf(day: Day): MonthNumber {
  return MONTH_OF[day] ?? 24;
}

/** 0 for 2023, 1 for 2024. */
export function yearOf(day: Day): 0 | 1 {
  return day < firstDayOf(12) ? 0 : 1;
}

export function isHoliday(day: Day): boolean {
  return IS_HOLIDAY[day] ?? false;
}

/** 2023-01-01 was a Sunday. */
export function isWeekend(day: Day): boolean {
  return day % 7 === 0 || day % 7 === 6;
}

export function isWorkday(day: Day): boolean {
  return !isWeekend(day) && !isHoliday(day);
}

/** The day itself or the next on which an office is open; it may lie after the demonstration's end. */
export function nextWorkday(day: Day): Day {
  let next = day;
  while (!isWorkday(next)) next += 1;
  return next;
}

export function lastWorkdayOf(month: MonthNumber): Day {
  let day = lastDayOf(month);
  while (!isWorkday(day)) day -= 1;
  return day;
}

/** Days that are drawn more or less often. */
export class DayWeights {
  private readonly before = new Float64Array(DAYS + 1);

  constructor(weight: (day: Day) => number) {
    for (let day = 0; day < DAYS; day += 1) this.before[day + 1] = (this.before[day] ?? 0) + weight(day);
  }

  /** A day from `first` to `last`, both included. */
  draw(random: Random, first: Day, last: Day): Day {
    const start = this.before[first] ?? 0;
    const at = start + random.next() * ((this.before[last + 1] ?? 0) - start);
    let [low, high] = [first, last];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.before[middle + 1] ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

export const OFFICE_DAYS = new DayWeights((day) => (isHoliday(day) ? 0.02 : isWeekend(day) ? 0.08 : 1));
/** Recruitment also happens on campuses and squares, at the weekend more than in the week. */
export const EVENT_DAYS = new DayWeights((day) => (isHoliday(day) ? 0.15 : isWeekend(day) ? 1.35 : 1));
