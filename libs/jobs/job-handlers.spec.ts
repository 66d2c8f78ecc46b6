import { assertEveryJobIsHandled, JobHandlers } from './job-handlers';
import { Schedule, SCHEDULES } from './schedules';

const handlers: JobHandlers = {
  recompute: () => Promise.resolve(),
  sweep: () => Promise.resolve(),
  import: () => Promise.resolve(),
  verify: () => Promise.resolve(),
  notify: () => Promise.resolve(),
  deliver: () => Promise.resolve(),
  quality: () => Promise.resolve(),
  drill: () => Promise.resolve(),
};

describe('the jobs a worker starts with', () => {
  it('accepts a handler for each job and schedules of these jobs', () => {
    expect(() => assertEveryJobIsHandled(handlers, SCHEDULES)).not.toThrow();
  });

  it('refuses a job without a handler', () => {
    const { recompute, sweep } = handlers;
    expect(() => assertEveryJobIsHandled({ recompute, sweep }, SCHEDULES)).toThrow('job verify has no handler');
  });

  it('refuses a schedule of a job that does not exist', () => {
    const stray = { id: 'nightly', job: 'recount', everyMs: 1000 } as unknown as Schedule;
    expect(() => assertEveryJobIsHandled(handlers, [...SCHEDULES, stray])).toThrow(
      'schedule nightly names the unknown job recount',
    );
  });
});
