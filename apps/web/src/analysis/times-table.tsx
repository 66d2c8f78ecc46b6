import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import type { TimeFigure } from '../api/funnel';
import { Amount } from '../figures/amount';
import { NumbersTable } from '../figures/numbers-table';
import { useWords } from '../language';
import { casesOf } from './case-address';
import { Count } from './count';
import type { Pair } from './use-pair';

interface TimesTableProps {
  caption: string;
  /** What each row is of. */
  of: string;
  /** Whether the rows say how many are open. */
  open?: boolean;
  /** Whether the caption is to be seen. */
  seen?: boolean;
  /** Whether some rows are still read. */
  waiting?: boolean;
  children: ReactNode;
}

export function TimesTable({ caption, of, open = true, seen, waiting, children }: TimesTableProps) {
  const { t } = useWords();
  const head = (title: string, unit: string) => (
    <th scope="col">
      {title}
      <small>{unit}</small>
    </th>
  );
  return (
    <NumbersTable title={caption} seen={seen} waiting={waiting} className="times">
      <thead>
        <tr>
          <th scope="col">{of}</th>
          {head(t('timesPairs'), t('unitCases'))}
          {head(t('median'), t('unitDays'))}
          {head(t('p90'), t('unitDays'))}
          {head(t('medianWithoutPauses'), t('unitDays'))}
          {head(t('p90WithoutPauses'), t('unitDays'))}
          {head(t('timesPaused'), t('unitCases'))}
          {open && head(t('timesOpen'), t('unitCases'))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </NumbersTable>
  );
}

interface TimesRowProps {
  name: string;
  pair: Pair;
  where: { period: string; org: string; own?: string };
  figure: TimeFigure | undefined;
  failed?: boolean;
  open?: boolean;
  choose?: () => void;
  chosen?: boolean;
}

export function TimesRow({ name, pair, where, figure, failed, open = true, choose, chosen }: TimesRowProps) {
  const { t } = useWords();
  const list = (state: string) => casesOf('times', { ...where, ...pair, state });
  const days = (value: string | null) =>
    value === null ? <span className="figure-none">{t('notApplicable')}</span> : <Amount text={value} unit="" bare />;
  return (
    <tr aria-current={chosen ? 'true' : undefined}>
      <th scope="row">
        {choose ? (
          <button type="button" className="figure" onClick={choose}>
            {name}
          </button>
        ) : (
          name
        )}
      </th>
      {figure ? (
        <>
          <td>
            <Count value={figure.pairs} cases={list('reached')} title={name} />
          </td>
          <td>{days(figure.median)}</td>
          <td>{days(figure.p90)}</td>
          <td>{days(figure.medianWithoutPauses)}</td>
          <td>{days(figure.p90WithoutPauses)}</td>
          <td>
            <Amount text={String(figure.paused)} unit="" bare />
          </td>
          {open && (
            <td>
              <Count value={figure.open} cases={list('open')} title={`${name} ${t('timesOpen')}`} />
            </td>
          )}
        </>
      ) : (
        <td colSpan={7}>
          {failed ? <span className="none">{t('failed')}</span> : <Skeleton.Input active size="small" block />}
        </td>
      )}
    </tr>
  );
}
