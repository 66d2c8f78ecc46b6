import type { QueueState } from '../api/jobs';
import { group } from '../figures/format';
import { useWords } from '../language';
import { Card } from '../page/card';

/** How many wait, run and failed, and whether anybody works. */
export function QueueCard({ queue }: { queue: QueueState | null }) {
  const { t } = useWords();
  if (!queue) {
    return (
      <Card title={t('jobs')} hint={t('jobsHint')}>
        <p className="strip" role="alert">
          {t('jobsUnreachable')}
        </p>
      </Card>
    );
  }
  const tallies = [
    [t('jobsWaiting'), queue.waiting],
    [t('jobsActive'), queue.active],
    [t('jobsDelayed'), queue.delayed],
    [t('jobsFailed'), queue.failed],
    [t('jobsWorkers'), queue.workers],
  ] as const;
  return (
    <Card
      title={t('jobs')}
      hint={`${t('jobsHint')} ${t(queue.store === 'redis' ? 'jobsStoreRedis' : 'jobsStorePostgresql')}`}
    >
      <dl className="tallies" aria-label={t('jobsQueue')}>
        {tallies.map(([title, count]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{group(String(count))}</dd>
          </div>
        ))}
      </dl>
      {queue.workers === 0 && (
        <p className="strip" role="alert">
          {t('jobsNobody')}
        </p>
      )}
    </Card>
  );
}
