import { inertText } from '../core/inert-text';
import type { ListCell, ListFile } from './list-file';

/** A list as CSV, some thousands of lines at a time, with the mark by which a spreadsheet knows UTF-8. */
export async function* listAsCsv({ head, columns, pages, last }: ListFile): AsyncGenerator<string, void, undefined> {
  yield `\uFEFF${[...head, [], columns].map(csvLine).join('')}`;
  for await (const rows of pages) yield rows.map(csvLine).join('');
  yield csvLine(last);
}

/** A line of a CSV file, whose texts run nothing. */
export function csvLine(cells: readonly ListCell[]): string {
  return `${cells.map((cell) => (typeof cell === 'string' ? quoted(cell) : cell.decimal)).join()}\r\n`;
}

/** A cell that shows its text, and runs nothing. */
function quoted(text: string): string {
  return text === '' ? '' : `"${inertText(text).replaceAll('"', '""')}"`;
}
