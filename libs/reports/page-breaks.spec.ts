import { Workbook, type Worksheet } from 'exceljs';
import { breakIntoPages } from './page-breaks';
import { pointsOfAPage } from './page-fit';

const HEADING = 1;

/** Rows of some heights under a heading of 20 points, with a tier merged over all of them. */
function sheetOf(heights: readonly number[]): Worksheet {
  const sheet = new Workbook().addWorksheet();
  [20, ...heights].forEach((height, at) => {
    sheet.getRow(at + 1).height = height;
    sheet.getCell(at + 1, 1).value = `row ${at + 1}`;
  });
  sheet.mergeCells(HEADING + 1, 1, sheet.rowCount, 1);
  return sheet;
}

/** The rows after which a page ends; the package does not declare them. */
function breaksOf(sheet: Worksheet): number[] {
  return (sheet as unknown as { rowBreaks: { id: number }[] }).rowBreaks.map(({ id }) => id);
}

/** How much stands on each page, with the heading that is printed again. */
function pagesOf(sheet: Worksheet): number[] {
  const ends = [...breaksOf(sheet), sheet.rowCount];
  return ends.map((end, page) => {
    let high = page === 0 ? 0 : sheet.getRow(HEADING).height;
    for (let row = (ends[page - 1] ?? 0) + 1; row <= end; row += 1) high += sheet.getRow(row).height;
    return high;
  });
}

function endsOf(heights: readonly number[]): number[] {
  const sheet = sheetOf(heights);
  breakIntoPages(sheet, HEADING);
  for (const high of pagesOf(sheet)) expect(high).toBeLessThanOrEqual(pointsOfAPage(sheet));
  return breaksOf(sheet);
}

describe('the end of a form that is broken into pages', () => {
  it('takes the last lines with it onto the last page', () => {
    expect(endsOf([...Array<number>(35).fill(20), 20, 20, 26])).toEqual([35]);
  });

  it('stays behind the break before it where the last lines are long', () => {
    expect(endsOf([300, 400, 400, 400, 26])).toEqual([3, 4]);
  });

  it('takes no more lines than the last page holds', () => {
    expect(endsOf([...Array<number>(8).fill(20), 250, 250, 33, 400])).toEqual([10]);
    expect(endsOf([300, 300, 380, 320, 33, 26])).toEqual([3, 4]);
  });
});
