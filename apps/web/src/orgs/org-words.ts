import type { Org } from '../api/answers';
import type { Words } from '../language';

/** What an org below the registry can be. */
export const LEVELS = ['city', 'county', 'station', 'university'] as const;

export function levelName(level: string, { t }: Words): string {
  const known = ['registry' as const, ...LEVELS].find((one) => one === level);
  return known ? t(`level_${known}`) : level;
}

/** Whether it takes entries, and until when. @param today `YYYY-MM-DD` */
export function sayState({ closedOn }: Org, today: string, { t }: Words): string {
  if (closedOn === null) return t('orgOpen');
  return t(closedOn < today ? 'orgClosed' : 'orgClosing', { day: closedOn });
}
