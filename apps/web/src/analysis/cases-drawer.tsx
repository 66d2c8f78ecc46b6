import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Drawer, Skeleton } from 'antd';
import { go, useAddress } from '../address';
import { casesQuery } from '../api/funnel';
import { orgName } from '../entries/entry-words';
import { group } from '../figures/format';
import { isPeriod, sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { Failure } from '../page/failure';
import { useView } from '../view';
import { readCases, type CaseAddress } from './case-address';
import { CaseRows } from './case-rows';
import { sayCases } from './case-words';

/** The cases behind a number, that the address names. */
export default function CasesDrawer() {
  const words = useWords();
  const view = useView();
  const asked = readCases(useAddress().cases);
  if (!asked) return null;
  const { org, own, period, day } = asked.query;
  const when = day ?? (period !== undefined && isPeriod(period) ? sayPeriod(period, words) : period);
  const where = `${orgName(org ?? view.org, view, words)}${own === 'true' ? ` ${words.t('ownEntries')}` : ''}`;
  return (
    <Drawer
      open
      size="min(960px, 100vw)"
      onClose={() => go({ cases: undefined })}
      title={
        <div className="drawer-title">
          <span>{sayCases(asked, view, words)}</span>
          <small>{[where, when].filter(Boolean).join(' · ')}</small>
        </div>
      }
      styles={{ body: { padding: 0 } }}
    >
      <Cases key={JSON.stringify(asked)} asked={asked} />
    </Drawer>
  );
}

function Cases({ asked }: { asked: CaseAddress }) {
  const { t } = useWords();
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    casesQuery(asked.path, asked.query),
  );
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (isPending) return <Skeleton active className="behind-wait" paragraph={{ rows: 10 }} />;
  const rows = data?.pages.flatMap(({ cases, entries }) => cases ?? entries ?? []) ?? [];
  if (rows.length === 0) return <p className="notice">{t('casesNone')}</p>;
  const shown = group(String(rows.length));
  return (
    <>
      <CaseRows list={asked.list} rows={rows} />
      <div className="behind-foot">
        <span aria-live="polite">{t(hasNextPage ? 'casesShown' : 'casesAll', { count: shown })}</span>
        {hasNextPage && (
          <Button onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
            {t('more')}
          </Button>
        )}
      </div>
    </>
  );
}
