import { isPeriod } from '../figures/period-names';
import type { Beginning } from './early';
import type { PageCode } from './page-scripts';

/** What some pages ask for first, so that it need not wait for them. Exactly their words, or it is asked for twice. */
const FIRST_ASKED: Partial<Record<PageCode, (scope: { period: string; org: string }) => string[]>> = {
  funnel: (scope) => ['metrics', 'indicators'].map((noun) => `/${noun}/values?${new URLSearchParams(scope)}`),
  workbench: ({ org }) => [`/worklists?${new URLSearchParams({ org })}`],
};

/** The paths below `/api` that a page will ask for at an address; none for an org that may be out of reach. */
export function firstAsked(page: PageCode, address: URLSearchParams, { latestYear, root }: Beginning): string[] {
  const org = address.get('org') ?? root;
  if (latestYear === null || root === null || org !== root) return [];
  const asked = address.get('period');
  const period = asked !== null && isPeriod(asked) ? asked : latestYear;
  return FIRST_ASKED[page]?.({ period, org }) ?? [];
}
