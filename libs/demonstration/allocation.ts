/**
 * Splits a whole number by weights into whole numbers that add up to it (largest remainder; equal remainders go to the
 * earlier places).
 *
 * @throws {RangeError} when no weight is positive
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((before, weight) => before + weight, 0);
  if (!(sum > 0)) throw new RangeError('nothing to split by: no weight is positive');
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  const left = total - shares.reduce((before, share) => before + share, 0);
  const order = exact
    .map((share, place) => ({ place, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.place - b.place);
  for (const { place } of order.slice(0, left)) shares[place] = (shares[place] ?? 0) + 1;
  return shares;
}
