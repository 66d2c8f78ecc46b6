import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fillIn, LOADED } from '../../apps/web/src/texts/say';

const TEXTS = join(__dirname, '../../apps/web/src/texts');

/** What ends in s and is no plural. */
const NO_PLURAL = ['comes', 'goes', 'has', 'is', 'stands', 'this', 'was'];
/** Of bands and limits, never of one. */
const NEVER_ONE = ['bandDays', 'mapFew'];

describe('a text that counts', () => {
  beforeAll(async () => {
    for (const file of readdirSync(TEXTS)) await import(join(TEXTS, file));
  });

  it.each([
    [0, '0 entries reversed'],
    [1, '1 entry reversed'],
    ['1', '1 entry reversed'],
    [2, '2 entries reversed'],
    ['1,001', '1,001 entries reversed'],
  ])('says %s as %s', (count, said) => {
    expect(fillIn('{count} {count|entry|entries} reversed', { count })).toBe(said);
  });

  it('has in English a word for one', () => {
    const faults = Object.entries(LOADED).flatMap(([key, { en }]) =>
      [...en.matchAll(/\{\w+\} (?:more |sealed |pasted )?([a-z]+s)\b/g)]
        .filter(([, word]) => !NO_PLURAL.includes(word!) && !NEVER_ONE.includes(key))
        .map(([said]) => `${key}: ${said}`),
    );
    expect(faults).toEqual([]);
    expect(Object.keys(LOADED).length).toBeGreaterThan(1000);
  });
});
