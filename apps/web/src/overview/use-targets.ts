import { useQuery } from '@tanstack/react-query';
import type { Target, Value } from '../api/answers';
import { targetsQuery } from '../api/queries';
import { compareDecimals } from '../figures/format';

export type FindTarget = (key: string) => Target | undefined;

/** The targets of a period and org; none while they are read, or when they cannot be: figures stand without them. */
export function useTargets(period: string, org: string): FindTarget {
  const { data } = useQuery(targetsQuery({ period, org }));
  return (key) => data?.find((target) => target.key === key);
}

/** Whether the printed value meets its target; `undefined` where there is none to compare. */
export function meets(value: Value | undefined, target: Target | undefined): boolean | undefined {
  if (!target || value?.value === undefined || value.value === null) return undefined;
  const order = compareDecimals(value.value, target.value);
  return target.operator === 'ge' ? order >= 0 : target.operator === 'le' ? order <= 0 : order === 0;
}
