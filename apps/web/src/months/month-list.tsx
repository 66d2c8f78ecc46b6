import { Button, Tag } from 'antd';
import { useState } from 'react';
import type { MonthLine } from '../api/months';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import type { TextKey } from '../texts';

const STATES: Readonly<Record<MonthLine['state'], { text: TextKey; color?: string }>> = {
  closed: { text: 'monthClosed', color: 'green' },
  open: { text: 'monthOpen', color: 'gold' },
  running: { text: 'monthRunning' },
};

const PAGE = 12;

interface MonthListProps {
  months: readonly MonthLine[];
  shown: string;
  show: (month: string) => void;
}

export function MonthList({ months, shown, show }: MonthListProps) {
  const { t } = useWords();
  const [page, setPage] = useState(() =>
    Math.floor(
      Math.max(
        0,
        months.findIndex(({ month }) => month === shown),
      ) / PAGE,
    ),
  );
  const pages = Math.ceil(months.length / PAGE);
  return (
    <>
      <table className="month-list">
        <caption className="away">{t('months')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('columnMonth')}</th>
            <th scope="col">{t('columnState')}</th>
            <th scope="col" className="right">
              {t('columnSubmitted')}
            </th>
            <th scope="col">{t('columnClosedAt')}</th>
          </tr>
        </thead>
        <tbody>
          {months.slice(page * PAGE, (page + 1) * PAGE).map((line) => (
            <tr key={line.month} aria-current={line.month === shown ? 'true' : undefined}>
              <th scope="row">
                <Button type="link" size="small" onClick={() => show(line.month)}>
                  {line.month}
                </Button>
              </th>
              <td>
                <Tag color={STATES[line.state].color}>{t(STATES[line.state].text)}</Tag>
              </td>
              <td className="right">
                {line.submitting === 0 ? (
                  <span className="none">—</span>
                ) : (
                  t('submittedOf', { submitted: line.submitted, submitting: line.submitting })
                )}
                {line.changed > 0 && <small>{t('changedSince', { count: line.changed })}</small>}
              </td>
              <td>
                {line.state === 'closed' && line.by !== null && line.at !== null ? (
                  t('byAt', { by: line.by, at: sayInstant(line.at) })
                ) : (
                  <span className="none">—</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {pages > 1 && (
        <nav className="pages" aria-label={t('months')}>
          <Button disabled={page === 0} onClick={() => setPage(page - 1)}>
            {t('newer')}
          </Button>
          <span aria-live="polite">{t('pageNumber', { page: page + 1 })}</span>
          <Button disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            {t('older')}
          </Button>
        </nav>
      )}
    </>
  );
}
