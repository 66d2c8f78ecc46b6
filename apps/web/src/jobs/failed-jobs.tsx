import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Modal, notification } from 'antd';
import { failedJobsQuery, JOBS, type FailedJob } from '../api/jobs';
import { post, remove } from '../api/request';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure, useProblemSentence } from '../page/failure';
import { Turning, usePaged } from '../page/paged-list';
import { useSession } from '../session/gate';
import { jobName } from './job-words';

/** What was tried to the last, with its reason, to be tried again or removed. */
export function FailedJobs() {
  const words = useWords();
  const { t } = words;
  const { permissions } = useSession();
  const queries = useQueryClient();
  const say = useProblemSentence();
  const [toast, toasts] = notification.useNotification({ placement: 'bottomRight' });
  const [modal, dialogs] = Modal.useModal();
  const found = useInfiniteQuery(failedJobsQuery);
  const { shown, turning } = usePaged(found);
  if (found.error && !found.data) return <Failure error={found.error} retry={() => void found.refetch()} />;
  if (!shown) return <CardSkeleton height={240} />;
  const may = permissions.includes('jobs.manage');
  const change = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      toast.success({ title: done });
    } catch (error) {
      toast.error({ title: say(error) });
    }
    await queries.invalidateQueries({ queryKey: [JOBS] });
  };
  const retry = ({ id }: FailedJob) => change(() => post(`/jobs/${id}/retry`, {}), t('jobRetried'));
  const forget = ({ id }: FailedJob) =>
    void modal.confirm({
      title: t('jobRemoveTitle'),
      content: t('jobRemoveText'),
      okText: t('jobRemove'),
      okButtonProps: { danger: true },
      onOk: () => change(() => remove(`/jobs/${id}`), t('jobRemoved')),
    });
  return (
    <Card title={t('failedJobs')} hint={t('failedJobsHint')}>
      {toasts}
      {dialogs}
      {shown.jobs.length === 0 && turning.pages < 2 ? (
        <div className="nothing">
          <h3>{t('failedNone')}</h3>
          <p>{t('failedNoneHow')}</p>
        </div>
      ) : (
        <table className="jobs-table failed-jobs">
          <caption className="away">{t('failedJobs')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('failedAt')}</th>
              <th scope="col">{t('failedJob')}</th>
              <th scope="col">{t('failedError')}</th>
              {may && (
                <th scope="col">
                  <span className="away">{t('actions')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {shown.jobs.map((one) => {
              const at = sayInstant(one.failedAt ?? one.addedAt);
              const named = { job: jobName(one.job, words), at };
              return (
                <tr key={one.id}>
                  <td className="failed-at">{at}</td>
                  <th scope="row">
                    {named.job}
                    {one.importId !== null && <small>{t('failedImport', { id: one.importId })}</small>}
                  </th>
                  <td className="failed-why">
                    {one.error}
                    <small>{t('failedAttempts', { count: one.attempts })}</small>
                  </td>
                  {may && (
                    <td className="job-actions">
                      <Button size="small" aria-label={t('jobRetryOf', named)} onClick={() => void retry(one)}>
                        {t('jobRetry')}
                      </Button>
                      <Button size="small" danger aria-label={t('jobRemoveOf', named)} onClick={() => forget(one)}>
                        {t('jobRemove')}
                      </Button>
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <Turning label={t('failedJobs')} of={turning} />
    </Card>
  );
}
