import type { Words } from '../language';
import type { TextKey } from '../texts';
import { LOADED } from '../texts/say';

/** By which way an entry came in. */
export function saySource(source: string, { t }: Words): string {
  const key = `source_${source}`;
  return Object.hasOwn(LOADED, key) ? t(key as TextKey) : source;
}
