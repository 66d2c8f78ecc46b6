import { beyondHead } from './source-beyond-head';
import { CellRefused, HiddenRefused } from './cell-refused';
import { SheetNotices } from './sheet-notices';
import type { CellProblem, HiddenCells, Notice, SourceRow, SourceSheet } from './source-file';
import { findHead, ROWS_ABOVE_HEAD, type Head, type RawRow } from './source-head';
import { readMerges, RangesDownward } from './xlsx-merges';
import type { SheetPart } from './xlsx-parts';
import type { CellRange } from './xlsx-reference';
import { XlsxRows, type XlsxReading, type XlsxRow } from './xlsx-rows';

/** A sheet of a workbook that has a head. */
export class XlsxSheet implements SourceSheet {
  notices: readonly Notice[] = [];
  private rowsRead?: XlsxRows;
  private merges?: CellRange[];

  private constructor(
    private readonly book: XlsxReading,
    private readonly sheet: SheetPart,
    private readonly hiddenCells: HiddenCells,
    private readonly found: Head,
  ) {}

  /**
   * @returns undefined where the sheet has no head
   * @throws {SourceRefused} when it cannot be read
   */
  static async open(book: XlsxReading, sheet: SheetPart, hidden: HiddenCells): Promise<XlsxSheet | undefined> {
    const first: RawRow[] = [];
    search: for await (const rows of new XlsxRows(book, sheet.part).pieces()) {
      for (const { row, cells } of rows) {
        if (cells.length > 0 && first.push({ row, cells: spread(cells) }) === ROWS_ABOVE_HEAD) break search;
      }
    }
    const head = findHead(first);
    return head && new XlsxSheet(book, sheet, hidden, head);
  }

  get name(): string {
    return this.sheet.name;
  }

  get hidden(): boolean {
    return this.sheet.hidden;
  }

  get head(): readonly string[] {
    return this.found.names;
  }

  get headRow(): number {
    return this.found.row;
  }

  get from1904(): boolean {
    return this.book.from1904;
  }

  get share(): number {
    return (this.rowsRead?.bytesRead ?? 0) / Math.max(1, this.book.zip.sizeOf(this.sheet.part));
  }

  async *rows(): AsyncGenerator<SourceRow> {
    this.merges ??= await readMerges(this.book.zip, this.sheet.part, this.name);
    const merges = new RangesDownward(this.merges);
    const notices = new SheetNotices(this.name, this.hiddenCells);
    const rows = new XlsxRows(this.book, this.sheet.part);
    this.rowsRead = rows;
    for await (const piece of rows.pieces()) {
      for (const row of piece) {
        if (row.row <= this.headRow || row.cells.every(({ text, fault }) => !fault && text.trim() === '')) continue;
        const read = this.read(row, merges.at(row.row), rows.hiddenColumns, notices);
        if (read) yield read;
      }
    }
    this.notices = notices.all();
  }

  private read(
    { row, hidden, cells }: XlsxRow,
    merges: readonly CellRange[],
    hiddenColumns: XlsxRows['hiddenColumns'],
    notices: SheetNotices,
  ): SourceRow | undefined {
    const texts = spread(cells);
    const width = this.head.length;
    const problems: CellProblem[] = [];
    if (this.hidden && this.hiddenCells === 'refuse') {
      problems.push({ column: null, problem: new HiddenRefused('sheet', this.name) });
    }
    if (hidden) {
      notices.hiddenRow(row);
      if (this.hiddenCells === 'leave') return undefined;
      if (this.hiddenCells === 'refuse') {
        problems.push({ column: null, problem: new HiddenRefused('row', String(row)) });
      }
    }
    for (const { column, text, fault } of cells) {
      if (hiddenColumns.some(({ left, right }) => left <= column && column <= right)) {
        notices.hiddenColumn(column, row);
        if (this.hiddenCells === 'leave') {
          texts[column] = '';
          continue;
        }
        if (this.hiddenCells === 'refuse') problems.push({ column, problem: HiddenRefused.column(column) });
      }
      if (fault) problems.push({ column, problem: new CellRefused(fault, row, column, text) });
    }
    for (const merge of merges) {
      if (merge.left >= width) continue;
      notices.merged(merge);
      problems.push({ column: merge.left, problem: CellRefused.merged(merge) });
    }
    problems.push(...beyondHead(row, texts, this.head));
    return { row, cells: this.head.map((_, at) => texts[at] ?? ''), ...(problems.length > 0 && { problems }) };
  }
}

/** The texts of a row's cells from column A on. */
function spread(cells: XlsxRow['cells']): string[] {
  const texts: string[] = [];
  for (const { column, text } of cells) {
    while (texts.length < column) texts.push('');
    texts[column] = text;
  }
  return texts;
}
