import type { Period } from '../core/period';

/** The first and the last day of a period, `YYYY-MM-DD`. */
export function daysOf({ firstMonth, lastMonth }: Period): { first: string; last: string } {
  const [year, month] = lastMonth.split('-').map(Number) as [number, number];
  const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  return { first: `${firstMonth}-01`, last };
}
