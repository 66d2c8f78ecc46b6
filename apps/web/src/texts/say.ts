import type { Sentence } from '../../../../libs/core/domain-error';

export function say(zh: string, en: string): Sentence {
  return { zh, en };
}

const ENGLISH = new Intl.PluralRules('en');

/** What an English word is for as many: for one, and for any other number. */
export function asMany(count: string | number, one: string, many: string): string {
  return ENGLISH.select(Number(count)) === 'one' ? one : many;
}

/** A text with `{name}` filled in, and for `{name|entry|entries}` the word that goes with as many. */
export function fillIn(text: string, fill: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name: string, one?: string, many = '') => {
    const value = fill[name] ?? '';
    return one === undefined ? String(value) : asMany(value, one, many);
  });
}

/** Every text whose file has been loaded: a page's own come with the page. */
export const LOADED: Record<string, Sentence> = {};

export function texts<Texts extends Readonly<Record<string, Sentence>>>(of: Texts): Texts {
  Object.assign(LOADED, of);
  return of;
}
