import { decimal, round, type DecimalString } from '../core/decimal';

/** The 0.975 quantile of the normal distribution: 95 % lie within it on both sides. */
const Z = decimal('1.959963984540054235524594430520551524');

/**
 * The 95 % interval of a share by Wilson's score, in percent with two decimals: of 0 of 10 it is 0.00 to 27.75, not
 * nothing. Rounded once.
 *
 * @param total of which `hits` are a part; above 0
 * @throws {RangeError} when there are none, or more hits than there are
 */
export function wilson(hits: number, total: number): { lower: DecimalString; upper: DecimalString } {
  if (!(total > 0 && hits >= 0 && hits <= total)) throw new RangeError(`${hits} of ${total} is no share`);
  const n = decimal(String(total));
  const share = decimal(String(hits)).dividedBy(n);
  const square = Z.times(Z);
  const centre = share.plus(square.dividedBy(n.times(2)));
  const spread = share
    .times(share.negated().plus(1))
    .dividedBy(n)
    .plus(square.dividedBy(n.times(n).times(4)))
    .sqrt()
    .times(Z);
  const scale = square.dividedBy(n).plus(1).dividedBy(100);
  const lower = hits === 0 ? '0.00' : round(centre.minus(spread).dividedBy(scale), 2);
  const upper = hits === total ? '100.00' : round(centre.plus(spread).dividedBy(scale), 2);
  return { lower, upper };
}
