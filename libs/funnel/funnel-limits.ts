import { decimal, round, type DecimalString } from '../core/decimal';

/** Where a share may lie by chance alone: in percent with two decimals, both ends included. */
export interface Limits {
  readonly lower: DecimalString;
  readonly upper: DecimalString;
}

/** Beyond which limits a share lies, and on which side. */
export type Outside = 'within' | 'above_95' | 'above_998' | 'below_95' | 'below_998';

export interface FunnelPlace {
  readonly limits95: Limits;
  readonly limits998: Limits;
  readonly outside: Outside;
}

/** Relative weights below one in 10^40 of the largest are nothing. */
const ONE = 10n ** 40n;

/** Chances at each end, in thousandths: 2.5 % for limits of 95 %, 0.1 % for limits of 99.8 %. */
const TAILS = { limits95: 25n, limits998: 1n } as const;

/**
 * The limits of a funnel plot for `total` cases around a whole's share, exactly from the binomial distribution: a count
 * lies outside if one as far from the whole's, or further, would come about by chance less often than the limits say.
 * Few cases have wide limits: one in six is nothing unusual where the whole's share is one in fifty.
 *
 * @param wholeTotal above 0, as is `total`
 */
export function funnelPlace(
  { hits, total }: { readonly hits: number; readonly total: number },
  { hits: wholeHits, total: wholeTotal }: { readonly hits: number; readonly total: number },
): FunnelPlace {
  const weights = binomialWeights(total, BigInt(wholeHits), BigInt(wholeTotal - wholeHits));
  const [wide, narrow] = [bounds(weights, TAILS.limits998), bounds(weights, TAILS.limits95)];
  const percent = (count: number) => round(decimal(String(count)).times(100).dividedBy(total), 2);
  const limits = ([lower, upper]: readonly [number, number]) => ({ lower: percent(lower), upper: percent(upper) });
  return { limits95: limits(narrow), limits998: limits(wide), outside: outsideOf(hits, narrow, wide) };
}

function outsideOf(hits: number, narrow: readonly [number, number], wide: readonly [number, number]): Outside {
  if (hits < wide[0]) return 'below_998';
  if (hits > wide[1]) return 'above_998';
  if (hits < narrow[0]) return 'below_95';
  return hits > narrow[1] ? 'above_95' : 'within';
}

interface Weights {
  /** The count that the first weight is of. */
  readonly first: number;
  readonly weights: readonly bigint[];
}

/** How often each count comes about, from the likeliest to both sides, as whole numbers in proportion. */
function binomialWeights(total: number, yes: bigint, no: bigint): Weights {
  if (yes === 0n) return { first: 0, weights: [ONE] };
  if (no === 0n) return { first: total, weights: [ONE] };
  const likeliest = Number((BigInt(total + 1) * yes) / (yes + no));
  const start = Math.min(likeliest, total);
  const below: bigint[] = [];
  for (let count = start, weight = ONE; count > 0; count -= 1) {
    weight = (weight * BigInt(count) * no) / (BigInt(total - count + 1) * yes);
    if (weight === 0n) break;
    below.push(weight);
  }
  const above: bigint[] = [];
  for (let count = start, weight = ONE; count < total; count += 1) {
    weight = (weight * BigInt(total - count) * yes) / (BigInt(count + 1) * no);
    if (weight === 0n) break;
    above.push(weight);
  }
  return { first: start - below.length, weights: [...below.reverse(), ONE, ...above] };
}

/** The lowest and the highest count whose chance, with all beyond it, is at least so many thousandths. */
function bounds({ first, weights }: Weights, thousandths: bigint): [number, number] {
  const enough = weights.reduce((sum, weight) => sum + weight, 0n) * thousandths;
  const reach = (ordered: readonly bigint[]): number => {
    let sum = 0n;
    return ordered.findIndex((weight) => (sum += weight * 1000n) >= enough);
  };
  return [first + reach(weights), first + weights.length - 1 - reach([...weights].reverse())];
}
