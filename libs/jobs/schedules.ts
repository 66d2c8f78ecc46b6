import { JobName } from './queue';

export type Schedule = { readonly id: string; readonly job: JobName } & (
  { readonly everyMs: number } | { readonly pattern: string; readonly tz: 'Asia/Shanghai' }
);

/** Work that comes back by itself. The worker sees to it that the queue holds exactly these. */
export const SCHEDULES: readonly Schedule[] = [
  { id: 'sweep', job: 'sweep', everyMs: 15_000 },
  { id: 'drill', job: 'drill', pattern: '30 2 * * *', tz: 'Asia/Shanghai' },
  { id: 'verify', job: 'verify', pattern: '30 3 * * *', tz: 'Asia/Shanghai' },
  { id: 'quality', job: 'quality', pattern: '0 5 * * *', tz: 'Asia/Shanghai' },
  { id: 'notify', job: 'notify', pattern: '30 7 * * *', tz: 'Asia/Shanghai' },
  { id: 'deliver', job: 'deliver', everyMs: 60_000 },
];
