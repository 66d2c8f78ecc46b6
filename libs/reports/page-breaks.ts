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
  const least = sheet.rowCount - TOGETHER_AT_THE_END;
  const last = breaks.at(-1);
  if (last !== undefined && last > least && least > heading && !breaks.includes(least))
    breaks[breaks.length - 1] = least;
  return breaks;
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
