import type { JobCode, ScheduleState } from '../api/jobs';
import type { Words } from '../language';
import type { TextKey } from '../texts';

const JOBS = {
  recompute: 'job_recompute',
  sweep: 'job_sweep',
  import: 'job_import',
  verify: 'job_verify',
  quality: 'job_quality',
  notify: 'job_notify',
  deliver: 'job_deliver',
  drill: 'job_drill',
} as const satisfies Readonly<Record<JobCode, TextKey>>;

/** What a job does; one of another version by its code. */
export function jobName(job: JobCode, { t }: Words): string {
  return job in JOBS ? t(JOBS[job]) : job;
}

/** `每天 03:30`, `每 15 秒`; a pattern that is no daily hour as it stands. */
export function sayWhen({ everyMs, pattern }: ScheduleState, { t }: Words): string {
  if (everyMs !== null) {
    return everyMs === 60_000 ? t('scheduleEveryMinute') : t('scheduleEverySeconds', { count: everyMs / 1000 });
  }
  const [, minute, hour] = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(pattern ?? '') ?? [];
  if (minute === undefined || hour === undefined) return pattern ?? '';
  return t('scheduleDaily', { time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` });
}
