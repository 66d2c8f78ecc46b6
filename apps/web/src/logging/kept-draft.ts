import type { Draft } from './entry-draft';

/** What a person's form keeps over a reload: what is not logged yet, and what the last entry began with. */
interface Kept {
  /** The id that the entry will have: sent again after a reload it is the same entry. */
  id?: string;
  draft?: Draft;
  last?: Pick<Draft, 'kind' | 'org' | 'occurredOn'>;
  /** The day on which that was. */
  lastDay?: string;
}

const place = (account: string) => `marrow-ledger.entry.${account}`;

export function readKept(account: string): Kept {
  try {
    return JSON.parse(localStorage.getItem(place(account)) ?? '{}') as Kept;
  } catch {
    return {};
  }
}

export function keep(account: string, kept: Kept): void {
  try {
    localStorage.setItem(place(account), JSON.stringify({ ...readKept(account), ...kept }));
  } catch {
    // A browser that keeps nothing still logs.
  }
}

/** Whether something was typed that would be a loss. */
export function isBegun({ kind, org, occurredOn, ...typed }: Draft): boolean {
  return Object.values(typed).some((value) =>
    typeof value === 'object' ? Object.values(value).some(Boolean) : Boolean(value),
  );
}
