import { HEAD_ROW, writeWorkbook } from './hand-made-workbook';

/** Long enough that all of them together go into a file. */
export const NOTE = '备注'.repeat(48);

/** A workbook with two texts and a number in each row, no text twice. */
export function writeLongWorkbook(path: string, rows: number): Promise<string> {
  return writeWorkbook(path, {
    rows: function* () {
      yield HEAD_ROW;
      for (let row = 2; row < rows + 2; row++) {
        yield `<row r="${row}"><c r="A${row}" t="s"><v>${2 * (row - 2)}</v></c><c r="B${row}" t="s"><v>${2 * (row - 2) + 1}</v></c><c r="D${row}"><v>${row}</v></c></row>`;
      }
    },
    strings: function* () {
      for (let row = 2; row < rows + 2; row++) yield `<si><t>D-${row}</t></si><si><t>${NOTE}${row}</t></si>`;
    },
    styles: '<fills count="1"><fill/></fills><cellXfs count="1"><xf numFmtId="0" fillId="0"/></cellXfs>',
  });
}
