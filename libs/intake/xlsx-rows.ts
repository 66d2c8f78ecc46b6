import { brokenWorkbook, type XlsxPackage } from './xlsx-package';
import { isTrue } from './xlsx-parts';
import { columnOfReference, readRange, type CellRange } from './xlsx-reference';
import type { XlsxStrings } from './xlsx-strings';
import { unescapeXml } from './xlsx-strings';
import type { NumberLook } from './xlsx-styles';
import { numberText } from './xlsx-number';
import { readXml } from './xlsx-xml';

const FORMULA_RANGES_AT_MOST = 10_000;

/** What a cell holds that cannot be taken as it is. */
export type CellFault = 'formula' | 'error' | 'number_too_long';

export interface XlsxCell {
  /** Counted from 0. */
  readonly column: number;
  readonly text: string;
  readonly fault?: CellFault;
}

export interface XlsxRow {
  readonly row: number;
  readonly hidden: boolean;
  /** Those that hold something, from left to right. */
  readonly cells: readonly XlsxCell[];
}

/** What the cells of a workbook are read with. */
export interface XlsxReading {
  readonly zip: XlsxPackage;
  readonly strings: XlsxStrings;
  readonly looks: readonly NumberLook[];
  readonly from1904: boolean;
}

/** Reads the rows of one sheet, from the top, in pieces. */
export class XlsxRows {
  /** Columns that are hidden; known before the first row. */
  readonly hiddenColumns: { readonly left: number; readonly right: number }[] = [];
  bytesRead = 0;

  private readonly ready: XlsxRow[] = [];
  private row = 0;
  private rowHidden = false;
  private cells: XlsxCell[] = [];
  private column = -1;
  private type = '';
  private style = 0;
  private formula = false;
  private reading = false;
  private phonetic = false;
  private value = '';
  private formulas: CellRange[] = [];

  constructor(
    private readonly book: XlsxReading,
    private readonly part: string,
  ) {}

  /** Every row that is written down, in its order, a piece of the file at a time. */
  async *pieces(): AsyncGenerator<XlsxRow[], void, undefined> {
    for await (const bytes of readXml(this.book.zip.bytes(this.part), this.part, this)) {
      this.bytesRead += bytes;
      if (this.ready.length > 0) yield this.ready.splice(0);
    }
    if (this.ready.length > 0) yield this.ready.splice(0);
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'v' || name === 't') this.reading = !this.phonetic;
    else if (name === 'c') this.openCell(attributes);
    else if (name === 'row') this.openRow(attributes);
    else if (name === 'f') this.openFormula(attributes);
    else if (name === 'rPh') this.phonetic = true;
    else if (name === 'col') this.openColumn(attributes);
  }

  text(text: string): void {
    if (this.reading) this.value += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.reading = false;
    else if (name === 'c') this.closeCell();
    else if (name === 'row') this.ready.push({ row: this.row, hidden: this.rowHidden, cells: this.cells });
    else if (name === 'rPh') this.phonetic = false;
  }

  private openColumn({ min, max, hidden, width }: Readonly<Record<string, string>>): void {
    if (isTrue(hidden) || Number(width) === 0)
      this.hiddenColumns.push({ left: Number(min) - 1, right: Number(max) - 1 });
  }

  private openRow({ r, hidden, ht }: Readonly<Record<string, string>>): void {
    const row = r === undefined ? this.row + 1 : Number(r);
    if (!Number.isSafeInteger(row) || row <= this.row) throw brokenWorkbook(this.part);
    this.row = row;
    this.rowHidden = isTrue(hidden) || Number(ht) === 0;
    this.cells = [];
    this.column = -1;
    if (this.formulas.length > 0) this.formulas = this.formulas.filter(({ bottom }) => bottom >= row);
  }

  private openCell({ r, t, s }: Readonly<Record<string, string>>): void {
    const column = r === undefined ? this.column + 1 : columnOfReference(r);
    if (column <= this.column) throw brokenWorkbook(this.part);
    this.column = column;
    this.type = t ?? 'n';
    this.style = Number(s ?? 0);
    this.formula = false;
    this.value = '';
  }

  /** A formula of several cells is written in the first of them only. */
  private openFormula({ ref }: Readonly<Record<string, string>>): void {
    this.formula = true;
    const range = ref === undefined ? undefined : readRange(ref);
    if (!range || (range.top === range.bottom && range.left === range.right)) return;
    if (this.formulas.push(range) > FORMULA_RANGES_AT_MOST) throw brokenWorkbook(this.part);
  }

  private closeCell(): void {
    const inRange = this.formulas.some(({ left, right, top }) => {
      return top <= this.row && left <= this.column && this.column <= right;
    });
    const { text, fault } = this.read();
    // Of a formula of several cells, those that are blank are not looked at.
    if (this.formula || (inRange && text !== '')) this.cells.push({ column: this.column, text, fault: 'formula' });
    else if (text !== '') this.cells.push({ column: this.column, text, fault });
  }

  private read(): { text: string; fault?: CellFault } {
    const { type, value } = this;
    if (type === 's') {
      if (value === '') return { text: '' };
      const text = this.book.strings.at(Number(value));
      if (text === undefined) throw brokenWorkbook(this.part);
      return { text };
    }
    if (type === 'inlineStr' || type === 'str') return { text: unescapeXml(value) };
    if (type === 'b') return { text: value === '' ? '' : isTrue(value) ? 'TRUE' : 'FALSE' };
    if (type === 'e') return { text: value, fault: 'error' };
    if (type === 'd') return { text: value.replace(/T00:00(:00(\.0+)?)?Z?$/, '').replace('T', ' ') };
    return this.readNumber();
  }

  private readNumber(): { text: string; fault?: CellFault } {
    const value = this.value.trim();
    if (value === '') return { text: '' };
    const number = Number(value);
    if (!Number.isFinite(number)) throw brokenWorkbook(this.part);
    const text = numberText(number, this.book.looks[this.style] ?? { as: 'number' }, this.book.from1904);
    return text === undefined ? { text: value, fault: 'number_too_long' } : { text };
  }
}
