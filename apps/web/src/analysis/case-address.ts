import { go } from '../address';

/** The lists of cases that an address may name, and where they are read. */
const PATHS = {
  funnel: '/funnel/cases',
  cities: '/funnel/cities/cases',
  times: '/funnel/times/cases',
  ages: '/funnel/ageing/cases',
} as const;

export type CaseList = keyof typeof PATHS;

/** Which list, and what is asked of it: `funnel?stage=exam&term=lost…`. */
export interface CaseAddress {
  readonly list: CaseList;
  readonly path: (typeof PATHS)[CaseList];
  readonly query: Readonly<Record<string, string>>;
}

export function casesOf(list: CaseList, query: Readonly<Record<string, string | number | null | undefined>>): string {
  const told = Object.entries(query).filter(([, value]) => value !== undefined);
  return `${list}?${new URLSearchParams(told.map(([name, value]) => [name, String(value ?? 'none')]))}`;
}

/** Nothing where an address names no list. */
export function readCases(text: string | undefined): CaseAddress | undefined {
  const [list = '', query = ''] = text?.split('?') ?? [];
  if (!Object.hasOwn(PATHS, list)) return undefined;
  const known = list as CaseList;
  return { list: known, path: PATHS[known], query: Object.fromEntries(new URLSearchParams(query)) };
}

/** Opens a list, in the address so that it can be sent on. */
export function openCases(cases: string): void {
  go({ cases });
}
