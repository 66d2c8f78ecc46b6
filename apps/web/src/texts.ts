import './texts/figures';
import './texts/page';
import './texts/session';
import type { ACCOUNTS_TEXTS } from './texts/accounts';
import type { ANALYSIS_TEXTS } from './texts/analysis';
import type { ASSESSED_FORM_TEXTS } from './texts/assessed-form';
import type { ASSESSMENT_TEXTS } from './texts/assessment';
import type { AUDIT_TEXTS } from './texts/audit';
import type { CASES_TEXTS } from './texts/cases';
import type { CHECK_UP_TEXTS } from './texts/check-up';
import type { DRILLS_TEXTS } from './texts/drills';
import type { ENTRIES_TEXTS } from './texts/entries';
import type { FIGURES_TEXTS } from './texts/figures';
import type { IMPORTS_TEXTS } from './texts/imports';
import type { INDICATORS_TEXTS } from './texts/indicators';
import type { JOBS_TEXTS } from './texts/jobs';
import type { LEDGER_TEXTS } from './texts/ledger';
import type { LOGGING_TEXTS } from './texts/logging';
import type { MONTHS_TEXTS } from './texts/months';
import type { ORGS_TEXTS } from './texts/orgs';
import type { PAGE_TEXTS } from './texts/page';
import type { QUALITY_TEXTS } from './texts/quality';
import type { RULES_TEXTS } from './texts/rules';
import type { SESSION_TEXTS } from './texts/session';
import type { SETTINGS_TEXTS } from './texts/settings';
import type { SHEET_TEXTS } from './texts/sheet';
import type { SUBSCRIPTIONS_TEXTS } from './texts/subscriptions';
import type { TOUR_TEXTS } from './texts/tour';
import type { WORKBENCH_TEXTS } from './texts/workbench';

/** Every text of the page that the catalogue does not hold. Those of the page itself are always there; the others each come with their page. */
export type TextKey = Extract<
  | keyof typeof ACCOUNTS_TEXTS
  | keyof typeof ANALYSIS_TEXTS
  | keyof typeof ASSESSED_FORM_TEXTS
  | keyof typeof ASSESSMENT_TEXTS
  | keyof typeof AUDIT_TEXTS
  | keyof typeof CASES_TEXTS
  | keyof typeof CHECK_UP_TEXTS
  | keyof typeof DRILLS_TEXTS
  | keyof typeof ENTRIES_TEXTS
  | keyof typeof FIGURES_TEXTS
  | keyof typeof IMPORTS_TEXTS
  | keyof typeof INDICATORS_TEXTS
  | keyof typeof JOBS_TEXTS
  | keyof typeof LEDGER_TEXTS
  | keyof typeof LOGGING_TEXTS
  | keyof typeof MONTHS_TEXTS
  | keyof typeof ORGS_TEXTS
  | keyof typeof PAGE_TEXTS
  | keyof typeof QUALITY_TEXTS
  | keyof typeof RULES_TEXTS
  | keyof typeof SESSION_TEXTS
  | keyof typeof SETTINGS_TEXTS
  | keyof typeof SHEET_TEXTS
  | keyof typeof SUBSCRIPTIONS_TEXTS
  | keyof typeof TOUR_TEXTS
  | keyof typeof WORKBENCH_TEXTS,
  string
>;

/** The catalogue's units in English. */
export const UNITS: Readonly<Record<string, string>> = {
  人: 'persons',
  份: 'samples',
  人份: 'records',
  人次: 'times',
  例: 'cases',
  单位: 'units',
  治疗量: 'doses',
  吨: 'tonnes',
  元: 'yuan',
  万元: '10,000 yuan',
  次: 'times',
  场: 'events',
  场次: 'events',
  期: 'courses',
  篇: 'pieces',
  篇次: 'reports',
  家: 'places',
  个: 'items',
  所: 'universities',
  支: 'teams',
  户: 'households',
  小时: 'hours',
  辆: 'vehicles',
  台: 'pieces',
  项: 'tasks',
  万分之: 'per 10,000',
  按指标: 'by metric',
};
