import { proseOfCells } from './cell-prose';
import type { Line, ReportDocument, Table } from './document';
import { halfWidth } from './find-numbers';
import type { FoundNumber } from './found-number';
import { findTables } from './find-tables';
import { readSentences } from './sentences';

/** Finds the sentences, tables and numbers of a report, and what each number was bound to. */
export function readDocument(source: string): ReportDocument {
  const text = halfWidth(source);
  const lines = linesOf(text);
  const year = reportYearOf(text);
  const tables = findTables(lines, year);
  const inTable = new Set<number>();
  for (const { firstLine, lastLine } of tables) for (let at = firstLine; at <= lastLine; at++) inTable.add(at);
  const prose = lines
    .filter(({ index }) => !inTable.has(index))
    .flatMap((line) => readSentences({ ...line, line: line.index, inTable: false }, year));
  const sentences = [...prose, ...tables.flatMap((table) => proseOfCells(table, year))].sort(
    (one, other) => one.start - other.start,
  );
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
