import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Entry } from './answers';
import { read } from './request';

/** What entries are looked for by. */
export interface LedgerSearch {
  org: string;
  kind?: string;
  outcome?: string;
  reason?: string;
  from?: string;
  to?: string;
  postedMonth?: string;
  code?: string;
  note?: string;
  recordedBy?: string;
  source?: string;
  importId?: string;
  standing?: boolean;
}

export interface LedgerEntry extends Entry {
  attributes: Record<string, string> | null;
  position: string;
}

interface FoundEntries {
  entries: LedgerEntry[];
  next: string | null;
  /** Told with the first page only. */
  total?: number;
}

export interface EntryHistory {
  entry: LedgerEntry;
  reversal: LedgerEntry | null;
  original: LedgerEntry | null;
  replacements: LedgerEntry[];
  replaced: LedgerEntry[];
  origin: { importId: string; fileName: string; sheet: number; row: number; acceptedBy: string | null } | null;
}

/** What is read again once somebody at this page has written. */
export const LEDGER = 'ledger';

const ROWS = 200;

export function ledgerQuery(asked: LedgerSearch) {
  return infiniteQueryOptions({
    queryKey: [LEDGER, 'list', asked],
    queryFn: ({ signal, pageParam }) =>
      read<FoundEntries>(
        '/entries',
        { ...asked, after: pageParam, limit: ROWS, count: pageParam === undefined ? true : undefined },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: 60_000,
  });
}

export function entryHistoryQuery(id: string) {
  return queryOptions({
    queryKey: [LEDGER, 'history', id],
    queryFn: ({ signal }) => read<EntryHistory>(`/entries/${encodeURIComponent(id)}/history`, {}, signal),
  });
}
