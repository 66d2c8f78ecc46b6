import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbook, type Worksheet } from 'exceljs';
import { writeErrorWorkbook } from '../../libs/intake/error-workbook';
import { openSource } from '../../libs/intake/open-source';
import { proposeMapping } from '../../libs/intake/mapping';
import type { MarkedCell } from '../../libs/intake/row-problems';
import type { SourceRow } from '../../libs/intake/source-file';
import { findKind } from '../../libs/catalogue/kinds';
import { templateWorkbook } from '../../libs/intake/template-workbook';
import { textRow, writeWorkbook } from '../workbooks/hand-made-workbook';

let folder: string;
let out: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-errors-'));
  out = join(folder, 'out.xlsx');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const wrong = (row: number, column: number | null, zh: string, sheet?: string): MarkedCell => ({
  row,
  column,
  sentence: { zh, en: zh },
  ...(sheet !== undefined && { sheet }),
});

async function sheetsOf(path: string): Promise<Worksheet[]> {
  const workbook = new Workbook();
  await workbook.xlsx.readFile(path);
  return workbook.worksheets;
}

async function rowsOf(path: string): Promise<SourceRow[]> {
  const source = await openSource(path, 'a.xlsx');
  const rows: SourceRow[] = [];
  for (const sheet of source.sheets) for await (const row of sheet.rows()) rows.push(row);
  await source.close();
  return rows;
}

const isMarked = (sheet: Worksheet, cell: string): boolean => {
  const { fill } = sheet.getCell(cell);
  return fill?.type === 'pattern' && fill.fgColor?.argb === 'FFFFC7CE';
};

async function filledTemplate(): Promise<string> {
  const workbook = new Workbook();
  await workbook.xlsx.load((await templateWorkbook(findKind('SampleCollected')!, [], '2023-01-01')) as never);
  const [sheet] = workbook.worksheets;
  sheet!.addRow([new Date('2024-05-31'), 'CS', 'D1', 'S1', 1]);
  sheet!.addRow([new Date('2024-06-01'), 'XX', 'D2', 'S2', 2]);
  sheet!.addRow([new Date('2024-06-02'), 'CS', 'D3', 'S3', 3]);
  const path = join(folder, 'filled.xlsx');
  await workbook.xlsx.writeFile(path);
  return path;
}

describe('a workbook that is given back', () => {
  const problems = [wrong(3, 1, '没有机构“XX”。'), wrong(3, 6, '=HYPERLINK("x")'), wrong(4, null, '重复 <b>&')];

  it('has the wrong cells coloured and a sentence for their row', async () => {
    await writeErrorWorkbook(await filledTemplate(), 'filled.xlsx', problems, out);
    const [sheet] = await sheetsOf(out);
    const last = sheet!.columnCount;
    expect(sheet!.getCell(1, last).value).toBe('导入问题');
    expect([2, 3, 4].map((row) => sheet!.getCell(row, last).value)).toEqual([
      null,
      '【B3】没有机构“XX”。 【G3】=HYPERLINK("x")',
      '重复 <b>&',
    ]);
    expect(['B3', 'G3', 'A3', 'B2', 'B4'].map((cell) => isMarked(sheet!, cell))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(sheet!.getCell('B3').numFmt).toBe('@');
  });

  it('is the same but for that: cells, drop-downs, notes and the sheet that says how', async () => {
    const path = await filledTemplate();
    await writeErrorWorkbook(path, 'filled.xlsx', problems, out);
    const [before, after] = [await sheetsOf(path), await sheetsOf(out)];
    expect(after.map(({ name, state }) => [name, state])).toEqual(before.map(({ name, state }) => [name, state]));
    before[0]!.eachRow((row) =>
      row.eachCell((cell) => {
        expect([cell.address, after[0]!.getCell(cell.address).value]).toEqual([cell.address, cell.value]);
      }),
    );
    expect(after[0]!.getCell('B2').dataValidation).toEqual(before[0]!.getCell('B2').dataValidation);
    expect(after[0]!.getCell('A1').note).toEqual(before[0]!.getCell('A1').note);
  });

  it('can be corrected and imported, and given back again, without a second column of sentences', async () => {
    await writeErrorWorkbook(await filledTemplate(), 'filled.xlsx', problems, out);
    const source = await openSource(out, 'out.xlsx');
    expect(proposeMapping(source.sheets[0]!.head, findKind('SampleCollected')!).problems).toEqual([]);
    await source.close();
    const again = join(folder, 'again.xlsx');
    await writeErrorWorkbook(out, 'out.xlsx', [wrong(2, 0, '太早')], again);
    const [sheet] = await sheetsOf(again);
    const last = sheet!.columnCount;
    expect([1, 2, 3, 4].map((row) => sheet!.getCell(row, last).value)).toEqual(['导入问题', '【A2】太早', null, null]);
  });

  it('may have several sheets, names with a prefix, cells that do not say where they are, and no styles', async () => {
    const rows =
      '<x:row><x:c t="str"><x:v>日期</x:v></x:c><x:c t="str"><x:v>机构</x:v></x:c></x:row><x:row><x:c/><x:c t="str"><x:v>b</x:v></x:c></x:row>';
    const sheet = `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>${rows}</x:sheetData></x:worksheet>`;
    const plain = `<sheetData>${textRow(1, ['日期', '机构'])}${textRow(2, ['c'])}</sheetData>`;
    const styles = '<fills count="1"><fill/></fills><cellXfs count="1"><xf numFmtId="0" fillId="0"/></cellXfs>';
    const parts = { 'xl/worksheets/sheet1.xml': sheet };
    const path = await writeWorkbook(join(folder, 'two.xlsx'), { sheets: { 一: '', 二: plain }, styles, parts });
    await writeErrorWorkbook(path, 'two.xlsx', [wrong(2, 1, '甲', '一'), wrong(2, 0, '乙', '二')], out);
    expect((await rowsOf(out)).map(({ cells }) => cells)).toEqual([
      ['', 'b', '【B2】甲'],
      ['c', '', '【A2】乙'],
    ]);
    const bare = await writeWorkbook(join(folder, 'bare.xlsx'), {
      rows: textRow(1, ['日期', '机构']) + textRow(5, ['d']),
    });
    await writeErrorWorkbook(bare, 'bare.xlsx', [wrong(5, 0, '丙')], out);
    expect(await rowsOf(out)).toEqual([{ row: 5, cells: ['d', '', '【A5】丙'] }]);
  });

  it('is not given at all where a problem names a row that is not there', async () => {
    await expect(writeErrorWorkbook(await filledTemplate(), 'a.xlsx', [wrong(99, 0, 'x')], out)).rejects.toThrow(
      /row 99/,
    );
    await expect(readFile(out)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a file of text that is given back', () => {
  it('is a workbook with the same cells in the same rows, none of them a formula', async () => {
    const path = join(folder, 'a.csv');
    await writeFile(path, '日期,机构,备注\n2024-05-31,CS,=1+1\n\n2024-06-31,XX,\n');
    await writeErrorWorkbook(path, 'a.csv', [wrong(4, 0, '没有这一天')], out);
    expect(await rowsOf(out)).toEqual([
      { row: 2, cells: ['2024-05-31', 'CS', '=1+1', ''] },
      { row: 4, cells: ['2024-06-31', 'XX', '', '【A4】没有这一天'] },
    ]);
    const [sheet] = await sheetsOf(out);
    expect([isMarked(sheet!, 'A4'), isMarked(sheet!, 'A2')]).toEqual([true, false]);
  });

  it('has the fields of an entry for its head where it was NDJSON', async () => {
    const path = join(folder, 'a.ndjson');
    await writeFile(path, '{"kind":"A"}\n{"kind":"B"}\n');
    await writeErrorWorkbook(path, 'a.ndjson', [wrong(2, 1, '没有种类')], out);
    expect((await rowsOf(out)).map(({ row, cells }) => [row, cells[1], cells.at(-1)])).toEqual([
      [2, 'A', ''],
      [3, 'B', '【B3】没有种类'],
    ]);
  });
});
