import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import type { Value } from '../api/answers';
import { valuesQuery, type Scope } from '../api/queries';
import { useView } from '../view';

export interface Figures {
  readonly find: (key: string, where?: { period?: string; org?: string; own?: boolean }) => Value | undefined;
  readonly loading: boolean;
  /** Why figures are not there; one that only could not be read again stays as it was. */
  readonly error: Error | null;
  readonly retry: () => void;
}

function combine(results: UseQueryResult<Value[]>[]): Figures {
  const values = results.flatMap(({ data }) => data ?? []);
  return {
    find: (key, where = {}) =>
      values.find(
        (value) =>
          value.key === key &&
          (where.period === undefined || value.period === where.period) &&
          (where.org === undefined || value.org === where.org) &&
          (where.own === undefined || value.own === where.own),
      ),
    loading: results.some(({ isPending }) => isPending),
    error: results.find(({ error, data }) => error && data === undefined)?.error ?? null,
    retry: () => results.forEach((result) => void result.refetch()),
  };
}

/** The metrics and rates of one scope, all of them or those that are named. */
export function useFigures(scope: Omit<Scope, 'keys'>, keys?: readonly string[]): Figures {
  const { indicators } = useView();
  const nouns = (['metrics', 'indicators'] as const).flatMap((noun) => {
    const named = keys?.filter((key) => indicators.has(key) === (noun === 'indicators'));
    return named?.length === 0 ? [] : [valuesQuery(noun, { ...scope, keys: named?.join(',') })];
  });
  return useQueries({ queries: nouns, combine });
}
