import { dateInShanghai } from '../../../../libs/core/period';
import type { Setting } from '../api/settings';

/** `YYYY-MM`, on the office's clock. */
export function thisMonth(): string {
  return dateInShanghai(new Date()).slice(0, 7);
}

/** The code of the choice that holds in a month. */
export function choiceIn(setting: Setting, month: string): string {
  return setting.timeline.findLast(({ since }) => since <= month)?.choice ?? setting.default;
}
