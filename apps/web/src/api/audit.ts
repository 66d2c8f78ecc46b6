import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { read } from './request';

export type ActResult = 'done' | 'refused' | 'failed';

export interface AuditAct {
  /** A decimal string: the place in the chain. */
  seq: string;
  at: string;
  actor: string;
  act: string;
  thing: string | null;
  org: string | null;
  address: string | null;
  result: ActResult;
  detail: Readonly<Record<string, unknown>> | null;
  hash: string;
}

/** What is looked for; what is not said, is not asked. */
export interface AuditSearch {
  actor?: string;
  act?: string;
  thing?: string;
  result?: ActResult;
  from?: string;
  to?: string;
  org?: string;
}

export interface ChainCheck {
  finishedAt: string;
  checked: number;
  broken: number;
  findings: { seq: number; through: number; problem: string }[];
}

type ActPage = { acts: AuditAct[]; next: string | null };

const PAGE = 50;

export function auditQuery(search: AuditSearch) {
  return infiniteQueryOptions({
    queryKey: ['audit', 'acts', search],
    queryFn: ({ signal, pageParam }) => read<ActPage>('/audit', { ...search, after: pageParam, limit: PAGE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

/** One act by its number; null where the caller reaches none of that number. */
export function actQuery(seq: string) {
  return queryOptions({
    queryKey: ['audit', 'act', seq],
    queryFn: async ({ signal }) => {
      const { acts } = await read<ActPage>('/audit', { after: String(BigInt(seq) + 1n), limit: 1 }, signal);
      return acts.find((one) => one.seq === seq) ?? null;
    },
    staleTime: Infinity,
  });
}

export const chainCheckQuery = queryOptions({
  queryKey: ['audit', 'check'],
  queryFn: ({ signal }) => read<{ check: ChainCheck | null }>('/audit/check', {}, signal),
});
