import { ASSESSMENT_TEXTS } from './texts/assessment';
import { ENTRIES_TEXTS } from './texts/entries';
import { FIGURES_TEXTS } from './texts/figures';
import { LOGGING_TEXTS } from './texts/logging';
import { PAGE_TEXTS } from './texts/page';

/** Every text of the page that the catalogue does not hold. */
export const TEXTS = { ...PAGE_TEXTS, ...FIGURES_TEXTS, ...ENTRIES_TEXTS, ...LOGGING_TEXTS, ...ASSESSMENT_TEXTS };

export type TextKey = keyof typeof TEXTS;

/** The catalogue's units in English. */
export const UNITS: Readonly<Record<string, string>> = {
  人: 'persons',
  份: 'samples',
  人份: 'records',
  人次: 'times',
  例: 'cases',
  万分之: 'per 10,000',
};
