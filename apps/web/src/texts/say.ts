import type { Sentence } from '../../../../libs/core/domain-error';

export function say(zh: string, en: string): Sentence {
  return { zh, en };
}
