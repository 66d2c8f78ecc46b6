import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import type { TimeFigure } from '../api/funnel';
import { group } from '../figures/format';
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
  children: ReactNode;
}

export function TimesTable({ caption, of, open = true, seen, children }: TimesTableProps) {
  const { t } = useWords();
  const head = (title: string, unit: string) => (
    <th scope="col">
      {title}
      <small>{unit}</small>
    </th>
  );
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table className="numbers times">
        <caption className={seen ? undefined : 'away'}>{caption}</caption>
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
      </table>
    </div>
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
    value === null ? <span className="figure-none">{t('notApplicable')}</span> : group(value);
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
          <td>{group(String(figure.paused))}</td>
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
