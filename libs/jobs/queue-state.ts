import { Job, JobSchedulerJson, Queue } from 'bullmq';
import { JobName } from './queue';
import { Schedule, SCHEDULES } from './schedules';

export interface LastRun {
  readonly startedAt: Date;
  /** Nothing while it runs, and of a schedule whose runs are not kept. */
  readonly finishedAt: Date | null;
  readonly result: 'running' | 'done' | 'failed' | 'not_kept';
}

export interface ScheduleState {
  readonly id: string;
  readonly job: JobName;
  readonly everyMs: number | null;
  /** As cron writes it, on the clock of Asia/Shanghai. */
  readonly pattern: string | null;
  readonly last: LastRun | null;
  /** Nothing when the queue does not hold the schedule: no worker has begun yet. In the past when none has taken it. */
  readonly next: Date | null;
}

export interface QueueState {
  readonly store: 'redis' | 'postgresql';
  readonly waiting: number;
  readonly active: number;
  /** For their hour to come, or to be tried again. */
  readonly delayed: number;
  readonly failed: number;
  /** How many worker processes hold a connection just now. */
  readonly workers: number;
  readonly schedules: readonly ScheduleState[];
}

/** So many are looked through for the last run of a schedule. */
const LATEST = 100;

/** How the queue stands just now. */
export async function lookAt(queue: Queue): Promise<QueueState> {
  const [counts, workers, standing, active, completed, failed] = await Promise.all([
    queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed'),
    queue.getWorkersCount(),
    queue.getJobSchedulers(),
    queue.getActive(0, LATEST),
    queue.getCompleted(0, LATEST),
    queue.getFailed(0, LATEST),
  ]);
  const runs = [...active, ...completed, ...failed].filter((job) => job?.processedOn !== undefined);
  const { waiting = 0, prioritized = 0, active: running = 0, delayed = 0, failed: lost = 0 } = counts;
  return {
    store: 'url' in queue.opts.connection ? 'redis' : 'postgresql',
    waiting: waiting + prioritized,
    active: running,
    delayed,
    failed: lost,
    workers,
    schedules: SCHEDULES.map((schedule) => {
      const kept = standing.find(({ key }) => key === schedule.id);
      return stateOf(schedule, kept, lastOf(schedule, runs));
    }),
  };
}

function lastOf({ id }: Schedule, runs: readonly Job[]): LastRun | null {
  const [last] = runs
    .filter(({ repeatJobKey }) => repeatJobKey === id)
    .sort((a, b) => (b.processedOn ?? 0) - (a.processedOn ?? 0));
  if (!last?.processedOn) return null;
  const finishedAt = last.finishedOn ? new Date(last.finishedOn) : null;
  const result = finishedAt === null ? 'running' : last.failedReason ? 'failed' : 'done';
  return { startedAt: new Date(last.processedOn), finishedAt, result };
}

function stateOf(schedule: Schedule, standing: JobSchedulerJson | undefined, kept: LastRun | null): ScheduleState {
  const { id, job } = schedule;
  const next = standing?.next === undefined ? null : new Date(standing.next);
  if (!('everyMs' in schedule)) return { id, job, everyMs: null, pattern: schedule.pattern, last: kept, next };
  const { everyMs } = schedule;
  return { id, job, everyMs, pattern: null, last: newer(kept, turnBefore(standing, everyMs)), next };
}

/** Whoever takes a turn sets the next one: the turn before that was the last to be taken. */
function turnBefore(standing: JobSchedulerJson | undefined, everyMs: number): LastRun | null {
  if (standing?.next === undefined || (standing.iterationCount ?? 0) < 2) return null;
  return { startedAt: new Date(standing.next - everyMs), finishedAt: null, result: 'not_kept' };
}

function newer(one: LastRun | null, other: LastRun | null): LastRun | null {
  if (!one || !other) return one ?? other;
  // The turn of a run that is known lies just before its start.
  return one.startedAt >= other.startedAt ? one : other;
}
