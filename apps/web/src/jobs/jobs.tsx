import { useQuery } from '@tanstack/react-query';
import { jobsQuery } from '../api/jobs';
import { CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { ChecksCard } from './checks-card';
import { FailedJobs } from './failed-jobs';
import { QueueCard } from './queue-card';
import { SchedulesCard } from './schedules-card';
import '../styles/jobs.css';
import '../texts/drills';
import '../texts/jobs';

/** What the program does by itself, and what of it failed. */
export default function Jobs() {
  const { data, error, refetch, dataUpdatedAt } = useQuery(jobsQuery);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <CardSkeleton height={480} />;
  const { queue, checks } = data;
  return (
    <>
      <QueueCard queue={queue} />
      {queue && <FailedJobs />}
      <div className="jobs-pair">
        {queue && <SchedulesCard schedules={queue.schedules} now={dataUpdatedAt} />}
        <ChecksCard checks={checks} />
      </div>
    </>
  );
}
