import type { Label } from '../catalogue/label';
import type { ValueState } from './values.queries';

/** What stands in place of a number; nothing where there is one. */
export const STATE_WORDS: Readonly<Record<ValueState, Label>> = {
  value: { zh: '', en: '' },
  zero: { zh: '', en: '' },
  missing: { zh: '未报告', en: 'missing' },
  not_applicable: { zh: '不适用', en: 'not applicable' },
};
