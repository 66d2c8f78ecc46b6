import { useQuery } from '@tanstack/react-query';
import { parsePeriod } from '../../../../libs/core/period';
import type { MonthLine } from '../api/months';
import { monthsQuery } from '../api/months';
import { isPeriod } from './period-names';

/** Months are closed in turn, so what ends with a closed month is closed. */
function lastClosed(months: readonly MonthLine[]): string | undefined {
  return months
    .filter(({ state }) => state === 'closed')
    .map(({ month }) => month)
    .sort()
    .at(-1);
}

/** Whether the figures of a period are sealed. */
export function useSealed(period: string | undefined): boolean {
  const { data: closedTo } = useQuery({ ...monthsQuery, select: lastClosed });
  return (
    closedTo !== undefined && period !== undefined && isPeriod(period) && parsePeriod(period).lastMonth <= closedTo
  );
}
