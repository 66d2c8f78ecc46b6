import { bind } from './bind';
import type { Paragraph, Span, TextSentence } from './document';
import { findNumbers } from './find-numbers';
import type { FoundNumber } from './found-number';

/** Longer than any report: what is longer is told apart before. */
const NUMBERS_OF_SENTENCE = 120;

/** The sentences of a paragraph, their numbers bound. */
export function readSentences(paragraph: Paragraph, year: number | null): TextSentence[] {
  const numbers = findNumbers(paragraph.text, paragraph.start, paragraph.line);
  let first = 0;
  return spansOf(paragraph).map((span) => {
    while (first < numbers.length && numbers[first]!.start < span.start) first++;
    let end = first;
    while (end < numbers.length && numbers[end]!.start < span.end) end++;
    const own = numbers.slice(first, Math.min(end, first + NUMBERS_OF_SENTENCE));
    first = end;
    bind(span.text, span.start, own, year);
    return { ...span, line: paragraph.line, paragraph, numbers: own };
  });
}

function spansOf({ text, start }: Paragraph): Span[] {
  return [...text.matchAll(/[^。！？!?；;]+[。！？!?；;]*/g)].map(({ 0: sentence, index }) => ({
    start: start + index,
    end: start + index + sentence.length,
    text: sentence,
  }));
}

/** In their order. */
export function numbersOfParagraphs(sentences: readonly TextSentence[]): Map<Paragraph, FoundNumber[]> {
  const found = new Map<Paragraph, FoundNumber[]>();
  for (const { paragraph, numbers } of sentences) {
    const own = found.get(paragraph);
    if (own) own.push(...numbers);
    else found.set(paragraph, [...numbers]);
  }
  return found;
}
