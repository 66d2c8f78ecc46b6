import { dateInShanghai } from '../../../../libs/core/period';

const DAY = 86_400_000;

/** Whole days from a day to today. */
export function daysSince(day: string): number {
  return Math.round((Date.parse(dateInShanghai(new Date())) - Date.parse(day)) / DAY);
}

/** The day so many days before today. */
export function daysAgo(days: number): string {
  return new Date(Date.parse(dateInShanghai(new Date())) - days * DAY).toISOString().slice(0, 10);
}
