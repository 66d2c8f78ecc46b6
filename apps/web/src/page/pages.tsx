import type { TextKey } from '../texts';
import type { PageCode } from '../begin/page-scripts';

export interface PageDefinition {
  /** What the address says. */
  readonly code: PageCode;
  readonly group: 'daily' | 'figures' | 'yearEnd' | 'office';
  readonly title: TextKey;
  /** Who lacks this permission sees no link to it. */
  readonly needs: string;
  /** Whether the period and the org are chosen above it. */
  readonly toolbar?: true;
  /** It has something to show before anything is logged. */
  readonly fromTheStart?: true;
  /** It is of the registry as a whole, and not for who reaches a part of it. */
  readonly whole?: true;
}

/** Every page, in the order of the menu. The first that a person may see is where they begin. */
export const PAGES: readonly PageDefinition[] = [
  { code: 'workbench', group: 'daily', title: 'workbench', needs: 'figures.read' },
  { code: 'funnel', group: 'figures', title: 'tabFunnel', needs: 'figures.read', toolbar: true },
  { code: 'analysis', group: 'figures', title: 'tabAnalysis', needs: 'figures.read', toolbar: true },
  { code: 'indicators', group: 'figures', title: 'indicators', needs: 'figures.read', toolbar: true },
  { code: 'sheet', group: 'daily', title: 'daySheet', needs: 'entries.write', fromTheStart: true },
  {
    code: 'import',
    group: 'daily',
    title: 'importPage',
    needs: 'imports.write',
    fromTheStart: true,
  },
  { code: 'ledger', group: 'daily', title: 'ledger', needs: 'entries.read' },
  { code: 'cases', group: 'daily', title: 'casesPage', needs: 'entries.read' },
  { code: 'months', group: 'yearEnd', title: 'months', needs: 'figures.read' },
  { code: 'assessment', group: 'yearEnd', title: 'tabAssessment', needs: 'assessments.read' },
  {
    code: 'check-up',
    group: 'yearEnd',
    title: 'checkUp',
    needs: 'figures.read',
    fromTheStart: true,
  },
  { code: 'quality', group: 'office', title: 'quality', needs: 'figures.read' },
  {
    code: 'accounts',
    group: 'office',
    title: 'accounts',
    needs: 'accounts.manage',
    fromTheStart: true,
  },
  { code: 'orgs', group: 'office', title: 'orgs', needs: 'settings.manage', fromTheStart: true },
  {
    code: 'settings',
    group: 'office',
    title: 'settings',
    needs: 'settings.manage',
    fromTheStart: true,
  },
  {
    code: 'rules',
    group: 'office',
    title: 'rules',
    needs: 'assessments.read',
    fromTheStart: true,
    whole: true,
  },
  {
    code: 'subscriptions',
    group: 'office',
    title: 'subscriptions',
    needs: 'subscriptions.own',
    fromTheStart: true,
  },
  { code: 'jobs', group: 'office', title: 'jobs', needs: 'jobs.read', fromTheStart: true, whole: true },
  { code: 'audit', group: 'office', title: 'audit', needs: 'audit.read', fromTheStart: true },
  { code: 'drills', group: 'office', title: 'drills', needs: 'backups.read', fromTheStart: true },
];
