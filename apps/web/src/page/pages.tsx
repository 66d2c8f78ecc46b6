import { lazy, type ComponentType } from 'react';
import type { TextKey } from '../texts';

const Accounts = lazy(() => import('../accounts/accounts'));
const Analysis = lazy(() => import('../analysis/analysis'));
const Assessment = lazy(() => import('../assessment/assessment'));
const Audit = lazy(() => import('../audit/audit'));
const Cases = lazy(() => import('../cases/cases'));
const CheckUp = lazy(() => import('../check-up/check-up'));
const Drills = lazy(() => import('../drills/drills'));
const Imports = lazy(() => import('../imports/imports'));
const Indicators = lazy(() => import('../indicators/indicators'));
const Jobs = lazy(() => import('../jobs/jobs'));
const Ledger = lazy(() => import('../ledger/ledger'));
const Months = lazy(() => import('../months/months'));
const Orgs = lazy(() => import('../orgs/orgs'));
const Overview = lazy(() => import('../overview/overview'));
const Quality = lazy(() => import('../quality/quality'));
const Rules = lazy(() => import('../rules/rules'));
const Settings = lazy(() => import('../settings/settings'));
const Sheet = lazy(() => import('../sheet/sheet'));
const Subscriptions = lazy(() => import('../subscriptions/subscriptions'));
const Workbench = lazy(() => import('../workbench/workbench'));

export interface PageDefinition {
  /** What the address says. */
  readonly code: string;
  readonly group: 'daily' | 'figures' | 'yearEnd' | 'office';
  readonly title: TextKey;
  /** Who lacks this permission sees no link to it. */
  readonly needs: string;
  readonly Body: ComponentType;
  /** Whether the period and the org are chosen above it. */
  readonly toolbar?: true;
  /** It has something to show before anything is logged. */
  readonly fromTheStart?: true;
  /** It is of the registry as a whole, and not for who reaches a part of it. */
  readonly whole?: true;
}

/** Every page, in the order of the menu. The first that a person may see is where they begin. */
export const PAGES: readonly PageDefinition[] = [
  { code: 'workbench', group: 'daily', title: 'workbench', needs: 'figures.read', Body: Workbench },
  { code: 'funnel', group: 'figures', title: 'tabFunnel', needs: 'figures.read', Body: Overview, toolbar: true },
  { code: 'analysis', group: 'figures', title: 'tabAnalysis', needs: 'figures.read', Body: Analysis, toolbar: true },
  { code: 'indicators', group: 'figures', title: 'indicators', needs: 'figures.read', Body: Indicators, toolbar: true },
  { code: 'sheet', group: 'daily', title: 'daySheet', needs: 'entries.write', Body: Sheet, fromTheStart: true },
  {
    code: 'import',
    group: 'daily',
    title: 'importPage',
    needs: 'imports.write',
    Body: Imports,
    fromTheStart: true,
  },
  { code: 'ledger', group: 'daily', title: 'ledger', needs: 'entries.read', Body: Ledger },
  { code: 'cases', group: 'daily', title: 'casesPage', needs: 'entries.read', Body: Cases },
  { code: 'months', group: 'yearEnd', title: 'months', needs: 'figures.read', Body: Months },
  { code: 'assessment', group: 'yearEnd', title: 'tabAssessment', needs: 'assessments.read', Body: Assessment },
  {
    code: 'check-up',
    group: 'yearEnd',
    title: 'checkUp',
    needs: 'figures.read',
    Body: CheckUp,
    fromTheStart: true,
  },
  { code: 'quality', group: 'office', title: 'quality', needs: 'figures.read', Body: Quality },
  {
    code: 'accounts',
    group: 'office',
    title: 'accounts',
    needs: 'accounts.manage',
    Body: Accounts,
    fromTheStart: true,
  },
  { code: 'orgs', group: 'office', title: 'orgs', needs: 'settings.manage', Body: Orgs, fromTheStart: true },
  {
    code: 'settings',
    group: 'office',
    title: 'settings',
    needs: 'settings.manage',
    Body: Settings,
    fromTheStart: true,
  },
  {
    code: 'rules',
    group: 'office',
    title: 'rules',
    needs: 'assessments.read',
    Body: Rules,
    fromTheStart: true,
    whole: true,
  },
  {
    code: 'subscriptions',
    group: 'office',
    title: 'subscriptions',
    needs: 'subscriptions.own',
    Body: Subscriptions,
    fromTheStart: true,
  },
  { code: 'jobs', group: 'office', title: 'jobs', needs: 'jobs.read', Body: Jobs, fromTheStart: true, whole: true },
  { code: 'audit', group: 'office', title: 'audit', needs: 'audit.read', Body: Audit, fromTheStart: true },
  { code: 'drills', group: 'office', title: 'drills', needs: 'backups.read', Body: Drills, fromTheStart: true },
];
