import { PrinterOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { drillsQuery } from '../api/drills';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { useView } from '../view';
import { sayLength } from './drill-words';
import { DrillsTable } from './drills-table';
import { LastDrill } from './last-drill';
import { NoDrills } from './no-drills';
import { PrintHead } from './print-head';
import '../texts/drills';

/** A night and half a day. */
const LATE_MS = 36 * 3_600_000;

/** What the drills found: the proof that backups can be restored. */
export default function Drills() {
  const words = useWords();
  const { t } = words;
  const { registry } = useView().status;
  const { data, error, refetch, dataUpdatedAt, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(drillsQuery);
  const [page, setPage] = useState(0);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <CardSkeleton height={480} />;
  const recent = data.pages[0]?.drills ?? [];
  const [last] = recent;
  if (!last) return <NoDrills />;
  // Fewer pages may be left after a renewed reading.
  const shown = Math.min(page, data.pages.length - 1);
  const isLast = shown === data.pages.length - 1;
  const late = !registry?.demonstration && dataUpdatedAt - Date.parse(last.startedAt) > LATE_MS;
  const older = async () => {
    if (isLast) await fetchNextPage({ throwOnError: true });
    setPage(shown + 1);
  };
  return (
    <div className="drills">
      <PrintHead />
      {late && (
        <p className="strip" role="alert">
          {t('drillLate', { age: sayLength(last.startedAt, dataUpdatedAt, words) })}
        </p>
      )}
      <Card
        title={t('drillLast')}
        hint={t('drillsHow')}
        actions={
          <Button icon={<PrinterOutlined aria-hidden="true" />} onClick={() => window.print()}>
            {t('print')}
          </Button>
        }
      >
        <LastDrill drill={last} recent={recent} now={dataUpdatedAt} />
      </Card>
      <Card title={t('drillHistory')}>
        <DrillsTable drills={data.pages[shown]?.drills ?? []} />
        {(data.pages.length > 1 || hasNextPage) && (
          <nav className="pages" aria-label={t('drillHistory')}>
            <Button disabled={shown === 0} onClick={() => setPage(shown - 1)}>
              {t('newer')}
            </Button>
            <span aria-live="polite">{t('pageNumber', { page: shown + 1 })}</span>
            <Button
              disabled={isLast && !hasNextPage}
              loading={isFetchingNextPage}
              onClick={() => void older().catch(() => undefined)}
            >
              {t('older')}
            </Button>
          </nav>
        )}
      </Card>
    </div>
  );
}
