import { Button } from 'antd';
import { useState } from 'react';
import type { MonthLine } from '../api/months';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import type { TextKey } from '../texts';

const STATES: Readonly<Record<MonthLine['state'], { text: TextKey; look: string }>> = {
  closed: { text: 'monthClosed', look: 'state state-done' },
  open: { text: 'monthOpen', look: 'state state-due' },
  running: { text: 'monthRunning', look: 'state' },
};

interface MonthListProps {
  /** The latest first. */
  months: readonly MonthLine[];
  shown: string;
  show: (month: string) => void;
}

/** The months, a year at a time. */
export function MonthList({ months, shown, show }: MonthListProps) {
  const { t } = useWords();
  const years = [...new Set(months.map(({ month }) => month.slice(0, 4)))];
  const [turned, turn] = useState<{ from: string; to: string }>();
  // Another month that is shown brings its year.
  const year = turned?.from === shown ? turned.to : shown.slice(0, 4);
  const place = years.indexOf(year);
  const page = (to: string | undefined) => to !== undefined && turn({ from: shown, to });
  return (
    <>
      <table className="month-list">
        <caption className="away">{`${t('months')} ${t('monthsOfTheYear', { year })}`}</caption>
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
          {months
            .filter(({ month }) => month.startsWith(year))
            .map((line) => (
              <tr key={line.month} aria-current={line.month === shown ? 'true' : undefined}>
                <th scope="row">
                  <Button type="link" size="small" onClick={() => show(line.month)}>
                    {line.month}
                  </Button>
                </th>
                <td>
                  <span className={STATES[line.state].look}>{t(STATES[line.state].text)}</span>
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
                    <>
                      {sayInstant(line.at).slice(0, 10)}
                      <small>{line.by}</small>
                    </>
                  ) : (
                    <span className="none">—</span>
                  )}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      {years.length > 1 && (
        <nav className="pages" aria-label={t('year')}>
          <Button disabled={place === 0} onClick={() => page(years[place - 1])}>
            {t('yearNewer')}
          </Button>
          <span aria-live="polite">{t('monthsOfTheYear', { year })}</span>
          <Button disabled={place === years.length - 1} onClick={() => page(years[place + 1])}>
            {t('yearOlder')}
          </Button>
        </nav>
      )}
    </>
  );
}
