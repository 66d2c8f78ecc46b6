import { decimal, type Decimal } from '../../core/decimal';
import type { ReportDocument } from '../document';
import type { Finding } from '../finding';
import { inUnitOf, type FoundNumber } from '../found-number';
import { numbersBefore } from '../number-index';
import { holdAgainst, type Reckoning } from '../ratio';
import { judgeRate } from '../say';
import { numbersOfParagraphs } from '../sentences';

interface Share {
  readonly part: FoundNumber;
  readonly rate: FoundNumber;
}

/** Amounts each with their share, and no whole named: the sum of them, or what most of the shares are of. */
export function shareSeries(document: ReportDocument): Finding[] {
  const { sentences, text } = document;
  return [...numbersOfParagraphs(sentences).values()].flatMap((all) => {
    const shares = sharesOf(all, text);
    if (shares.length < 2) return [];
    const first = shares[0]!.part;
    const sum = shares.reduce<Decimal>((total, { part }) => total.plus(decimal(part.value)), decimal('0'));
    const named = numbersBefore(document, first)
      .filter(({ unit, kind }) => unit === first.unit && kind !== 'rate')
      .slice(-20)
      .map(({ value }) => decimal(value));
    // Of two parts that make up all one right share tells the other.
    const enough = shares.length === 2 ? 1 : (shares.length * 2) / 3;
    const whole = (shares.length === 2 ? [sum] : [sum, ...named]).find((one) => fitting(shares, one).length >= enough);
    if (!whole) return [];
    const right = fitting(shares, whole);
    return shares
      .filter((share) => !right.includes(share))
      .flatMap((share) => judgeRate(share.rate, reckoning(share, whole)) ?? []);
  });
}

/** 采样…万元，占…%；宣传…万元，占…% */
function sharesOf(numbers: readonly FoundNumber[], text: string): Share[] {
  const unit = numbers.find(({ kind }) => kind === 'money' || kind === 'count')?.unit;
  return numbers.flatMap((rate, index) => {
    const part = numbers[index - 1];
    if (!part || rate.kind !== 'rate' || part.kind === 'rate' || part.unit !== unit || rate.rough || rate.bound)
      return [];
    const between = text.slice(part.end, rate.start);
    return /^\s?[，,（(]?\s?(?:占比?|占总[^，,；;\d]{0,8}的?|占[^，,；;\d]{0,8}的)(?:为|达)?\s?$/.test(between)
      ? [{ part, rate }]
      : [];
  });
}

function fitting(shares: readonly Share[], whole: Decimal): Share[] {
  return whole.isZero() ? [] : shares.filter((share) => holdAgainst(share.rate, reckoning(share, whole)).fits);
}

function reckoning({ part }: Share, whole: Decimal): Reckoning {
  return {
    above: decimal(part.value),
    below: whole,
    told: `${part.text} ÷ ${inUnitOf(whole.toFixed(), part)}`,
    from: [part],
  };
}
