import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Sentence } from '../../../../libs/core/domain-error';
import { read } from './request';

/** A backup that was restored beside the office and recounted there; null where it did not come so far. */
export interface Drill {
  startedAt: string;
  finishedAt: string;
  file: string | null;
  bytes: string | null;
  entries: string | null;
  checked: string | null;
  drift: string | null;
  audit: { checked: number; broken: number; seq: string; hash: string } | null;
  problem: Sentence | null;
}

const PAGE = 20;

export const drillsQuery = infiniteQueryOptions({
  queryKey: ['drills'],
  queryFn: ({ signal, pageParam }) =>
    read<{ drills: Drill[]; next: string | null }>('/backups', { after: pageParam, limit: PAGE }, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.next ?? undefined,
  refetchInterval: 60_000,
});
