import { decimal, round } from '../../core/decimal';
import { XlsxPackage } from '../../intake/xlsx-package';
import { readWorkbookParts } from '../../intake/xlsx-parts';
import { XlsxRows } from '../../intake/xlsx-rows';
import { XlsxStrings } from '../../intake/xlsx-strings';
import { readLooks } from '../../intake/xlsx-styles';
import { GatheredText } from './gathered-text';
import { asReport } from './report-refused';

const COLUMNS_AT_MOST = 60;

/** The visible sheets of a workbook, each under its name; a row with one cell stands as a line of prose. */
export async function readXlsx(path: string): Promise<string> {
  let zip: XlsxPackage | undefined;
  let strings: XlsxStrings | undefined;
  try {
    zip = await XlsxPackage.open(path);
    const parts = await readWorkbookParts(zip);
    strings = await XlsxStrings.read(zip, parts.strings);
    const book = { zip, strings, looks: await readLooks(zip, parts.styles, true), from1904: parts.from1904 };
    const gathered = new GatheredText();
    for (const sheet of parts.sheets.filter(({ hidden }) => !hidden)) {
      await addSheet(gathered, new XlsxRows(book, sheet.part));
    }
    return gathered.text;
  } catch (error) {
    throw asReport(error);
  } finally {
    strings?.close();
    zip?.close();
  }
}

async function addSheet(gathered: GatheredText, rows: XlsxRows): Promise<void> {
  let inTable = false;
  for await (const piece of rows.pieces()) {
    for (const { hidden, cells } of piece) {
      if (hidden || cells.length === 0) continue;
      const line: string[] = [];
      for (const { column, text } of cells) if (column < COLUMNS_AT_MOST) line[column] = shownText(text);
      const filled = Array.from(line, (text) => (text ?? '').replace(/\s+/g, ' ').trim());
      const isRow = cells.length > 1;
      if (isRow !== inTable) gathered.addLine('');
      gathered.addLine(isRow ? filled.join('\t') : filled.join(''));
      inTable = isRow;
    }
  }
  gathered.addLine('');
}

/** A rate that was reckoned in the sheet is shown with two decimals. */
function shownText(text: string): string {
  return /^-?\d+\.\d{5,}%$/.test(text) ? `${round(decimal(text.slice(0, -1)), 2)}%` : text;
}
