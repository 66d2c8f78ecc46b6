import type { Value } from '../api/answers';

/** A figure's values by month of a year, in their order. */
export function monthsOf(year: string, key: string, values: readonly Value[]): (Value | undefined)[] {
  return Array.from({ length: 12 }, (_, month) => {
    const period = `${year}-${String(month + 1).padStart(2, '0')}`;
    return values.find((one) => one.key === key && one.period === period);
  });
}
