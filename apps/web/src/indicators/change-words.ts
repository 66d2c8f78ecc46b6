import type { Comparison } from '../api/targets';
import { group } from '../figures/format';
import type { Words } from '../language';

/** By how much a figure has risen on the same months of last year; nothing where that is not known. */
export function sayChange({ change, percent, points, now }: Comparison, words: Words): string | undefined {
  if ([change, percent, points].some((one) => one !== null && /^-?0(\.0+)?$/.test(one))) return words.t('noChange');
  const signed = (text: string) => (text.startsWith('-') ? group(text) : `+${group(text)}`);
  if (points !== null) {
    return words.t(now.unit === '%' ? 'percentPoints' : 'tenThousandthPoints', { points: signed(points) });
  }
  if (percent !== null) return `${signed(percent)}%`;
  return change === null ? undefined : signed(change);
}
