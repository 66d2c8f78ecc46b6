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

/** The catalogue's units in English, of one and of several. */
export const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  人: ['person', 'persons'],
  份: ['sample', 'samples'],
  人份: ['record', 'records'],
  人次: ['time', 'times'],
  例: ['case', 'cases'],
  单位: ['unit', 'units'],
  治疗量: ['dose', 'doses'],
  吨: ['tonne', 'tonnes'],
  元: ['yuan', 'yuan'],
  万元: ['10,000 yuan', '10,000 yuan'],
  次: ['time', 'times'],
  场: ['event', 'events'],
  场次: ['event', 'events'],
  期: ['course', 'courses'],
  篇: ['piece', 'pieces'],
  篇次: ['report', 'reports'],
  家: ['place', 'places'],
  个: ['item', 'items'],
  所: ['university', 'universities'],
  支: ['team', 'teams'],
  户: ['household', 'households'],
  小时: ['hour', 'hours'],
  辆: ['vehicle', 'vehicles'],
  台: ['piece', 'pieces'],
  项: ['task', 'tasks'],
  万分之: ['per 10,000', 'per 10,000'],
  按指标: ['by metric', 'by metric'],
};
