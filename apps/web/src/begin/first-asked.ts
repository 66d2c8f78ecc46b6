import type { Status } from '../api/answers';
import type { PageCode } from './page-scripts';

/** What some pages ask for first, so that it need not wait for them. Exactly their words, or it is asked for twice. */
const FIRST_ASKED: Partial<Record<PageCode, (scope: { period: string; org: string }) => string[]>> = {
  funnel: (scope) => ['metrics', 'indicators'].map((noun) => `/${noun}/values?${new URLSearchParams(scope)}`),
  workbench: ({ org }) => [`/worklists?${new URLSearchParams({ org })}`],
};

/** The paths below `/api` that a page will ask for at an address. */
export function firstAsked(page: PageCode, address: URLSearchParams, { latestYear, root }: Status): string[] {
  const period = address.get('period') ?? latestYear;
  const org = address.get('org') ?? root;
  if (period === null || org === null) return [];
  return FIRST_ASKED[page]?.({ period, org }) ?? [];
}
