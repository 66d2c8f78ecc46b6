import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { keepBeginning } from '../begin/early';
import { read } from './request';
import type { Catalogue, EntriesBehind, Org, Status, Target, Value } from './answers';

/** Which entries a figure is made of: the address of its list. */
export interface FigureAddress {
  key: string;
  period: string;
  org: string;
  own?: boolean;
}

export type Part = 'numerator' | 'denominator';

export interface Scope {
  period: string;
  org: string;
  by?: 'month' | 'org';
  keys?: string;
}

/** The queries under this key are read again when figures move. */
export const MOVING = 'moving';

/** The queries under this key are read again when an import has gone on. */
export const IMPORTS = 'imports';

/** Whether the server has changes that its figures do not hold yet. */
export function isBusy(status: Status): boolean {
  return status.waiting > 0;
}

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: async ({ signal }) => {
    const status = await read<Status>('/status', {}, signal);
    keepBeginning(status);
    return status;
  },
});

/** The same, asked for again and again; seldom while the server tells by itself what moves. */
export function watchedStatusQuery(live: boolean) {
  return queryOptions({
    queryKey: statusQuery.queryKey,
    queryFn: statusQuery.queryFn,
    refetchInterval: ({ state: { data } }) => {
      if (live && data?.registry) return 60_000;
      return data?.registry && isBusy(data) ? 300 : 1500;
    },
  });
}

export const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  queryFn: ({ signal }) => read<Catalogue>('/catalogue', {}, signal),
  staleTime: Infinity,
});

export const orgsQuery = queryOptions({
  queryKey: ['orgs'],
  queryFn: ({ signal }) => read<Org[]>('/orgs', {}, signal),
  staleTime: 60_000,
});

export function valuesQuery(noun: 'metrics' | 'indicators', scope: Scope) {
  return queryOptions({
    queryKey: [MOVING, noun, scope],
    queryFn: async ({ signal }) => {
      const answer = await read<{ values: Value[] }>(`/${noun}/values`, { ...scope }, signal);
      return answer.values;
    },
  });
}

export function targetsQuery(scope: { period: string; org: string }) {
  return queryOptions({
    queryKey: [MOVING, 'targets', scope],
    queryFn: async ({ signal }) => (await read<{ targets: Target[] }>('/targets', scope, signal)).targets,
  });
}

/** @param asOf a moment of the past; now unless said */
export function entriesBehindQuery(figure: FigureAddress, part: Part | undefined, asOf: string | undefined) {
  return infiniteQueryOptions({
    queryKey: [MOVING, 'entries', figure, part, asOf],
    queryFn: ({ signal, pageParam }) =>
      read<EntriesBehind>('/values/entries', { ...figure, part, asOf, after: pageParam, limit: 50 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
}
