import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, FindingClass } from '../../libs/check-up/finding';

export interface RightNumber {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface PlantedError extends RightNumber {
  readonly class: FindingClass;
  readonly expected: string;
  /** The places of one contradiction share it: finding one finds it. */
  readonly pair: string;
}

export interface MarkedDocument {
  readonly name: string;
  readonly text: string;
  readonly right: readonly RightNumber[];
  readonly planted: readonly PlantedError[];
}

const MARK = /⟦([^⟦⟧|]*)(?:\|([^⟦⟧|#]*)(?:#([^⟦⟧|]*))?\|([^⟦⟧]*))?⟧/g;

/** Every document of a folder, its marks taken out of its text. */
export function readCorpus(folder: string): MarkedDocument[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => readMarked(name, readFileSync(join(folder, name), 'utf8')));
}

export function readMarked(name: string, marked: string): MarkedDocument {
  const right: RightNumber[] = [];
  const planted: PlantedError[] = [];
  let [text, last] = ['', 0];
  for (const match of marked.matchAll(MARK)) {
    const [whole, printed = '', code, pair, expected = ''] = match;
    text += marked.slice(last, match.index);
    const span = { start: text.length, end: text.length + printed.length, text: printed };
    if (code === undefined) right.push(span);
    else
      planted.push({
        ...span,
        class: code.trim() as FindingClass,
        expected,
        pair: `${code}#${pair ?? `${name}:${span.start}`}`,
      });
    text += printed;
    last = match.index + whole.length;
  }
  return { name, text: text + marked.slice(last), right, planted };
}

/** The same marks in a text that differs in white space alone, as a reader of another format gives it back. */
export function inText(document: MarkedDocument, text: string): MarkedDocument {
  const solid = indexesOf;
  const [from, to] = [solid(document.text), solid(text)];
  const same = from.length === to.length && from.every((at, index) => document.text[at] === text[to[index]!]);
  if (!same) {
    const index = Math.max(
      0,
      from.findIndex((at, one) => document.text[at] !== text[to[one] ?? -1]),
    );
    const near = document.text.slice(from[Math.max(0, index - 10)], (from[index] ?? 0) + 20);
    throw new Error(
      `${document.name}: another text from “${near}” on, read “${text.slice((to[index] ?? 0) - 10, (to[index] ?? 0) + 20)}”`,
    );
  }
  const placeOf = new Map(from.map((at, index) => [at, to[index]!]));
  const moved = <Span extends RightNumber>(span: Span): Span => {
    const trimmed = span.end - (span.text.length - span.text.trimEnd().length);
    return { ...span, start: placeOf.get(span.start)!, end: placeOf.get(trimmed - 1)! + 1 };
  };
  return { ...document, text, right: document.right.map(moved), planted: document.planted.map(moved) };
}

function indexesOf(text: string): number[] {
  const found: number[] = [];
  for (let at = 0; at < text.length; at++) if (!/\s/.test(text[at]!)) found.push(at);
  return found;
}

export interface ClassFigures {
  planted: number;
  found: number;
}

export interface CorpusFigures {
  readonly classes: Map<string, ClassFigures>;
  right: number;
  falseAlarms: number;
  /** What was missed, and what was said of right numbers: one line each. */
  readonly missed: string[];
  readonly alarms: string[];
  /** Findings on nothing that is marked, as a year. */
  readonly elsewhere: string[];
}

/** Findings held against the marks. A place of a pair, or one that a planted error is told by, is no false alarm. */
export function figuresOf(
  documents: readonly MarkedDocument[],
  findingsOf: (document: MarkedDocument) => readonly Finding[],
): CorpusFigures {
  const figures: CorpusFigures = {
    classes: new Map(),
    right: 0,
    falseAlarms: 0,
    missed: [],
    alarms: [],
    elsewhere: [],
  };
  for (const document of documents) hold(document, findingsOf(document), figures);
  return figures;
}

function hold(document: MarkedDocument, findings: readonly Finding[], figures: CorpusFigures): void {
  const { name, right, planted } = document;
  figures.right += right.length;
  for (const pair of new Set(planted.map((one) => one.pair))) {
    const places = planted.filter((one) => one.pair === pair);
    const [first] = places;
    const count = figures.classes.get(first!.class) ?? { planted: 0, found: 0 };
    count.planted += 1;
    const met = findings.some((finding) =>
      places.some((place) => finding.class === place.class && meets(finding.place, place)),
    );
    if (met) count.found += 1;
    else {
      const others = findings
        .filter((finding) => places.some((place) => meets(finding.place, place)))
        .map((one) => one.class);
      figures.missed.push(
        `${name} ${first!.class} ${first!.text} → ${first!.expected}${others.length > 0 ? ` (told as ${others.join(', ')})` : ''}: ${context(document, first!)}`,
      );
    }
    figures.classes.set(first!.class, count);
  }
  const alarmed = new Set<RightNumber>();
  for (const finding of findings) {
    if (planted.some((one) => meets(finding.place, one))) continue;
    if (finding.related.some((place) => planted.some((one) => one.class === finding.class && meets(place, one))))
      continue;
    const number = right.find((one) => meets(finding.place, one));
    const line = `${name} ${finding.class} ${finding.found}: ${finding.message.zh} … ${context(document, finding.place)}`;
    if (number === undefined) figures.elsewhere.push(line);
    else {
      if (!alarmed.has(number)) figures.falseAlarms += 1;
      alarmed.add(number);
      figures.alarms.push(line);
    }
  }
}

function meets(
  one: { readonly start: number; readonly end: number },
  other: { readonly start: number; readonly end: number },
): boolean {
  return one.start < other.end && other.start < one.end;
}

function context({ text }: MarkedDocument, { start, end }: { readonly start: number; readonly end: number }): string {
  return text
    .slice(Math.max(0, start - 30), end + 20)
    .replaceAll('\n', '⏎')
    .replaceAll('\t', '⇥');
}

/** As the README states them. */
export function tellFigures({ classes, right, falseAlarms }: CorpusFigures): string {
  const rows = [...classes].sort(([one], [other]) => one.localeCompare(other));
  const [found, planted] = rows.reduce(([a, b], [, one]) => [a! + one.found, b! + one.planted], [0, 0]);
  return [
    ...rows.map(([code, one]) => `${code.padEnd(24)} ${one.found}/${one.planted}`),
    `${'all'.padEnd(24)} ${found}/${planted}`,
    `${'false alarms'.padEnd(24)} ${falseAlarms}/${right} = ${((100 * falseAlarms) / Math.max(1, right)).toFixed(2)} %`,
  ].join('\n');
}
