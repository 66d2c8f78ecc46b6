import type { FoundNumber } from './found-number';

/** A stretch of the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Line extends Span {
  /** Counted from 0. */
  readonly index: number;
}

/** A line of prose, or the prose of a cell. */
export interface Paragraph extends Span {
  readonly line: number;
  readonly inTable: boolean;
}

/** Part of a paragraph between full stops. */
export interface TextSentence extends Span {
  readonly line: number;
  readonly paragraph: Paragraph;
  readonly numbers: readonly FoundNumber[];
}

export interface Cell extends Span {
  readonly line: number;
  readonly row: number;
  readonly column: number;
  /** The number that is all of the cell, or all that it says beside a name. */
  readonly number?: FoundNumber;
}

export interface Table {
  readonly head: readonly string[];
  /** Under the head; every row as long as the head. */
  readonly rows: readonly (readonly Cell[])[];
  /** The line above it, which often names the unit. */
  readonly caption: string;
  /** What the cells of a column are in where they do not say: `万元`, `%`. */
  readonly units: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly firstLine: number;
  readonly lastLine: number;
}

export interface ReportDocument {
  readonly text: string;
  readonly lines: readonly Line[];
  readonly sentences: readonly TextSentence[];
  readonly tables: readonly Table[];
  /** Those of the prose and of the tables, in their order. */
  readonly numbers: readonly FoundNumber[];
  /** The year that it reports; null where none is named. */
  readonly year: number | null;
}
