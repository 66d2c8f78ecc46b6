import { ACCOUNTS_TEXTS } from './texts/accounts';
import { ANALYSIS_TEXTS } from './texts/analysis';
import { ASSESSMENT_TEXTS } from './texts/assessment';
import { DRILLS_TEXTS } from './texts/drills';
import { ENTRIES_TEXTS } from './texts/entries';
import { FIGURES_TEXTS } from './texts/figures';
import { INDICATORS_TEXTS } from './texts/indicators';
import { LOGGING_TEXTS } from './texts/logging';
import { MONTHS_TEXTS } from './texts/months';
import { PAGE_TEXTS } from './texts/page';
import { QUALITY_TEXTS } from './texts/quality';
import { SESSION_TEXTS } from './texts/session';
import { SETTINGS_TEXTS } from './texts/settings';

/** Every text of the page that the catalogue does not hold. */
export const TEXTS = {
  ...PAGE_TEXTS,
  ...FIGURES_TEXTS,
  ...ENTRIES_TEXTS,
  ...LOGGING_TEXTS,
  ...ASSESSMENT_TEXTS,
  ...SESSION_TEXTS,
  ...ACCOUNTS_TEXTS,
  ...DRILLS_TEXTS,
  ...MONTHS_TEXTS,
  ...ANALYSIS_TEXTS,
  ...INDICATORS_TEXTS,
  ...QUALITY_TEXTS,
  ...SETTINGS_TEXTS,
};

export type TextKey = keyof typeof TEXTS;

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
