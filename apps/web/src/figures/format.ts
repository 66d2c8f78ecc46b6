import type { Value } from '../api/answers';
import type { Words } from '../language';
import type { ShownValue } from './shown-value';

/** Thousands grouped: `"186594"` is `"186,594"`; the text is never read as a number. */
export function group(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',').replace(/^-/, '−');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A number with its unit, as it is read aloud: `4,877 人次`, `48.73%`, `万分之 6.9`. */
export function withUnit(text: string, unit: string, words: Words): string {
  if (unit === '%') return `${group(text)}%`;
  if (unit === '万分之') {
    return words.language === 'zh' ? `万分之 ${group(text)}` : `${group(text)} ${words.unit(unit, text)}`;
  }
  return `${group(text)} ${words.unit(unit, text)}`;
}

/** A figure as a sentence would say it, missing and not applicable told apart. */
export function sayFigure(
  value: Pick<ShownValue, 'state' | 'value' | 'unit' | 'reported'> | undefined,
  words: Words,
): string {
  if (!value || value.state === 'missing') return words.t('missing');
  if (value.state === 'not_applicable' || value.value === null) return words.t('notApplicable');
  const text = withUnit(value.value, value.unit, words);
  return value.reported ? words.t('reportedFigure', { figure: text }) : text;
}

/** For the length of a bar or the place of a point only; `null` where there is nothing to draw. */
export function toDraw(value: Value | undefined): number | null {
  return value?.value === null || value === undefined ? null : Number(value.value);
}

/** Compares two decimal strings exactly: below, at or above 0. */
export function compareDecimals(left: string, right: string): number {
  const [a = 0n, b = 0n] = asWhole([left, right]).whole;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The exact sum of decimal strings. */
export function addDecimals(texts: readonly string[]): string {
  const { whole, places } = asWhole(texts);
  const sum = whole.reduce((all, one) => all + one, 0n);
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, '0');
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  const text = digits.slice(0, digits.length - places) + (places > 0 && fraction !== '' ? `.${fraction}` : '');
  return sum < 0n ? `-${text}` : text;
}

/** In units of their finest place. */
function asWhole(texts: readonly string[]): { whole: bigint[]; places: number } {
  const places = Math.max(0, ...texts.map((text) => text.split('.')[1]?.length ?? 0));
  const whole = texts.map((text) => {
    const [before = '0', fraction = ''] = text.split('.');
    return BigInt(before + fraction.padEnd(places, '0'));
  });
  return { whole, places };
}

// Made once: it takes longer than all else that a figure needs.
const INSTANT = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** An instant on the office's clock, `2025-01-07 09:30:12`. */
export function sayInstant(iso: string): string {
  return INSTANT.format(new Date(iso));
}
