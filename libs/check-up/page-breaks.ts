import type { Line } from './document';

const PAGE_NUMBER =
  /^(?:第\s?\d{1,4}\s?页(?:[\s，,/／]*共\s?\d{1,4}\s?页)?|共\s?\d{1,4}\s?页|[-—–－]+\s?\d{1,4}\s?[-—–－]+|\d{1,4}\s?[/／]\s?\d{1,4})$/;
const BARE = /^\d{1,3}$/;
const RUNNING_HEAD_AT_LEAST = 6;

/** Lines without numbers of pages, what stands beside them on each page, and the empty lines around them. */
export function withoutPageBreaks(lines: readonly Line[]): Line[] {
  const texts = lines.map(({ text }) => text.trim());
  const numbers = texts.flatMap((text, at) => (isPageNumber(texts, text, at) ? [at] : []));
  if (numbers.length === 0) return [...lines];
  const dropped = new Set(numbers);
  const beside = numbers.map((at) => [filledFrom(texts, at, -1), filledFrom(texts, at, 1)] as const);
  const counts = new Map<string, number>();
  for (const at of new Set(beside.flat())) {
    const text = texts[at] ?? '';
    if (text.length >= RUNNING_HEAD_AT_LEAST) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  for (const at of beside.flat()) if ((counts.get(texts[at] ?? '') ?? 0) > 1) dropped.add(at);
  for (const at of [...dropped])
    for (const step of [-1, 1]) for (let empty = at + step; texts[empty] === ''; empty += step) dropped.add(empty);
  return lines.filter((_, at) => !dropped.has(at));
}

/** One that is as bare as a cell stands between empty lines. */
function isPageNumber(texts: readonly string[], text: string, at: number): boolean {
  return PAGE_NUMBER.test(text) || (BARE.test(text) && texts[at - 1] === '' && texts[at + 1] === '');
}

function filledFrom(texts: readonly string[], at: number, step: number): number {
  let next = at + step;
  while (texts[next] === '') next += step;
  return next;
}
