import type { Sentence } from '../core/domain-error';
import { columnLetters } from './source-file';

/** What is wrong with a cell of a file. */
export interface MarkedCell {
  /** The sheet's name; that of the only sheet need not be given. */
  readonly sheet?: string;
  readonly row: number;
  /** Counted from 0; null: the whole row. */
  readonly column: number | null;
  readonly sentence: Sentence;
}

/** What is wrong with one row. */
export interface RowProblems {
  readonly row: number;
  readonly columns: ReadonlySet<number>;
  readonly text: string;
}

/** Takes problems off a list that stands in the order of a file's sheets and rows, row by row. */
export class ProblemsInOrder {
  private next?: MarkedCell;
  private readonly source: AsyncIterator<MarkedCell> | Iterator<MarkedCell>;

  private constructor(problems: AsyncIterable<MarkedCell> | Iterable<MarkedCell>) {
    this.source = Symbol.asyncIterator in problems ? problems[Symbol.asyncIterator]() : problems[Symbol.iterator]();
  }

  static async of(problems: AsyncIterable<MarkedCell> | Iterable<MarkedCell>): Promise<ProblemsInOrder> {
    const list = new ProblemsInOrder(problems);
    await list.step();
    return list;
  }

  /** The row that the next problem of the sheet is in. */
  rowIn(sheet: string): number | undefined {
    return this.next && (this.next.sheet ?? sheet) === sheet ? this.next.row : undefined;
  }

  /**
   * All that is wrong with that row.
   *
   * @param shift how much further down the row is written than it was read
   */
  async take(sheet: string, shift = 0): Promise<RowProblems> {
    const row = this.next!.row;
    const columns = new Set<number>();
    const sentences = new Set<string>();
    while (this.next && this.rowIn(sheet) === row) {
      const { column, sentence } = this.next;
      if (column !== null) columns.add(column);
      sentences.add(column === null ? sentence.zh : `【${columnLetters(column)}${row + shift}】${sentence.zh}`);
      await this.step();
    }
    return { row, columns, text: [...sentences].join(' ') };
  }

  /** @throws {Error} when some are left: they named rows that are not there, or did not stand in order */
  requireDone(): void {
    if (this.next) throw new Error(`a problem was not met in the file: row ${this.next.row}`);
  }

  private async step(): Promise<void> {
    const { done, value } = await this.source.next();
    this.next = done ? undefined : value;
  }
}
