import { DomainError } from '../core/domain-error';
import { isCalendarDate } from '../core/period';
import { dayText } from './xlsx-number';

const TIME = String.raw`(?:[ T]?(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)?`;
const STYLES = [
  new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${TIME}$`),
  new RegExp(String.raw`^(\d{4})()(\d{2})(\d{2})$`),
  new RegExp(String.raw`^(\d{4})(年)(\d{1,2})月(\d{1,2})[日号]?${TIME}$`),
];
const SERIAL = /^[1-9]\d{4}(\.\d+)?$/;
const YEAR_UNCLEAR = /^(\d{1,2}[-/.]\d{1,2}[-/.](\d{2}|\d{4})|\d{2}年\d{1,2}月\d{1,2}[日号]?)$/;

/**
 * A date in one of the styles 2024-05-31, 2024/5/31, 2024.5.31, 20240531 and 2024年5月31日, with or without a time of day,
 * or as the number of a day in Excel.
 *
 * @returns `YYYY-MM-DD`; the text as it is where it is no day of the calendar
 * @throws {DomainError} when it may be several days
 */
export function readDate(text: string, from1904: boolean): string {
  const closed = text.replace(/\s*([年月日号])\s*/g, '$1');
  for (const style of STYLES) {
    const match = style.exec(closed);
    if (!match) continue;
    const date = `${match[1]}-${match[3]!.padStart(2, '0')}-${match[4]!.padStart(2, '0')}`;
    return isCalendarDate(date) ? date : text;
  }
  if (SERIAL.test(text)) return dayText(Number(text), from1904)?.slice(0, 10) ?? text;
  if (!YEAR_UNCLEAR.test(closed)) return text;
  throw new DomainError(
    'date_ambiguous',
    {
      zh: `日期“${text}”分不清年、月、日，请写成四位年份在前，如 2024-05-31。`,
      en: `The date "${text}" can be read in several ways; put a year of four digits first, like 2024-05-31.`,
    },
    { field: 'occurredOn' },
  );
}
