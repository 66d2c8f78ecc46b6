/** How often a long test does its work: a tenth of the whole, or the whole under `npm run test:long -- --full`. */
export function timesOf(whole: number): number {
  return process.env.MARROW_FULL === '1' ? whole : Math.ceil(whole / 10);
}
