import type { Drill } from '../api/drills';
import type { Words } from '../language';
import type { TextKey } from '../texts';

export type DrillResult = 'passed' | 'found' | 'failed' | 'absent';

/** How a drill is said to have gone: at length, and in a cell. */
export const RESULTS = {
  passed: { title: 'drillPassed', short: 'resultPassed' },
  found: { title: 'drillFound', short: 'resultFound' },
  failed: { title: 'drillFailed', short: 'resultFailed' },
  absent: { title: 'drillAbsent', short: 'resultAbsent' },
} as const satisfies Readonly<Record<DrillResult, { title: TextKey; short: TextKey }>>;

export function resultOf({ problem, checked, drift, audit }: Drill): DrillResult {
  if ((drift ?? '0') !== '0' || (audit?.broken ?? 0) > 0) return 'found';
  if (problem) return 'failed';
  return checked === null ? 'absent' : 'passed';
}

/** The moment of a backup, which its name tells on the office's clock; null for a name that does not. */
export function momentOf(file: string): string | null {
  const [, day, hour, minute, second] = /^marrow-(\d{8})-(\d\d)(\d\d)(\d\d)\.mlbackup$/.exec(file) ?? [];
  if (day === undefined) return null;
  const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  return `${date}T${hour}:${minute}:${second}+08:00`;
}

/** `41 秒`, `9 小时`, `3 天`: rounded down to the largest unit of which there are two, or to seconds, of which there is one at least. */
export function sayLength(from: string, to: string | number, { t }: Words): string {
  const seconds = Math.max(1, Math.floor((new Date(to).getTime() - new Date(from).getTime()) / 1000));
  const [key, size] = UNITS.find(([, one]) => seconds >= 2 * one) ?? SECONDS;
  return t(key, { count: Math.floor(seconds / size) });
}

const SECONDS = ['ageSeconds', 1] as const;
const UNITS = [['ageDays', 86_400], ['ageHours', 3_600], ['ageMinutes', 60], SECONDS] as const;

export function saySize(bytes: string): string {
  const format = (unit: string, digits: number, divisor: number) =>
    new Intl.NumberFormat('en', { style: 'unit', unit, maximumFractionDigits: digits }).format(Number(bytes) / divisor);
  return Number(bytes) < 1e6 ? format('kilobyte', 0, 1e3) : format('megabyte', 1, 1e6);
}
