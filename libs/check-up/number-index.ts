import type { ReportDocument } from './document';
import type { FoundNumber } from './found-number';
import { nounKey } from './noun';
import { digitsOf } from './same-thing';

interface NumberIndex {
  readonly byNoun: ReadonlyMap<string, readonly FoundNumber[]>;
  readonly byDigits: ReadonlyMap<string, readonly FoundNumber[]>;
}

/** Kept as long as the document is: every rule that looks for like numbers would go through all of them each time. */
const INDEXES = new WeakMap<ReportDocument, NumberIndex>();

export function numbersOfNoun(document: ReportDocument, noun: string): readonly FoundNumber[] {
  return indexOf(document).byNoun.get(nounKey(noun)) ?? [];
}

/** Those with the same digits in any order. */
export function numbersOfDigits(document: ReportDocument, like: FoundNumber): readonly FoundNumber[] {
  return indexOf(document).byDigits.get(sorted(like)) ?? [];
}

function sorted(number: FoundNumber): string {
  return [...digitsOf(number)].sort().join('');
}

function indexOf(document: ReportDocument): NumberIndex {
  const known = INDEXES.get(document);
  if (known) return known;
  const made = {
    byNoun: grouped(document.numbers, ({ noun }) => nounKey(noun)),
    byDigits: grouped(document.numbers, sorted),
  };
  INDEXES.set(document, made);
  return made;
}

function grouped(numbers: readonly FoundNumber[], keyOf: (number: FoundNumber) => string): Map<string, FoundNumber[]> {
  const groups = new Map<string, FoundNumber[]>();
  for (const number of numbers) {
    const key = keyOf(number);
    const group = groups.get(key);
    if (group) group.push(number);
    else groups.set(key, [number]);
  }
  return groups;
}
