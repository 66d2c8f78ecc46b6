import type { LedgerEntry } from '../api/ledger';

const DAY = 86_400_000;

/** Whole calendar days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

export function stands({ reverses, reversedBy, quantity }: LedgerEntry): boolean {
  return reverses === null && reversedBy === null && quantity !== '0';
}

/** Until when a hold lasted; nothing while it lasts. */
export function resumedAfter(hold: LedgerEntry, entries: readonly LedgerEntry[]): string | undefined {
  const after = entries.slice(entries.indexOf(hold) + 1);
  return after.find((one) => one.kind === 'RequestResumed' && stands(one))?.occurredOn;
}
