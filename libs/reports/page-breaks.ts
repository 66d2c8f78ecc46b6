import type { Worksheet } from 'exceljs';
import { pointsOfAPage } from './page-fit';

/** What stands under the last line, its total and its signatures, does not come alone onto a page. */
const TOGETHER_AT_THE_END = 4;

/**
 * Breaks a sheet that is one page wide into pages of A4, and every cell that is merged over a break into one for each
 * page, with the same text: printed, it would have no line at the foot of a page and no name at the top of the next.
 *
 * @param heading the row that is printed again on each page
 */
export function breakIntoPages(sheet: Worksheet, heading: number): void {
  const breaks = pageBreaks(sheet, heading);
  for (const row of breaks) sheet.getRow(row).addPageBreak();
  for (const range of [...sheet.model.merges]) splitAt(sheet, range, breaks);
}

/** The rows after which a page ends. */
function pageBreaks(sheet: Worksheet, heading: number): number[] {
  const page = pointsOfAPage(sheet);
  const again = sheet.getRow(heading).height;
  const breaks: number[] = [];
  let filled = 0;
  for (let row = 1; row <= sheet.rowCount; row += 1) {
    const { height } = sheet.getRow(row);
    // A heading does not stand alone at the foot of a page.
    const needed = row === heading ? height + sheet.getRow(row + 1).height : height;
    if (filled > 0 && filled + needed > page) {
      breaks.push(row - 1);
      filled = row > heading ? again : 0;
    }
    filled += height;
  }
  const last = breaks.pop();
  return last === undefined ? [] : [...breaks, pulledBack(sheet, heading, last, breaks.at(-1) ?? 0)];
}

/** The last break, so early that the lines above the end go with it, as far as the last page holds them. */
function pulledBack(sheet: Worksheet, heading: number, last: number, before: number): number {
  const room = pointsOfAPage(sheet) - sheet.getRow(heading).height;
  const least = Math.max(sheet.rowCount - TOGETHER_AT_THE_END, before + 1, heading + 1);
  let end = last;
  let filled = 0;
  for (let row = sheet.rowCount; row > least; row -= 1) {
    filled += sheet.getRow(row).height;
    if (filled > room) break;
    if (row - 1 < end) end = row - 1;
  }
  return end;
}

function splitAt(sheet: Worksheet, range: string, breaks: readonly number[]): void {
  const [from, to] = range.split(':').map((address) => sheet.getCell(address));
  if (!from || !to) return;
  const [top, left, bottom, right] = [from.row, from.col, to.row, to.col].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const within = breaks.filter((row) => row >= top && row < bottom);
  if (within.length === 0) return;
  const { value, style } = from;
  sheet.unMergeCells(range);
  [top, ...within.map((row) => row + 1)].forEach((first, at) => {
    const cell = sheet.getCell(first, left);
    cell.value = value;
    cell.style = style;
    const end = within[at] ?? bottom;
    if (end > first || right > left) sheet.mergeCells(first, left, end, right);
  });
}
