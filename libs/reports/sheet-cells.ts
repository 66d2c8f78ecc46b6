import type { Alignment, Borders, Cell, Row, Worksheet } from 'exceljs';
import { xmlText } from '../core/xml-text';

const THIN = { style: 'thin' } as const;
const GRID: Partial<Borders> = { top: THIN, left: THIN, bottom: THIN, right: THIN };
const BODY_FONT = '宋体';
const SIZE = 10;
const POINTS_PER_LINE = 14;
/** What the sides of a cell take, and a font that is wider than 宋体. */
const MARGIN = 1;
/** No row can be higher. */
const POINTS_OF_A_ROW = 409;

export interface CellLook {
  readonly align?: Alignment['horizontal'];
  readonly bold?: boolean;
  readonly size?: number;
  readonly font?: string;
  readonly colour?: string;
  readonly grid?: boolean;
}

export const STRONG: CellLook = { bold: true };
export const LEFT: CellLook = { align: 'left' };
export const BARE: CellLook = { align: 'left', grid: false };
/** What somebody has still to write. */
export const TO_DO: CellLook = { colour: 'FFC00000' };

/**
 * Writes text as text. It is stored as a string, never as a formula, whatever it begins with; the text format keeps it
 * so when somebody edits the cell.
 */
export function writeText(cell: Cell, text: string, look: CellLook = {}): void {
  cell.value = xmlText(text);
  cell.numFmt = '@';
  dress(cell, { align: 'center', ...look });
}

/**
 * Writes a printed decimal as a number, so that it can be summed, with a format that shows exactly the printed
 * decimals and the unit around them. A number is a double: one that would not come back as the same decimal (more
 * than 15 digits) is written as text instead.
 */
export function writeNumber(
  cell: Cell,
  printed: string,
  unit: { before?: string; after?: string } = {},
  look: CellLook = {},
): void {
  const { before = '', after = '' } = unit;
  if (!survivesAsDouble(printed) || (before + after).includes('"'))
    return writeText(cell, before + printed + after, look);
  const decimals = printed.split('.')[1]?.length ?? 0;
  cell.value = Number(printed);
  cell.numFmt = quoted(before) + (decimals ? `0.${'0'.repeat(decimals)}` : '0') + quoted(after);
  dress(cell, { align: 'center', ...look });
  // A number that is too long for its column is printed smaller, never as ###.
  cell.alignment = { ...cell.alignment, wrapText: false, shrinkToFit: true };
}

function survivesAsDouble(printed: string): boolean {
  if (!/^-?\d+(\.\d+)?$/.test(printed)) return false;
  return printed.replace(/\D/g, '').replace(/^0+/, '').length <= 15;
}

function quoted(unit: string): string {
  return unit && `"${unit}"`;
}

function dress(
  cell: Cell,
  { align, bold = false, size = SIZE, font = BODY_FONT, colour, grid = true }: CellLook,
): void {
  cell.font = { name: font, size, bold, charset: 134, ...(colour && { color: { argb: colour } }) };
  cell.alignment = { horizontal: align, vertical: 'middle', wrapText: true };
  if (grid) cell.border = GRID;
}

export function nextRow(sheet: Worksheet, height: number): Row {
  const row = sheet.getRow(sheet.rowCount + 1);
  row.height = height;
  return row;
}

/** One cell out of several beside each other; the first one's text stays. */
export function merge(row: Row, from: number, to: number): void {
  if (from !== to) row.worksheet.mergeCells(row.number, from, row.number, to);
}

/** Merges the cells of one column that stand below each other and read the same, from a row to the last. */
export function mergeRuns(sheet: Worksheet, column: number, from: number): void {
  for (let top = from, row = from + 1; row <= sheet.rowCount + 1; row++) {
    const same = row <= sheet.rowCount && sheet.getCell(row, column).value === sheet.getCell(top, column).value;
    if (same) continue;
    if (row - 1 > top) sheet.mergeCells(top, column, row - 1, column);
    top = row;
  }
}

/** A height in points that holds the tallest of some texts in columns of the given widths, if a row can be so high. */
export function heightFor(texts: readonly { readonly text: string; readonly width: number }[], least = 1): number {
  const lines = texts.map(({ text, width }) => linesOf(text, width - MARGIN));
  return Math.min(Math.max(least, ...lines) * POINTS_PER_LINE + 5, POINTS_OF_A_ROW);
}

/** Writes text that may be longer than any row is high: smaller then, and at last in one paragraph, but whole. */
export function writeLong(cell: Cell, text: string, width: number, look: CellLook = {}): void {
  const fits = (told: string, size: number): boolean => {
    const scale = size / SIZE;
    return linesOf(told, (width - MARGIN) / scale) * POINTS_PER_LINE * scale + 5 <= POINTS_OF_A_ROW;
  };
  const inOne = text.replace(/\s*\n\s*/g, ' ');
  const ways = [text, inOne].flatMap((told) => [SIZE, 9, 8, 7, 6, 5].map((size) => ({ told, size })));
  const { told, size } = ways.find((way) => fits(way.told, way.size)) ?? ways.at(-1)!;
  writeText(cell, told, { ...look, size });
}

function linesOf(text: string, width: number): number {
  return text.split('\n').reduce((sum, part) => sum + Math.max(1, Math.ceil(charactersOf(part) / width)), 0);
}

/** In the widths of a digit: a Chinese character is two of them. */
export function charactersOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character.codePointAt(0)! > 0x2000 ? 2 : 1), 0);
}
