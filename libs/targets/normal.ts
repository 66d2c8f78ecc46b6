import { decimal, type Decimal } from '../core/decimal';

/** How many standard deviations lie on either side of the middle of an 80 % and of a 95 % interval. */
export const WITHIN_80 = '1.281552';
export const WITHIN_95 = '1.959964';

const TWO_PI = decimal('6.28318530717958647692528676655900576839');
const FAR = 6;

/** The share of a standard normal distribution below `z`, by its series, exact to twelve digits. */
export function normalBelow(z: Decimal): Decimal {
  if (z.greaterThan(FAR)) return decimal('1');
  if (z.lessThan(-FAR)) return decimal('0');
  const square = z.times(z);
  let term = z;
  let sum = z;
  for (let odd = 3; term.abs().greaterThan('1e-14'); odd += 2) {
    term = term.times(square).dividedBy(odd);
    sum = sum.plus(term);
  }
  const density = square.dividedBy(-2).exp().dividedBy(TWO_PI.sqrt());
  return density.times(sum).plus('0.5');
}
