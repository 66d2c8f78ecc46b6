import { useQuery } from '@tanstack/react-query';
import { Alert, Skeleton } from 'antd';
import { post } from '../api/request';
import { sayPeriod } from '../figures/period-names';
import { CardLink } from '../indicators/card-link';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';
import { useView } from '../view';
import { MovedValue } from './moved-value';

interface Moved {
  org: string;
  key: string;
  period: string;
  before: string | null;
  after: string | null;
}

interface Preview {
  entries: { postedMonth: string; adjustment: boolean }[];
  figures: { metrics: Moved[]; indicators: Moved[]; exact: boolean };
}

const SHOWN = 8;

/** What saving would do, before it is done: the month it goes to, and the figures that it moves. */
export function EffectPreview({ body }: { body: object }) {
  const words = useWords();
  const { t, label } = words;
  const { metrics, indicators, status } = useView();
  const say = useProblemSentence();
  const { data, error } = useQuery({
    queryKey: ['preview', body],
    queryFn: () => post<Preview>('/entries/preview', body),
    retry: false,
  });
  if (error) return <Alert type="warning" showIcon title={say(error)} className="gap" />;
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 3 }} />;
  const [entry] = data.entries;
  // A running total of a month that begins with this entry is not new: it is shown as carried on today.
  const begins = ({ key, before }: Moved) =>
    before === null && ['stock', 'cumulative'].includes(metrics.get(key)?.addsUp ?? '');
  const moved = [...data.figures.indicators, ...data.figures.metrics].filter(
    (one) => one.org === status.root && !begins(one),
  );
  const name = (key: string) => {
    const definition = metrics.get(key) ?? indicators.get(key);
    return definition ? label(definition.label) : key;
  };
  return (
    <section className="effect" aria-label={t('effect')}>
      <p>
        {entry && t(entry.adjustment ? 'effectAdjusts' : 'effectPosts', { month: sayPeriod(entry.postedMonth, words) })}
        {moved.length === 0 && ` ${t('effectNone')}`}
      </p>
      {moved.length > 0 && (
        <table className="numbers">
          <caption className="away">{t('effect')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('effectFigure')}</th>
              <th scope="col">{t('effectBefore')}</th>
              <th scope="col">{t('effectAfter')}</th>
            </tr>
          </thead>
          <tbody>
            {moved.slice(0, SHOWN).map((one) => (
              <tr key={`${one.key} ${one.period}`}>
                <th scope="row">
                  {name(one.key)} <CardLink indicator={one.key} title={name(one.key)} />
                  <small>{sayPeriod(one.period, words)}</small>
                </th>
                <td>
                  <MovedValue of={one.key} value={one.before} />
                </td>
                <td>
                  <MovedValue of={one.key} value={one.after} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {moved.length > SHOWN && <p className="none">{t('effectMore', { count: moved.length - SHOWN })}</p>}
    </section>
  );
}
