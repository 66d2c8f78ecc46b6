import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Verification } from './answers';
import type { ChainCheck } from './audit';
import type { Drill } from './drills';
import { read } from './request';

export type JobCode = 'recompute' | 'sweep' | 'import' | 'verify' | 'quality' | 'notify' | 'deliver' | 'drill';

export interface ScheduleState {
  id: string;
  job: JobCode;
  everyMs: number | null;
  /** As cron writes it, on the clock of Asia/Shanghai. */
  pattern: string | null;
  last: { startedAt: string; finishedAt: string | null; result: 'running' | 'done' | 'failed' | 'not_kept' } | null;
  next: string | null;
}

export interface QueueState {
  store: 'redis' | 'postgresql';
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
  workers: number;
  schedules: ScheduleState[];
}

export interface FailedJob {
  id: string;
  job: JobCode;
  importId: string | null;
  attempts: number;
  addedAt: string;
  failedAt: string | null;
  error: string;
}

export interface JobsAnswer {
  /** Nothing while the queue is out of reach. */
  queue: QueueState | null;
  checks: { values: Verification | null; audit: ChainCheck | null; drill: Drill | null };
}

export const JOBS = 'jobs';

const PAGE = 20;

export const jobsQuery = queryOptions({
  queryKey: [JOBS, 'state'],
  queryFn: ({ signal }) => read<JobsAnswer>('/jobs', {}, signal),
  refetchInterval: 10_000,
});

export const failedJobsQuery = infiniteQueryOptions({
  queryKey: [JOBS, 'failed'],
  queryFn: ({ signal, pageParam }) =>
    read<{ jobs: FailedJob[]; next: string | null }>('/jobs/failed', { after: pageParam, limit: PAGE }, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.next ?? undefined,
  // What is tried again may fail again.
  refetchInterval: 5_000,
});
