import type { ComponentType } from 'react';

/** The script of each page, by what the address says. */
const PAGE_SCRIPTS = {
  accounts: () => import('../accounts/accounts'),
  analysis: () => import('../analysis/analysis'),
  assessment: () => import('../assessment/assessment'),
  audit: () => import('../audit/audit'),
  cases: () => import('../cases/cases'),
  'check-up': () => import('../check-up/check-up'),
  drills: () => import('../drills/drills'),
  funnel: () => import('../overview/overview'),
  import: () => import('../imports/imports'),
  indicators: () => import('../indicators/indicators'),
  jobs: () => import('../jobs/jobs'),
  ledger: () => import('../ledger/ledger'),
  months: () => import('../months/months'),
  orgs: () => import('../orgs/orgs'),
  quality: () => import('../quality/quality'),
  rules: () => import('../rules/rules'),
  settings: () => import('../settings/settings'),
  sheet: () => import('../sheet/sheet'),
  subscriptions: () => import('../subscriptions/subscriptions'),
  workbench: () => import('../workbench/workbench'),
} as const satisfies Readonly<Record<string, () => Promise<{ default: ComponentType }>>>;

export type PageCode = keyof typeof PAGE_SCRIPTS;

/** Where everybody begins who does not say otherwise. */
export const FIRST_PAGE: PageCode = 'workbench';

const loaded = new Map<PageCode, ComponentType>();

/** The page's component, where its script is there. */
export function loadedPage(code: PageCode): ComponentType | undefined {
  return loaded.get(code);
}

export async function loadPage(code: PageCode): Promise<void> {
  loaded.set(code, (await PAGE_SCRIPTS[code]()).default);
}

export function isPageCode(text: string): text is PageCode {
  return Object.hasOwn(PAGE_SCRIPTS, text);
}
