import { columnLetters, type HiddenCells, type Notice } from './source-file';
import type { CellRange } from './xlsx-reference';

const FATE = {
  refuse: { zh: '已拒收，请取消隐藏或删去后重新上传', en: 'refused; show it or delete it, and upload the file again' },
  take: { zh: '已按您的选择一并导入', en: 'taken, as chosen' },
  leave: { zh: '已按您的选择忽略', en: 'left out, as chosen' },
} as const;

/** What a sheet hides or merges, said once however many rows it is. */
export class SheetNotices {
  private readonly columns = new Map<number, number>();
  private readonly merges = new Set<CellRange>();
  private rows = 0;
  private firstRow = 0;

  constructor(
    private readonly sheet: string,
    private readonly hidden: HiddenCells,
  ) {}

  hiddenRow(row: number): void {
    if (this.rows++ === 0) this.firstRow = row;
  }

  hiddenColumn(column: number, row: number): void {
    if (!this.columns.has(column)) this.columns.set(column, row);
  }

  merged(range: CellRange): void {
    this.merges.add(range);
  }

  all(): Notice[] {
    const fate = FATE[this.hidden];
    const notices: Notice[] = [];
    if (this.rows > 0) {
      notices.push({
        code: 'rows_hidden',
        sheet: this.sheet,
        row: this.firstRow,
        column: null,
        sentence: {
          zh: `工作表“${this.sheet}”有 ${this.rows} 行是隐藏的（第一处在第 ${this.firstRow} 行），${fate.zh}。`,
          en: `The sheet "${this.sheet}" hides ${this.rows} rows, the first of them row ${this.firstRow}: ${fate.en}.`,
        },
      });
    }
    for (const [column, row] of this.columns) {
      const letters = columnLetters(column);
      notices.push({
        code: 'column_hidden',
        sheet: this.sheet,
        row,
        column,
        sentence: {
          zh: `工作表“${this.sheet}”的 ${letters} 列是隐藏的，有内容，${fate.zh}。`,
          en: `The sheet "${this.sheet}" hides column ${letters}, which is not blank: ${fate.en}.`,
        },
      });
    }
    const [first] = this.merges;
    if (first) {
      const place = `${columnLetters(first.left)}${first.top}:${columnLetters(first.right)}${first.bottom}`;
      notices.push({
        code: 'cells_merged',
        sheet: this.sheet,
        row: first.top,
        column: first.left,
        sentence: {
          zh: `工作表“${this.sheet}”有 ${this.merges.size} 处合并单元格（第一处 ${place}），所在的行已拒收，请取消合并并在每格填写。`,
          en: `The sheet "${this.sheet}" has ${this.merges.size} ranges of merged cells, the first ${place}: their rows are refused. Unmerge them and fill in each cell.`,
        },
      });
    }
    return notices;
  }
}

export function hiddenSheet(name: string): Notice {
  return {
    code: 'sheet_hidden',
    sheet: name,
    row: null,
    column: null,
    sentence: {
      zh: `工作表“${name}”是隐藏的，没有读取；要导入请先取消隐藏。`,
      en: `The sheet "${name}" is hidden and is not read; show it to import it.`,
    },
  };
}
