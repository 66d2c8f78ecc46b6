import { useQuery } from '@tanstack/react-query';
import { Button, notification } from 'antd';
import { useState } from 'react';
import { go } from '../address';
import { monthQuery, type MonthLine } from '../api/months';
import { group, sayInstant } from '../figures/format';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { useSession } from '../session/gate';
import { useView } from '../view';
import { Adjustments } from './adjustments';
import { CloseDialog } from './close-dialog';
import { MonthOrgs } from './month-orgs';
import { ReopenDialog } from './reopen-dialog';

/** All about one month, and what may be done about it. */
export function MonthDetail({ month: line, months }: { month: MonthLine; months: readonly MonthLine[] }) {
  const { t } = useWords();
  const [toast, toasts] = notification.useNotification({ placement: 'bottomRight' });
  const { permissions } = useSession();
  const { orgs, status } = useView();
  const [asking, setAsking] = useState<'close' | 'reopen'>();
  const { month } = line;
  const { data, error, refetch } = useQuery(monthQuery(month));
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <CardSkeleton height={360} />;
  // Only who stands for the whole registry closes and reopens.
  const mayClose = permissions.includes('months.close') && orgs.get(status.root ?? '')?.level === 'registry';
  const next = months.findLast(({ state }) => state !== 'closed')?.month;
  const isNext = line.state === 'open' && next === month;
  const hint =
    line.state === 'running'
      ? t('stillRunning')
      : line.state === 'open' && !mayClose
        ? t(permissions.includes('months.submit') ? 'closedElsewhere' : 'submittedElsewhere')
        : line.state === 'open' && !isNext
          ? t('closeFirst', { month: next ?? '' })
          : undefined;
  const { seal } = data;
  const say = (done: string) => toast.success({ title: done });
  const end = (done: string | undefined) => {
    setAsking(undefined);
    if (done === undefined) return;
    // The month stays before one's eyes with its seal, though another is now the first that is open.
    go({ month });
    say(done);
  };
  return (
    <>
      {toasts}
      <Card
        title={t('monthOrgs', { month })}
        hint={hint}
        actions={
          mayClose && isNext ? (
            <Button type="primary" onClick={() => setAsking('close')}>
              {t('closeMonth', { month })}
            </Button>
          ) : mayClose && line.state === 'closed' ? (
            <Button onClick={() => setAsking('reopen')}>{t('reopenMonth', { month })}</Button>
          ) : undefined
        }
      >
        <MonthOrgs month={line} orgs={data.orgs} say={say} />
      </Card>
      {seal && (
        <Card title={t('seal')}>
          <dl className="seal">
            <div>
              <dt>{t('columnClosedAt')}</dt>
              <dd>{t('byAt', { by: seal.sealedBy, at: sayInstant(seal.sealedAt) })}</dd>
            </div>
            <div>
              <dt>{t('sealedAt')}</dt>
              <dd>
                {t('sealOf', {
                  number: seal.number,
                  entries: group(String(seal.entries ?? 0)),
                  figures: group(String(seal.figures)),
                })}
              </dd>
            </div>
            {data.reason !== null && (
              <div>
                <dt>{t('monthReason')}</dt>
                <dd>{data.reason}</dd>
              </div>
            )}
            <div>
              <dt>{t('sealHash')}</dt>
              <dd>
                <code>{seal.hash}</code>
              </dd>
            </div>
          </dl>
        </Card>
      )}
      <Card title={t('adjustments')} hint={t('adjustmentsHow')}>
        <Adjustments month={data} />
      </Card>
      {asking === 'close' && <CloseDialog month={month} orgs={data.orgs} close={end} />}
      {asking === 'reopen' && <ReopenDialog month={month} close={end} />}
    </>
  );
}
