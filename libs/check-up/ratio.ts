import { decimal, round, type Decimal, type DecimalString } from '../core/decimal';
import type { Sentence } from '../core/domain-error';
import { DECIMALS_OF_A_TAIL, withoutTail } from './float-tail';
import type { FoundNumber } from './found-number';

export const RATE_SCALES: Readonly<Record<string, string>> = { '%': '100', '‰': '1000', 万分之: '10000' };

/** A way to reckon a rate: `above ÷ below`, told with the numbers as printed. */
export interface Reckoning {
  readonly above: Decimal;
  readonly below: Decimal;
  /** `4877 ÷ 10008` */
  readonly told: string;
  readonly from: readonly FoundNumber[];
  /** The same way with other numbers. */
  readonly again?: (above: FoundNumber, below: FoundNumber) => Reckoning;
}

export function quotient(above: FoundNumber, below: FoundNumber): Reckoning {
  return {
    above: decimal(above.value),
    below: decimal(below.value),
    told: `${shown(above)} ÷ ${shown(below)}`,
    from: [above, below],
    again: quotient,
  };
}

/** How far `part` of `whole` moved: `(now − before) ÷ before`. */
export function growth(now: FoundNumber, before: FoundNumber): Reckoning {
  return {
    above: decimal(now.value).minus(decimal(before.value)),
    below: decimal(before.value).abs(),
    told: `(${shown(now)} − ${shown(before)}) ÷ ${shown(before)}`,
    from: [now, before],
    again: growth,
  };
}

/** `difference ÷ (now ∓ difference)`. */
export function growthBy(now: FoundNumber, difference: FoundNumber, down: boolean): Reckoning {
  const step = decimal(difference.value).abs();
  const before = down ? decimal(now.value).plus(step) : decimal(now.value).minus(step);
  return {
    above: step,
    below: before,
    told: `${shown(difference)} ÷ (${shown(now)} ${down ? '+' : '−'} ${shown(difference)})`,
    from: [now, difference],
  };
}

export function shown({ text }: FoundNumber): string {
  return text.replace(/^[-+](?=\d)/, (sign) => sign).trim();
}

export type Verdict =
  | { readonly fits: true }
  | { readonly fits: false; readonly expected: string; readonly ratio: Decimal; readonly how: Sentence };

/**
 * Holds a printed rate against what it should be: half-up to its printed decimals. Numbers in 万 that are rounded
 * themselves leave room.
 */
export function holdAgainst(rate: FoundNumber, reckoning: Reckoning, signed = false): Verdict {
  const scale = RATE_SCALES[rate.unit] ?? '100';
  const exact = reckoning.above.div(reckoning.below).times(decimal(scale));
  // What a tail stands for may be right; that it has one is told by itself.
  const [value, decimals] = rate.decimals < DECIMALS_OF_A_TAIL ? [rate.value, rate.decimals] : meant(rate.value);
  const printed = decimal(value);
  const ratio = !signed && printed.gte(0) ? exact.abs() : exact;
  const expected = round(ratio, decimals);
  if (decimal(expected).eq(printed) || withinRoom(rate, reckoning, ratio)) return { fits: true };
  const right = asPrinted(expected, rate.unit);
  return { fits: false, expected: right, ratio, how: explain(rate, reckoning, ratio, right) };
}

function meant(value: string): readonly [value: string, decimals: number] {
  const short = withoutTail(value);
  return [short, (short.split('.')[1] ?? '').length];
}

function withinRoom(rate: FoundNumber, { from, below }: Reckoning, ratio: Decimal): boolean {
  const coarse = from.filter((one) => one.rough || (one.kind === 'count' && decimal(one.step).gt(1)));
  if (coarse.length === 0 || below.isZero()) return false;
  const room = coarse.reduce(
    (sum, one) =>
      sum.plus(
        decimal(one.value).isZero()
          ? 0
          : decimal(one.step)
              .div(one.rough ? 1 : 2)
              .div(decimal(one.value).abs()),
      ),
    decimal('0'),
  );
  return ratio
    .minus(decimal(rate.value))
    .abs()
    .lte(ratio.abs().times(room).plus(decimal(rate.step).div(2)));
}

function explain(rate: FoundNumber, { told }: Reckoning, ratio: Decimal, right: string): Sentence {
  const long = asPrinted(`${ratio.toFixed(rate.decimals + 2, 1)}…`, rate.unit);
  const reckoned = `${told} = ${long} → ${right}`;
  const { text } = rate;
  if (decimal(ratio.toFixed(rate.decimals, 1)).eq(decimal(rate.value))) {
    return {
      zh: `${reckoned}；${text}是截断而非四舍五入。`,
      en: `${reckoned}; ${text} is cut off, not rounded half-up.`,
    };
  }
  return {
    zh: `${reckoned}；${text}不是任何舍入方式的结果。`,
    en: `${reckoned}; ${text} is no rounding of it.`,
  };
}

export function asPrinted(value: DecimalString, unit: string): string {
  return unit === '万分之' ? `万分之${value}` : `${value}${unit}`;
}

/** Whether the figures of the rate are right but for its unit: 6.9% where 万分之6.9 is meant. */
export function unitThatFits(rate: FoundNumber, { above, below }: Reckoning): string | undefined {
  if (below.isZero() || decimal(rate.value).isZero()) return undefined;
  return Object.keys(RATE_SCALES).find((unit) => {
    if (unit === rate.unit) return false;
    const other = above.div(below).times(decimal(RATE_SCALES[unit]!));
    return decimal(round(other, rate.decimals)).eq(decimal(rate.value));
  });
}

/** Whether the rate comes near, so that it can be meant: within a share of what it should be. */
export function isClose(rate: FoundNumber, { above, below }: Reckoning, room: DecimalString): boolean {
  if (below.isZero()) return false;
  const exact = above
    .div(below)
    .times(decimal(RATE_SCALES[rate.unit] ?? '100'))
    .abs();
  return exact
    .minus(decimal(rate.value).abs())
    .abs()
    .lte(exact.times(decimal(room)));
}
