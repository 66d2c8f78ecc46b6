import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { go, useAddress } from '../address';
import { monthsQuery } from '../api/months';
import { useNarrow } from '../figures/use-narrow';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { MonthDetail } from './month-detail';
import { MonthList } from './month-list';
import '../texts/months';

/** Who has submitted a month, what came late, and closing it. */
export default function Months() {
  const { t } = useWords();
  const address = useAddress();
  const narrow = useNarrow();
  const detail = useRef<HTMLDivElement>(null);
  const { data, error, refetch } = useQuery(monthsQuery);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <CardSkeleton height={480} />;
  // The last month that is over is what people come for.
  const shown =
    data.find(({ month }) => month === address.month) ?? data.findLast(({ state }) => state === 'open') ?? data[0];
  if (!shown) {
    return (
      <Card title={t('monthsNone')}>
        <p>{t('monthsNoneHow')}</p>
      </Card>
    );
  }
  return (
    <div className="months-page">
      <Card title={t('months')} hint={t('monthsHow')}>
        <MonthList
          months={data}
          shown={shown.month}
          show={(month) => {
            go({ month });
            if (narrow) detail.current?.scrollIntoView();
          }}
        />
      </Card>
      <div className="month-detail" ref={detail}>
        <MonthDetail key={shown.month} month={shown} months={data} />
      </div>
    </div>
  );
}
