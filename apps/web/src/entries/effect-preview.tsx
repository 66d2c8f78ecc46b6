import { useQuery } from '@tanstack/react-query';
import { Alert, Skeleton } from 'antd';
import { post } from '../api/request';
import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';
import { useView } from '../view';
import { MovedFigures, type MovedFigure } from './moved-figures';

interface Moved extends MovedFigure {
  org: string;
}

interface Preview {
  entries: { postedMonth: string; adjustment: boolean }[];
  figures: { metrics: Moved[]; indicators: Moved[]; exact: boolean };
}

const SHOWN = 8;

/** What saving would do, before it is done: the month it goes to, and the figures that it moves. */
export function EffectPreview({ body }: { body: object }) {
  const words = useWords();
  const { t } = words;
  const { metrics, status } = useView();
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
  return (
    <section className="effect" aria-label={t('effect')}>
      <p>
        {entry && t(entry.adjustment ? 'effectAdjusts' : 'effectPosts', { month: sayPeriod(entry.postedMonth, words) })}
        {moved.length === 0 && ` ${t('effectNone')}`}
      </p>
      {moved.length > 0 && <MovedFigures caption={t('effect')} moved={moved.slice(0, SHOWN)} />}
      {moved.length > SHOWN && <p className="none">{t('effectMore', { count: moved.length - SHOWN })}</p>}
    </section>
  );
}
