import { Decimal } from 'decimal.js';

/** Exact decimal arithmetic: 60 significant digits, half away from zero. Numbers enter and leave as strings. */
const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -60, toExpPos: 60 });

export type DecimalString = string;

export function isDecimal(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** @throws {Error} when the text is no decimal number. */
export function decimal(text: DecimalString): Decimal {
  if (!isDecimal(text)) throw new Error(`not a decimal number: ${text}`);
  return new Exact(text);
}

/** Half-up, away from zero, to a fixed number of decimals (R16). */
export function round(value: Decimal, decimals: number): DecimalString {
  const text = value.toFixed(decimals, Decimal.ROUND_HALF_UP);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/** The shortest text of the same number: `"12.50"` is `"12.5"`, `"-0"` is `"0"`. */
export function plain(text: DecimalString): DecimalString {
  const value = decimal(text);
  return value.isZero() ? '0' : value.toFixed();
}

export type { Decimal };
