import { useQuery } from '@tanstack/react-query';
import { parsePeriod } from '../../../../libs/core/period';
import { monthQuery, monthsQuery } from '../api/months';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import { useView } from '../view';

/** Of the period that is shown: that its figures are sealed, or those of how many of its months; nothing if none is. */
export function useSealSaid(): { said: string; short: string } | undefined {
  const { t } = useWords();
  const { period } = useView();
  const { firstMonth, lastMonth } = parsePeriod(period);
  const one = firstMonth === lastMonth;
  const { data: months = [] } = useQuery(monthsQuery);
  const closed = months.filter(
    ({ month, state }) => state === 'closed' && month >= firstMonth && month <= lastMonth,
  ).length;
  const { data: shown } = useQuery({ ...monthQuery(period), enabled: one && closed > 0 });
  if (closed === 0) return undefined;
  const seal = one ? shown?.seal : undefined;
  const all = Number(lastMonth.slice(5)) - Number(firstMonth.slice(5)) + 1;
  const said = seal
    ? t('sealedBy', { number: seal.number, at: sayInstant(seal.sealedAt), by: seal.sealedBy })
    : one
      ? t('sealed')
      : t('sealedMonths', { closed, all });
  return { said, short: one ? t('sealed') : `${closed} / ${all}` };
}
