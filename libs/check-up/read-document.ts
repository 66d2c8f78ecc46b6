import { bind } from './bind';
import type { Line, ReportDocument, Table, TextSentence } from './document';
import { findNumbers, halfWidth } from './find-numbers';
import type { FoundNumber } from './found-number';
import { findTables } from './find-tables';

/** Longer than any report: what is longer is told apart before. */
const NUMBERS_OF_SENTENCE = 120;

/** Finds the sentences, tables and numbers of a report, and what each number was bound to. */
export function readDocument(source: string): ReportDocument {
  const text = halfWidth(source);
  const lines = linesOf(text);
  const year = reportYearOf(text);
  const tables = findTables(lines, year);
  const inTable = new Set<number>();
  for (const { firstLine, lastLine } of tables) for (let at = firstLine; at <= lastLine; at++) inTable.add(at);
  const sentences: TextSentence[] = [];
  for (const line of lines) {
    if (inTable.has(line.index)) continue;
    const numbers = findNumbers(line.text, line.start, line.index);
    for (const span of sentencesOf(line)) {
      const own = numbers.filter(({ start }) => start >= span.start && start < span.end).slice(0, NUMBERS_OF_SENTENCE);
      bind(span.text, span.start, own, year);
      sentences.push({ ...span, line: line.index, numbers: own });
    }
  }
  const numbers = [...sentences.flatMap((one) => one.numbers), ...tables.flatMap(numbersOf)].sort(
    (one, other) => one.start - other.start,
  );
  return { text, lines, sentences, tables, numbers, year };
}

function numbersOf({ rows }: Table): FoundNumber[] {
  return rows.flatMap((row) => row.flatMap(({ number }) => (number ? [number] : [])));
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const piece of text.split('\n')) {
    const line = piece.endsWith('\r') ? piece.slice(0, -1) : piece;
    lines.push({ index: lines.length, start, end: start + line.length, text: line });
    start += piece.length + 1;
  }
  return lines;
}

function sentencesOf(line: Line): { start: number; end: number; text: string }[] {
  const found: { start: number; end: number; text: string }[] = [];
  for (const match of line.text.matchAll(/[^。！？!?；;]+[。！？!?；;]*/g)) {
    found.push({ start: line.start + match.index, end: line.start + match.index + match[0].length, text: match[0] });
  }
  return found;
}

/** The year that most of the text's first headings name; else the one that is named most often. */
function reportYearOf(text: string): number | null {
  const head = [...text.slice(0, 400).matchAll(/((?:19|20)\d{2})\s?年(?:度)?(?!\d{1,2}月\d{1,2}日)/g)];
  const counts = new Map<number, number>();
  for (const [, year] of head) counts.set(Number(year), (counts.get(Number(year)) ?? 0) + 3);
  for (const [, year] of text.matchAll(/((?:19|20)\d{2})\s?年/g)) {
    counts.set(Number(year), (counts.get(Number(year)) ?? 0) + 1);
  }
  const first = head[0] ? Number(head[0][1]) : undefined;
  if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 6);
  return [...counts].sort(([one, a], [other, b]) => b - a || other - one)[0]?.[0] ?? null;
}
