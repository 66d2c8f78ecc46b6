import type { Worksheet } from 'exceljs';

/** A4 without its margins, in points. */
const UPRIGHT = { wide: 523, high: 741 };
const LYING = { wide: 770, high: 494 };
const POINTS_PER_CHARACTER = 5.4;
/** How much smaller than its width asks for a sheet may become for a page fewer. */
const SMALLER = 1.18;

/** How high a page of a sheet is that is one page wide, in the points of its rows. */
export function pointsOfAPage(sheet: Worksheet): number {
  const page = sheet.pageSetup.orientation === 'landscape' ? LYING : UPRIGHT;
  const wide = (sheet.columns ?? []).reduce((sum, { width }) => sum + (width ?? 0), 0) * POINTS_PER_CHARACTER;
  return page.high * Math.max(1, wide / page.wide);
}

/** Whether a sheet that is one page wide is one page long, too, or nearly: then it is made so. */
export function fitsOnePage(sheet: Worksheet): boolean {
  let high = 0;
  sheet.eachRow((row) => (high += row.height));
  return high <= pointsOfAPage(sheet) * SMALLER;
}
