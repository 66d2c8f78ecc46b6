import type { NumberLook } from './xlsx-styles';

const DAY = 86_400_000;
const DAYS_FROM_1900_TO_1904 = 1462;
const LAST_DAY = 2_958_465;
/** Serial 0 of 1900, once the day that never was, 29 February 1900, is behind. */
const BEGINNING = Date.UTC(1899, 11, 30);
const DIGITS = 15;

/**
 * A number of a cell as text: with the 15 digits that Excel holds, never as a power of ten; a day as 2024-05-31.
 *
 * @returns undefined for a number that Excel itself does not hold to the last digit
 */
export function numberText(value: number, look: NumberLook, from1904: boolean): string | undefined {
  if (look.as === 'date') {
    const day = dayText(value, from1904);
    if (day !== undefined) return day;
  }
  if (look.as === 'percent') return `${plainNumber(Number((value * 100).toPrecision(DIGITS)))}%`;
  if (Math.abs(value) >= 10 ** DIGITS) return undefined;
  if (look.as === 'worded') return look.before + value.toFixed(look.decimals) + look.after;
  const text = plainNumber(Number(value.toPrecision(DIGITS)));
  return look.as === 'digits' && /^\d+$/.test(text) ? text.padStart(look.digits, '0') : text;
}

/**
 * The day of a serial number, with the time of day if it has one; a time alone for a number under 1.
 * The 29 February 1900 that Excel counts is given as such: it is no day of the calendar.
 *
 * @returns undefined where there is no such day
 */
export function dayText(serial: number, from1904: boolean): string | undefined {
  const seconds = Math.round(serial * 86_400);
  const counted = Math.floor(seconds / 86_400);
  const ofDay = seconds - counted * 86_400;
  if (counted < 0 || counted > LAST_DAY) return undefined;
  const time = ofDay > 0 ? timeText(ofDay) : '';
  if (counted === 0 && !from1904) return time || undefined;
  const day = from1904 ? counted + DAYS_FROM_1900_TO_1904 : counted;
  return [dateOf(day, from1904), time].filter((part) => part !== '').join(' ');
}

function dateOf(serial: number, from1904: boolean): string {
  if (serial === 60 && !from1904) return '1900-02-29';
  const missing = serial < 60 ? 1 : 0;
  return new Date(BEGINNING + (serial + missing) * DAY).toISOString().slice(0, 10);
}

function timeText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

function plainNumber(value: number): string {
  const text = String(value === 0 ? 0 : value);
  return text.includes('e')
    ? Math.abs(value) < 1
      ? value.toFixed(20).replace(/0+$/, '')
      : BigInt(value).toString()
    : text;
}
