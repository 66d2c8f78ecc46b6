import { JOB_NAMES, JobName, JobPayloads } from './queue';
import { Schedule } from './schedules';

/** What the worker calls, one method a job. Each must be safe to run twice and in any order. */
export type JobHandlers = { [Name in JobName]: (payload: JobPayloads[Name]) => Promise<void> };

/** The injection token of the `JobHandlers`. */
export const JOB_HANDLERS = Symbol('JobHandlers');

/** Throws an Error that lists every job without a handler and every schedule of an unknown job. */
export function assertEveryJobIsHandled(handlers: Partial<JobHandlers>, schedules: readonly Schedule[]): void {
  const faults = [
    ...JOB_NAMES.filter((name) => typeof handlers[name] !== 'function').map((name) => `job ${name} has no handler`),
    ...schedules
      .filter(({ job }) => !JOB_NAMES.includes(job))
      .map(({ id, job }) => `schedule ${id} names the unknown job ${job}`),
  ];
  if (faults.length > 0) {
    throw new Error(`后台作业定义不完整，worker 不能启动。The worker cannot start: ${faults.join('; ')}.`);
  }
}
