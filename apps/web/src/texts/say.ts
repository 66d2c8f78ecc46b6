import type { Sentence } from '../../../../libs/core/domain-error';

export function say(zh: string, en: string): Sentence {
  return { zh, en };
}

/** Every text whose file has been loaded: a page's own come with the page. */
export const LOADED: Record<string, Sentence> = {};

export function texts<Texts extends Readonly<Record<string, Sentence>>>(of: Texts): Texts {
  Object.assign(LOADED, of);
  return of;
}
