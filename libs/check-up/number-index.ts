import type { ReportDocument, TextSentence } from './document';
import type { FoundNumber } from './found-number';
import { nounKey } from './noun';
import { digitsOf, swapsOf } from './same-thing';

interface NumberIndex {
  readonly byNoun: ReadonlyMap<string, readonly FoundNumber[]>;
  /** The first of each noun that has a unit. */
  readonly withUnit: ReadonlyMap<string, FoundNumber>;
  /** The first of each value. */
  readonly byDigits: ReadonlyMap<string, readonly FoundNumber[]>;
  readonly positions: ReadonlyMap<FoundNumber, number>;
  readonly sentences: ReadonlyMap<FoundNumber, TextSentence>;
}

/** Further back nobody looks for what a number may be a part of. */
const BEFORE_AT_MOST = 400;

/** Kept as long as the document is: every rule that looks for like numbers would go through all of them each time. */
const INDEXES = new WeakMap<ReportDocument, NumberIndex>();

export function numbersOfNoun(document: ReportDocument, noun: string): readonly FoundNumber[] {
  return indexOf(document).byNoun.get(nounKey(noun)) ?? [];
}

/** The first number of a noun that is counted or paid in something. */
export function unitOfNoun(document: ReportDocument, noun: string): string | undefined {
  return indexOf(document).withUnit.get(nounKey(noun))?.printedUnit;
}

/** Those whose digits are the same but for two neighbours that are exchanged; of each value one. */
export function swappedNumbers(document: ReportDocument, like: FoundNumber): FoundNumber[] {
  const { byDigits } = indexOf(document);
  return swapsOf(digitsOf(like)).flatMap((digits) => byDigits.get(digits) ?? []);
}

/** The numbers before one, in their order. */
export function numbersBefore(document: ReportDocument, number: FoundNumber): readonly FoundNumber[] {
  const at = indexOf(document).positions.get(number) ?? 0;
  return document.numbers.slice(Math.max(0, at - BEFORE_AT_MOST), at);
}

/** Where a number is told; nothing of one that is a cell. */
export function sentenceOf(document: ReportDocument, number: FoundNumber): TextSentence | undefined {
  return indexOf(document).sentences.get(number);
}

function indexOf(document: ReportDocument): NumberIndex {
  const known = INDEXES.get(document);
  if (known) return known;
  const { numbers, sentences } = document;
  const made = {
    byNoun: grouped(numbers, ({ noun }) => nounKey(noun)),
    withUnit: firstOfEach(
      numbers.filter(({ unit, kind }) => unit !== '' && kind !== 'rate'),
      ({ noun }) => nounKey(noun),
    ),
    byDigits: grouped(
      [...firstOfEach(numbers, (one) => [digitsOf(one), one.value, one.unit].join(' ')).values()],
      digitsOf,
    ),
    positions: new Map(numbers.map((number, at) => [number, at])),
    sentences: new Map(sentences.flatMap((one) => one.numbers.map((number) => [number, one] as const))),
  };
  INDEXES.set(document, made);
  return made;
}

/** The first under each key. */
export function firstOfEach(
  numbers: readonly FoundNumber[],
  keyOf: (number: FoundNumber) => string,
): Map<string, FoundNumber> {
  const known = new Map<string, FoundNumber>();
  for (const number of numbers) if (!known.has(keyOf(number))) known.set(keyOf(number), number);
  return known;
}

/** Under each key, in their order. */
export function grouped(
  numbers: readonly FoundNumber[],
  keyOf: (number: FoundNumber) => string,
): Map<string, FoundNumber[]> {
  const groups = new Map<string, FoundNumber[]>();
  for (const number of numbers) {
    const key = keyOf(number);
    const group = groups.get(key);
    if (group) group.push(number);
    else groups.set(key, [number]);
  }
  return groups;
}
