import type { Row, Worksheet } from 'exceljs';
import { findDefinition } from '../targets/definition';
import { CITY_KEYS, type Bulletin, type BulletinCell } from './bulletin';
import { heightFor, merge, nextRow, writeNumber, writeText, type CellLook } from './sheet-cells';
import { clearZipDates } from './zip-dates';

const A4 = 9;
const WIDTHS = [17, 7, 11, 11, 9, 11, 11, 11, 20];
const LAST = WIDTHS.length;
const WHOLE = WIDTHS.reduce((a, b) => a + b, 0);
const HEADING: CellLook = { bold: true };
const BARE: CellLook = { align: 'left', grid: false };
const FIGURES = ['指标', '单位', '本月', '上年同月', '增减', '本年累计', '上年同期', '全年目标', '序时进度'];
const ROW_HEIGHT = 17;

/** The bulletin as xlsx, one page of A4. Same input, same bytes. */
export async function bulletinWorkbook(bulletin: Bulletin): Promise<Buffer> {
  // Only with the first workbook: this package takes a good part of a program's start.
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  workbook.creator = '髓缘台账';
  workbook.lastModifiedBy = '髓缘台账';
  workbook.title = bulletin.title;
  workbook.created = bulletin.at;
  workbook.modified = bulletin.at;
  const sheet = workbook.addWorksheet('月报', {
    pageSetup: {
      paperSize: A4,
      orientation: 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 1,
      horizontalCentered: true,
      margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.5, header: 0.2, footer: 0.2 },
    },
    views: [{ showGridLines: false }],
  });
  sheet.columns = WIDTHS.map((width) => ({ width }));
  drawHead(sheet, bulletin);
  drawFigures(sheet, bulletin);
  drawStages(sheet, bulletin);
  drawCities(sheet, bulletin);
  drawWords(sheet, bulletin);
  sheet.pageSetup.printArea = `A1:I${sheet.rowCount}`;
  return clearZipDates(Buffer.from(await workbook.xlsx.writeBuffer()));
}

function drawHead(sheet: Worksheet, { title, unit, seal, demonstration }: Bulletin): void {
  wholeRow(sheet, title, { size: 16, font: '黑体', grid: false, align: 'center' }, 28);
  const told = [unit, seal].join('　');
  wholeRow(sheet, told, { ...BARE, align: 'center' }, heightFor([{ text: told, width: WHOLE }]));
  if (demonstration) wholeRow(sheet, demonstration, { ...BARE, align: 'center', bold: true, colour: 'FFC00000' });
}

function drawFigures(sheet: Worksheet, { figures }: Bulletin): void {
  wholeRow(sheet, '一、主要数字', { ...BARE, bold: true });
  const heading = nextRow(sheet, ROW_HEIGHT);
  FIGURES.forEach((text, at) => writeText(heading.getCell(at + 1), text, HEADING));
  for (const figure of figures) {
    const row = nextRow(sheet, heightFor([{ text: figure.pace, width: WIDTHS[8]! }]));
    writeText(row.getCell(1), figure.label, { align: 'left' });
    writeText(row.getCell(2), figure.unit);
    writeCell(row, 3, figure.month);
    writeCell(row, 4, figure.monthBefore);
    writeText(row.getCell(5), figure.change);
    writeCell(row, 6, figure.year);
    writeCell(row, 7, figure.yearBefore);
    writeText(row.getCell(8), figure.target);
    writeText(row.getCell(9), figure.pace);
  }
}

function drawStages(sheet: Worksheet, { stages }: Bulletin): void {
  wholeRow(sheet, '二、本月各环节', { ...BARE, bold: true });
  const spans = [
    [1, 2],
    [3, 4],
    [5, 6],
    [7, LAST],
  ] as const;
  const draw = (look: CellLook, write: (row: Row) => void) => {
    const row = nextRow(sheet, ROW_HEIGHT);
    for (let column = 1; column <= LAST; column++) writeText(row.getCell(column), '', look);
    write(row);
    for (const [from, to] of spans) merge(row, from, to);
  };
  draw(HEADING, (row) => {
    ['环节', '请求', '同意或完成', '成功率（同意或完成/请求）'].forEach((text, at) =>
      writeText(row.getCell(spans[at]![0]), text, HEADING),
    );
  });
  for (const { label, entered, passed, rate } of stages) {
    draw({}, (row) => {
      writeText(row.getCell(1), label);
      writeCell(row, 3, entered);
      writeCell(row, 5, passed);
      writeText(row.getCell(7), rate);
    });
  }
}

function drawCities(sheet: Worksheet, { cities }: Bulletin): void {
  wholeRow(sheet, '三、各市', { ...BARE, bold: true });
  const names = CITY_KEYS.map((key) => findDefinition(key)).map(
    (one) => `${one?.label.zh ?? ''}（${one?.unit ?? ''}）`,
  );
  const heading = nextRow(sheet, heightFor(names.map((text, at) => ({ text, width: WIDTHS[2 + at]! }))));
  const draw = (row: Row, write: () => void) => {
    write();
    merge(row, 1, 2);
    merge(row, 8, LAST);
  };
  draw(heading, () => {
    for (let column = 1; column <= LAST; column++) writeText(heading.getCell(column), '', HEADING);
    writeText(heading.getCell(1), '机构', HEADING);
    names.forEach((name, at) => writeText(heading.getCell(3 + at), name, HEADING));
  });
  for (const { name, cells } of cities) {
    const row = nextRow(sheet, ROW_HEIGHT);
    draw(row, () => {
      for (let column = 1; column <= LAST; column++) writeText(row.getCell(column), '');
      writeText(row.getCell(1), name);
      cells.forEach((cell, at) => writeCell(row, 3 + at, cell));
    });
  }
}

function drawWords(sheet: Worksheet, { adjustments, missing, notes }: Bulletin): void {
  wholeRow(sheet, '四、调整与缺报', { ...BARE, bold: true });
  for (const text of [adjustments, missing]) wholeRow(sheet, text, BARE, heightFor([{ text, width: WHOLE }]));
  wholeRow(sheet, notes, { ...BARE, size: 8 }, heightFor([{ text: notes, width: WHOLE }]));
}

function wholeRow(sheet: Worksheet, text: string, look: CellLook, height = ROW_HEIGHT): void {
  const row = nextRow(sheet, height);
  writeText(row.getCell(1), text, look);
  merge(row, 1, LAST);
}

function writeCell(row: Row, column: number, { number, otherwise }: BulletinCell): void {
  if (number === null) writeText(row.getCell(column), otherwise);
  else writeNumber(row.getCell(column), number);
}
