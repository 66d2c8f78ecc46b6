import { useRef } from 'react';
import { parsePeriod, periodsWithin } from '../../../../libs/core/period';
import { SaveTable } from '../figures/save-table';
import { useFigures } from '../figures/use-figures';
import { useWords } from '../language';
import { useView } from '../view';
import { RowCells } from './row-cells';
import { useBefore, type Group, type Row } from './use-rows';

const GROUPS = { targets: 'groupTargets', core: 'groupCore', other: 'groupOther' } as const;
const ORDER: readonly Group[] = ['targets', 'core', 'other'];

interface RowsTableProps {
  rows: readonly Row[];
  over: boolean;
  open: (key: string) => void;
}

export function RowsTable({ rows, over, open }: RowsTableProps) {
  const { t } = useWords();
  const { period, org } = useView();
  const year = parsePeriod(period.slice(0, 4));
  const keys = rows.map(({ key }) => key);
  const monthly = useFigures({ period: year.code, org, by: 'month' }, keys);
  // Those with a target have theirs from its progress.
  const before = useBefore(
    rows.filter(({ target }) => !target).map(({ key }) => key),
    over,
  );
  const months = periodsWithin(year, 'month').map(({ code }) => code);
  const table = useRef<HTMLTableElement>(null);
  return (
    <>
      <table ref={table} className="indicators">
        <caption className="away">{t('indicatorsTable')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('columnIndicator')}</th>
            <th scope="col" className="right">
              {t('columnActual')}
            </th>
            <th scope="col" className="right">
              {t('lastYear')}
            </th>
            <th scope="col" className="right">
              {t('columnTarget')}
            </th>
            <th scope="col">{t('columnPace')}</th>
            {!over && <th scope="col">{t('columnForecast')}</th>}
            <th scope="col">{t('columnLight')}</th>
            <th scope="col">{t('columnMonths', { year: year.code })}</th>
          </tr>
        </thead>
        {ORDER.map((group) => {
          const those = rows.filter((row) => row.group === group);
          return (
            those.length > 0 && (
              <tbody key={group}>
                <tr className="group">
                  <th scope="rowgroup" colSpan={over ? 7 : 8}>
                    {t('groupCount', { title: t(GROUPS[group]), count: those.length })}
                  </th>
                </tr>
                {those.map((row) => (
                  <RowCells
                    key={row.key}
                    row={row}
                    over={over}
                    before={row.progress?.actual.before ?? before(row.key)}
                    months={months.map((month) => monthly.find(row.key, { period: month }))}
                    open={() => open(row.key)}
                  />
                ))}
              </tbody>
            )
          );
        })}
      </table>
      {rows.every(({ target, progress }) => !target || progress) && (
        <SaveTable title={t('indicatorsTable')} table={table} />
      )}
    </>
  );
}
