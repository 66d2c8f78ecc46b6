import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Sentence } from '../../../../libs/core/domain-error';
import { IMPORTS } from './queries';
import { read } from './request';

export type ImportState =
  'received' | 'mapping' | 'staged' | 'accepted' | 'posting' | 'stopped' | 'done' | 'cancelled' | 'refused';

export type Proposal = 'new' | 'returning' | 'changed' | 'unchanged' | 'gone' | 'invalid' | 'held' | 'blocked';

export type ImportCounts = Record<Proposal, number>;

/** Columns are counted from 1, as rows are. */
export interface RowProblem {
  code: string;
  field: string | null;
  column: number | null;
  sentence: Sentence;
}

export interface ImportColumn {
  column: number;
  name: string;
  field: string | null;
  by: 'remembered' | 'remembered elsewhere' | 'name' | null;
  candidates?: string[];
}

export interface ImportSheet {
  sheet: string;
  kind: string | null;
  columns: ImportColumn[];
  problems?: { code: string; sentence: Sentence; columns: number[] }[];
}

export type ImportQuestion =
  | { code: 'month_closed'; sentence: Sentence; month: string }
  | { code: 'program_fault'; sentence: Sentence }
  | { code: 'mapping_unclear'; sentence: Sentence; sheets: ImportSheet[] };

export interface Import {
  importId: string;
  org: string;
  kind: string | null;
  name: string;
  mode: 'good_rows' | 'all_or_nothing';
  keepGaps: boolean;
  state: ImportState;
  fileName: string;
  fileSize: number;
  mapping: ImportSheet[] | null;
  notices: { code: string; sentence: Sentence; sheet: string | null; row: number | null; column: number | null }[];
  reason: string | null;
  counts: ImportCounts | null;
  entriesPosted: number;
  question: ImportQuestion | null;
  problem: RowProblem | null;
  createdBy: string;
  createdAt: string;
  acceptedBy: string | null;
  acceptedAt: string | null;
  finishedAt: string | null;
  progress: {
    phase: 'read' | 'compare' | 'check' | 'post';
    percent: number | null;
    posted: number;
    secondsLeft: number | null;
  };
}

export interface ImportRow {
  /** Counted from 0. */
  sheet: number | null;
  row: number | null;
  stated: Record<string, unknown> | null;
  problems: RowProblem[];
  reverses: string | null;
  before: Record<string, unknown> | null;
}

interface Moved {
  org: string;
  key: string;
  period: string;
  before: string | null;
  after: string | null;
  difference: string | null;
}

export interface ImportEffect {
  months: { month: string; kind: string; entries: number; reversals: number; quantity: string }[];
  figures: { org: string; metrics: Moved[]; indicators: Moved[]; exact: boolean } | null;
  notice: Sentence | null;
}

/** Whether it goes on by itself. */
export function isUnderWay({ state }: Import): boolean {
  return state === 'received' || state === 'accepted' || state === 'posting';
}

/** Whether nothing more becomes of it. */
export function isOver({ state }: Import): boolean {
  return state === 'done' || state === 'cancelled' || state === 'refused';
}

/** The latest first, a page at a time. */
export const importsQuery = infiniteQueryOptions({
  queryKey: [IMPORTS, 'list'],
  queryFn: async ({ signal, pageParam }) =>
    (await read<{ imports: Import[] }>('/imports', { before: pageParam }, signal)).imports,
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => (last.length < 25 ? undefined : last.at(-1)?.createdAt),
});

export const waitingImportsQuery = queryOptions({
  queryKey: [IMPORTS, 'waiting'],
  queryFn: async ({ signal }) => (await read<{ imports: Import[] }>('/imports', { waiting: true }, signal)).imports,
});

/** Asked for again while it goes on: the server tells of each step, unless its stream has broken. */
export function importQuery(id: string) {
  return queryOptions({
    queryKey: [IMPORTS, 'one', id],
    queryFn: ({ signal }) => read<Import>(`/imports/${encodeURIComponent(id)}`, {}, signal),
    refetchInterval: ({ state: { data } }) => (data && isUnderWay(data) ? 2_000 : false),
  });
}

const ROWS = 50;

/** What is of entries is paged by how many were seen, what is of rows by the last row. */
export function importRowsQuery(id: string, proposal: Proposal) {
  return infiniteQueryOptions({
    queryKey: ['import-rows', id, proposal],
    queryFn: async ({ signal, pageParam }) =>
      (
        await read<{ rows: ImportRow[] }>(
          `/imports/${encodeURIComponent(id)}/rows`,
          { proposal, limit: ROWS, ...pageParam },
          signal,
        )
      ).rows,
    initialPageParam: {} as { after?: number; sheet?: number },
    getNextPageParam: (last, pages) => {
      const end = last.at(-1);
      if (!end || last.length < ROWS) return undefined;
      return end.row === null
        ? { after: pages.reduce((sum, page) => sum + page.length, 0) }
        : { after: end.row, sheet: end.sheet ?? 0 };
    },
  });
}

export function importEffectQuery(id: string) {
  return queryOptions({
    queryKey: ['import-effect', id],
    queryFn: async ({ signal }) =>
      (await read<{ effect: ImportEffect | null }>(`/imports/${encodeURIComponent(id)}/effect`, {}, signal)).effect,
    staleTime: 60_000,
  });
}
