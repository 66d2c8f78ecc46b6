import { decimal, type DecimalString } from '../core/decimal';
import { DomainError } from '../core/domain-error';

/** One org's part of a target, and the share that it came from. */
export interface TargetPart {
  readonly org: string;
  /** How it was weighed: last year's figure, 1, or the share that was given. */
  readonly share: DecimalString;
  readonly value: DecimalString;
}

export interface TargetSplit {
  readonly parts: readonly TargetPart[];
  readonly partsTotal: DecimalString;
  /** What stays with the whole: the parts and it come to the whole's target. */
  readonly remainder: DecimalString;
}

export interface SplitShare {
  readonly org: string;
  /** Null: not known. Such an org gets nothing. */
  readonly share: DecimalString | null;
}

/**
 * Splits a target over orgs in proportion to their shares, in whole units: each part is rounded down, and what is left
 * over goes to the largest fractions, of equal ones to the first by code. With `keepRest` it stays with the whole.
 *
 * @param whole not negative
 * @throws {DomainError} when a share is negative, or all of them are nothing
 */
export function splitTarget(whole: DecimalString, shares: readonly SplitShare[], keepRest = false): TargetSplit {
  const target = decimal(whole);
  const weights = shares.map(({ share }) => decimal(share ?? '0'));
  const total = weights.reduce((sum, weight) => sum.plus(weight), decimal('0'));
  if (weights.some((weight) => weight.isNegative()) || target.isNegative() || !total.greaterThan(0)) {
    throw new DomainError('shares_not_usable', {
      zh: '没有可用的比例：各市的比例不能为负，也不能全部为 0 或缺失。请改用平均分配，或给出比例。',
      en: 'There are no shares to split by: none may be negative, and not all 0 or missing. Split equally, or give shares.',
    });
  }
  const exact = weights.map((weight) => target.times(weight).dividedBy(total));
  const parts = exact.map((value) => value.floor());
  const whollyLeft = target.floor().minus(parts.reduce((sum, part) => sum.plus(part), decimal('0')));
  const byFraction = shares
    .map(({ org }, at) => ({ org, at, fraction: exact[at]!.minus(parts[at]!) }))
    .filter(({ at }) => weights[at]!.greaterThan(0))
    .sort((a, b) => b.fraction.comparedTo(a.fraction) || (a.org < b.org ? -1 : 1));
  const further = new Set(keepRest ? [] : byFraction.slice(0, whollyLeft.toNumber()).map(({ at }) => at));
  const values = parts.map((part, at) => (further.has(at) ? part.plus(1) : part));
  const partsTotal = values.reduce((sum, value) => sum.plus(value), decimal('0'));
  return {
    parts: shares.map(({ org }, at) => ({ org, share: weights[at]!.toFixed(), value: values[at]!.toFixed() })),
    partsTotal: partsTotal.toFixed(),
    remainder: target.minus(partsTotal).toFixed(),
  };
}
