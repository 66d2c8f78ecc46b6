import { decimal } from '../core/decimal';
import type { ReportDocument } from './document';
import type { FoundNumber } from './found-number';
import { swappedNumbers } from './number-index';
import { holdAgainst, type Reckoning } from './ratio';

const NEARBY = 16;

/**
 * Whether other numbers make a rate right that its named parts do not: another part or whole nearby, a sum of parts,
 * or one of them as it is told elsewhere with two digits exchanged (which is told there).
 */
export function explainedOtherwise(
  rate: FoundNumber,
  ways: readonly Reckoning[],
  nearby: readonly FoundNumber[],
  document: ReportDocument,
): boolean {
  // A rate of few digits is met by chance.
  if (rate.decimals === 0) return false;
  const near = nearby.filter(({ kind, worded }) => kind !== 'rate' && !worded).slice(-NEARBY);
  const fits = (one: Reckoning): boolean => !one.below.isZero() && holdAgainst(rate, one).fits;
  return ways.some(({ from, again }) => {
    const [above, below] = from;
    if (!again || !above || !below) return false;
    const others = (like: FoundNumber): FoundNumber[] => [
      ...near.filter(({ unit }) => unit === like.unit),
      ...swappedNumbers(document, like).filter(({ unit }) => unit === like.unit || unit === ''),
    ];
    return (
      others(above).some((one) => one !== below && fits(again(one, below))) ||
      others(below).some((one) => one !== above && fits(again(above, one))) ||
      sumsOf(near.filter(({ unit }) => unit === below.unit)).some((whole) => fits(again(above, whole))) ||
      sumsOf(near.filter(({ unit }) => unit === above.unit)).some((part) => fits(again(part, below))) ||
      sumsOf(near.filter(({ unit }) => unit === above.unit).slice(-4)).some((part, _, sums) =>
        sums.some((whole) => part !== whole && fits(again(part, whole))),
      )
    );
  });
}

/** Neighbours added up. */
function sumsOf(numbers: readonly FoundNumber[]): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (let from = 0; from < numbers.length; from++) {
    let sum = decimal(numbers[from]!.value);
    for (let to = from + 1; to < Math.min(numbers.length, from + 6); to++) {
      sum = sum.plus(decimal(numbers[to]!.value));
      found.push({ ...numbers[from]!, value: sum.toFixed() });
    }
  }
  return found;
}
