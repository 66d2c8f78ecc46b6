import type { DomainError, Sentence } from '../core/domain-error';

export type SourceFormat = 'xlsx' | 'csv' | 'ndjson';

/** What a reader of a file was not given, or must know before taking it. */
export interface Notice {
  readonly code: string;
  readonly sentence: Sentence;
  /** Null: the whole file. */
  readonly sheet: string | null;
  /** The first row that it is about, as Excel numbers rows. */
  readonly row: number | null;
  /** Counted from 0, as in `SourceRow.cells`: 0 is column A. */
  readonly column: number | null;
}

export interface CellProblem {
  /** Counted from 0; null: the whole row. It may lie beyond the last column that has a name. */
  readonly column: number | null;
  readonly problem: DomainError;
}

/** A row under the head that is not blank. */
export interface SourceRow {
  /** As Excel numbers it. In NDJSON: the line. */
  readonly row: number;
  /** Text as shown, one for each column of the head. Of a formula: what it last came to. */
  readonly cells: readonly string[];
  /** A row with any is not to be taken. */
  readonly problems?: readonly CellProblem[];
}

export interface SourceSheet {
  readonly name: string;
  readonly hidden: boolean;
  /** The names of the columns from column A on; empty text over a column without one. */
  readonly head: readonly string[];
  /** In NDJSON 0: the head is the fields of an entry. */
  readonly headRow: number;
  /** Whether its days are counted from 1904, which a number read as a date depends on. */
  readonly from1904: boolean;
  /** Complete once `rows()` has been read to its end. */
  readonly notices: readonly Notice[];
  /** How much of it the last `rows()` has read: 0 to 1. */
  readonly share: number;
  /**
   * From the first row under the head, each time anew; one reading at a time.
   *
   * @throws {DomainError} when the file cannot be read on: then none of it is to be taken
   */
  rows(): AsyncIterable<SourceRow>;
}

/** A file of entries. Holds an open file: `close` it. */
export interface SourceFile {
  readonly format: SourceFormat;
  /** Those that have a head. */
  readonly sheets: readonly SourceSheet[];
  /** About the file and the sheets that it is not read from. */
  readonly notices: readonly Notice[];
  close(): Promise<void>;
}

/** What becomes of hidden rows, columns and sheets: refused row by row, taken like others, or left out with a notice. */
export type HiddenCells = 'refuse' | 'take' | 'leave';

export interface SourceOptions {
  /** `refuse` unless said. */
  readonly hidden?: HiddenCells;
}

/** The letters of a column counted from 0: 0 is A, 26 is AA. */
export function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last;
}
