import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Label } from '../../../../libs/catalogue/label';
import type { CaseRow } from './funnel';
import type { LedgerEntry } from './ledger';
import { read } from './request';

export interface CaseWait {
  key: string;
  label: Label;
  task: Label;
  since: string;
  waitingDays: number;
  dueOn: string;
  overdue: boolean;
  ends: string[];
}

export interface CaseStory {
  caseCode: string;
  donorCode: string | null;
  org: string;
  day: string;
  state: 'open' | 'held' | 'refused' | 'ended' | 'donated';
  entries: LedgerEntry[];
  waits: CaseWait[];
  possible: string[];
}

/** What is read again once an entry of a request was logged at this page. */
export const CASES = 'cases';

export function caseQuery(code: string) {
  return queryOptions({
    queryKey: [CASES, 'one', code],
    queryFn: ({ signal }) => read<CaseStory>(`/cases/${encodeURIComponent(code)}`, {}, signal),
  });
}

export function openCasesQuery(asked: { org: string; milestone?: string }) {
  return infiniteQueryOptions({
    queryKey: [CASES, 'open', asked],
    queryFn: ({ signal, pageParam }) =>
      read<{ day: string; cases: CaseRow[]; next: string | null }>(
        '/funnel/ageing/cases',
        { ...asked, after: pageParam, limit: 50 },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
}
