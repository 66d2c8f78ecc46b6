import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, notification } from 'antd';
import { useState } from 'react';
import { useAddress } from '../address';
import {
  findingsQuery,
  QUALITY,
  qualityRulesQuery,
  qualitySummaryQuery,
  type Finding,
  type FindingFilter,
} from '../api/quality';
import { post } from '../api/request';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure, useProblemSentence } from '../page/failure';
import { OrgPicker } from '../page/org-picker';
import { useAct } from '../session/use-act';
import { useSession } from '../session/gate';
import { useView } from '../view';
import { FindingDialog, type Verdict } from './finding-dialog';
import { FindingsTable } from './findings-table';
import { QualityFilter } from './quality-filter';
import '../texts/quality';

const OPEN: Omit<FindingFilter, 'org'> = { state: 'open' };

/** What the rules of data quality found, whose it is, and what became of it. */
export default function Quality() {
  const { t } = useWords();
  const { org } = useView();
  const { permissions } = useSession();
  const queries = useQueryClient();
  const say = useProblemSentence();
  const [toast, toasts] = notification.useNotification({ placement: 'bottomRight' });
  const { owner } = useAddress();
  const [asked, setAsked] = useState<Omit<FindingFilter, 'org'>>({ ...OPEN, owner });
  const [page, setPage] = useState(0);
  const [verdict, setVerdict] = useState<{ finding: Finding; to: Verdict }>();
  const { act, busy } = useAct();
  const rules = useQuery(qualityRulesQuery);
  const summary = useQuery(qualitySummaryQuery(org));
  const found = useInfiniteQuery(findingsQuery({ ...asked, org }));
  const may = permissions.includes('findings.write');
  const failed = [rules, summary, found].find(({ error, data }) => error && !data);
  if (failed) return <Failure error={failed.error} retry={() => void failed.refetch()} />;
  if (!rules.data || !summary.data) return <CardSkeleton height={480} />;
  const { ranAt, counts } = summary.data;
  const anew = () => queries.invalidateQueries({ queryKey: QUALITY });
  const run = () =>
    act(async () => {
      try {
        await post('/quality/run', {});
        toast.success({ title: t('qualityRan') });
        await anew();
      } catch (error) {
        toast.error({ title: say(error) });
      }
    });
  const change = async (finding: Finding, to: object) => {
    try {
      await post(`/quality/findings/${finding.id}`, to);
      toast.success({ title: t('findingChanged') });
    } catch (error) {
      toast.error({ title: say(error) });
    }
    await anew();
  };
  const ask = (to: Omit<FindingFilter, 'org'>) => {
    setAsked(to);
    setPage(0);
  };
  const pages = found.data?.pages ?? [];
  const shown = Math.min(page, Math.max(0, pages.length - 1));
  const isLast = shown === pages.length - 1;
  const findings = pages[shown]?.findings;
  const older = async () => {
    if (isLast) await found.fetchNextPage({ throwOnError: true });
    setPage(shown + 1);
  };
  const runNow = may && (
    <Button type={ranAt === null ? 'primary' : 'default'} loading={busy} onClick={() => void run()}>
      {t('qualityRun')}
    </Button>
  );
  return (
    <>
      {toasts}
      <Card
        title={t('quality')}
        hint={ranAt === null ? t('qualityHow') : `${t('qualityHow')} ${t('qualityRanAt', { at: sayInstant(ranAt) })}`}
        actions={
          <div className="toolbar">
            <OrgPicker />
            {ranAt !== null && runNow}
          </div>
        }
      >
        {ranAt === null && counts.length === 0 ? (
          <Nothing title={t('qualityNever')} how={t('qualityNeverHow')}>
            {runNow}
          </Nothing>
        ) : (
          <>
            <QualityFilter rules={rules.data} counts={counts} asked={asked} ask={ask} />
            {findings === undefined ? (
              <CardSkeleton height={320} />
            ) : findings.length === 0 ? (
              counts.length === 0 && asked.state === 'open' && !asked.rule && !asked.severity && !asked.owner ? (
                <Nothing title={t('qualityNothing')} how={t('qualityNothingHow')} />
              ) : (
                <Nothing title={t('qualityNoMatch')} how={t('qualityNoMatchHow')}>
                  <Button onClick={() => ask({})}>{t('qualityShowAll')}</Button>
                </Nothing>
              )
            ) : (
              <FindingsTable
                findings={findings}
                rules={rules.data}
                may={may}
                change={change}
                judge={(finding, to) => setVerdict({ finding, to })}
              />
            )}
            {(pages.length > 1 || found.hasNextPage) && (
              <nav className="pages" aria-label={t('qualityFindings')}>
                <Button disabled={shown === 0} onClick={() => setPage(shown - 1)}>
                  {t('newer')}
                </Button>
                <span aria-live="polite">{t('pageNumber', { page: shown + 1 })}</span>
                <Button
                  disabled={isLast && !found.hasNextPage}
                  loading={found.isFetchingNextPage}
                  onClick={() => void older().catch(() => undefined)}
                >
                  {t('older')}
                </Button>
              </nav>
            )}
          </>
        )}
      </Card>
      {verdict && (
        <FindingDialog
          {...verdict}
          close={(done) => {
            setVerdict(undefined);
            if (done) toast.success({ title: t('findingChanged') });
            void anew();
          }}
        />
      )}
    </>
  );
}

function Nothing({ title, how, children }: { title: string; how: string; children?: React.ReactNode }) {
  return (
    <div className="nothing">
      <h3>{title}</h3>
      <p>{how}</p>
      {children}
    </div>
  );
}
