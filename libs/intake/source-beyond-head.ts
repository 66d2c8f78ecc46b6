import { DomainError } from '../core/domain-error';
import { columnLetters, type CellProblem } from './source-file';

/** How many of a row's are said. */
const PROBLEMS_AT_MOST = 20;

/** Cells in columns that have no name. */
export function beyondHead(row: number, cells: readonly string[], head: readonly string[]): CellProblem[] {
  const problems: CellProblem[] = [];
  for (let column = 0; column < cells.length && problems.length < PROBLEMS_AT_MOST; column++) {
    if (head[column] || cells[column]!.trim() === '') continue;
    const cell = `${columnLetters(column)}${row}`;
    const problem = new DomainError(
      'column_without_name',
      {
        zh: `单元格 ${cell} 所在的列没有列名。请在表头加上列名，或删去这一格；若是 CSV，请检查这一行是否多了分隔符。`,
        en: `The column of cell ${cell} has no name. Name it in the head or take the cell out; in a CSV, look for a delimiter too many.`,
      },
      { field: 'file', cell },
    );
    problems.push({ column, problem });
  }
  return problems;
}
