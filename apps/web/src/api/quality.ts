import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { QualityRule, Severity } from '../../../../libs/catalogue/quality-rule';
import type { Sentence } from '../../../../libs/core/domain-error';
import { MOVING } from './queries';
import { read } from './request';

export type { QualityRule, Severity };

export type FindingState = 'open' | 'acknowledged' | 'resolved' | 'gone';

export interface Finding {
  id: string;
  rule: string;
  org: string;
  /** Empty for what is wrong since the ledger's start. */
  period: string;
  measured: string;
  expected: string | null;
  state: FindingState;
  owner: string | null;
  reason: string | null;
  firstSeenAt: string;
  lastSeenAt: string;
  sentence: Sentence;
}

export interface FindingSummary {
  counts: {
    rule: string;
    org: string;
    open: number;
    acknowledged: number;
    resolved: number;
    /** Of the open ones, those that nobody has taken. */
    unowned: number;
  }[];
  /** The open ones that you have taken. */
  mine: { open: number; since: string | null };
  ranAt: string | null;
}

export interface FindingFilter {
  org: string;
  state?: FindingState;
  rule?: string;
  severity?: Severity;
  owner?: string;
}

const PAGE = 25;

export const QUALITY = [MOVING, 'quality'] as const;

export const qualityRulesQuery = queryOptions({
  queryKey: ['catalogue', 'quality-rules'],
  queryFn: ({ signal }) => read<QualityRule[]>('/quality/rules', {}, signal),
  staleTime: Infinity,
});

export function qualitySummaryQuery(org: string) {
  return queryOptions({
    queryKey: [...QUALITY, 'summary', org],
    queryFn: ({ signal }) => read<FindingSummary>('/quality/summary', { org }, signal),
  });
}

export function findingsQuery(filter: FindingFilter) {
  return infiniteQueryOptions({
    queryKey: [...QUALITY, 'findings', filter],
    queryFn: ({ signal, pageParam }) =>
      read<{ findings: Finding[]; next: string | null }>(
        '/quality/findings',
        { ...filter, after: pageParam, limit: PAGE },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
}
