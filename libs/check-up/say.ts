import { decimal } from '../core/decimal';
import type { Sentence } from '../core/domain-error';
import type { Cell, Span } from './document';
import type { Finding, FindingClass, Place } from './finding';
import { scaleOf, type FoundNumber } from './found-number';
import { RATE_SCALES, asPrinted, holdAgainst, unitThatFits, type Reckoning } from './ratio';

export function placeOf(span: Pick<Span, 'start' | 'end'> & { readonly line: number }, cell?: Cell): Place {
  const { start, end, line } = span;
  return { start, end, line: line + 1, ...(cell && { row: cell.row + 2, column: cell.column + 1 }) };
}

export interface Said {
  readonly severity?: Finding['severity'];
  readonly related?: readonly (Pick<Span, 'start' | 'end'> & { readonly line: number })[];
  readonly expected?: string | null;
  readonly cell?: Cell;
}

export function say(
  code: FindingClass,
  at: Pick<Span, 'start' | 'end' | 'text'> & { readonly line: number },
  message: Sentence,
  { severity = 'error', related = [], expected = null, cell }: Said = {},
): Finding {
  return {
    class: code,
    severity,
    place: placeOf(at, cell),
    related: related.map((one) => placeOf(one)),
    found: at.text,
    expected,
    message,
  };
}

/** What a rate that does not fit its reckoning is; nothing where it fits. */
export function judgeRate(
  rate: FoundNumber,
  reckoning: Reckoning,
  options: { readonly cell?: Cell; readonly signed?: boolean } = {},
): Finding | undefined {
  const { cell, signed } = options;
  const related = reckoning.from;
  if (reckoning.below.isZero()) {
    return say(
      'of-nothing',
      rate,
      {
        zh: `${reckoning.told}：分母为 0，比率没有意义，应写“不适用”，不写${rate.text}。`,
        en: `${reckoning.told}: the denominator is 0, so there is no rate; write 不适用, not ${rate.text}.`,
      },
      { related, expected: '不适用', cell },
    );
  }
  const verdict = holdAgainst(rate, reckoning, signed);
  if (verdict.fits) return undefined;
  const unit = unitThatFits(rate, reckoning);
  if (unit !== undefined) {
    const right = asPrinted(rate.value, unit);
    return say(
      'unit',
      rate,
      {
        zh: `${reckoning.told}应为${right}，${rate.text}的单位写错了。`,
        en: `${reckoning.told} is ${right}; the unit of ${rate.text} is wrong.`,
      },
      { related, expected: right, cell },
    );
  }
  const off = offByUnit(rate, reckoning);
  if (off) {
    const [above, below] = related;
    return say(
      'unit',
      off === 'above' ? above! : below!,
      {
        zh: `${reckoning.told}与${rate.text}相差一万倍：应是“元”与“万元”写混了。`,
        en: `${reckoning.told} and ${rate.text} are 10,000 times apart: 元 and 万元 were mixed up.`,
      },
      { related: [rate, ...related], expected: null },
    );
  }
  const whole = rate.unit === '%' && decimal(rate.value).eq(100);
  return say(whole ? 'not-hundred' : 'wrong-rate', rate, verdict.how, { related, expected: verdict.expected, cell });
}

/** 元 printed for 万元 makes a rate of money 10,000 times too small or large. */
function offByUnit(rate: FoundNumber, reckoning: Reckoning): 'above' | 'below' | undefined {
  const [above, below] = reckoning.from;
  if (above?.kind !== 'money' || below?.kind !== 'money' || reckoning.above.isZero()) return undefined;
  const plainAbove = above.printedUnit === '元';
  if (reckoning.again && plainAbove !== (below.printedUnit === '元')) {
    const inScaleOf = (one: FoundNumber, like: FoundNumber): FoundNumber => ({
      ...one,
      value: decimal(one.value)
        .times(decimal(scaleOf(like)))
        .toFixed(),
    });
    const meant = plainAbove
      ? reckoning.again(inScaleOf(above, below), below)
      : reckoning.again(above, inScaleOf(below, above));
    if (holdAgainst(rate, meant).fits) return plainAbove ? 'above' : 'below';
  }
  for (const [side, factor] of [
    ['above', 10_000],
    ['below', 0.0001],
  ] as const) {
    const scaled: Reckoning = { ...reckoning, above: reckoning.above.times(factor) };
    if (RATE_SCALES[rate.unit] && holdAgainst(rate, scaled).fits) {
      return side === 'above'
        ? above.printedUnit === '元'
          ? 'above'
          : 'below'
        : below.printedUnit === '元'
          ? 'below'
          : 'above';
    }
  }
  return undefined;
}
