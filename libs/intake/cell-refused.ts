import { DomainError } from '../core/domain-error';
import { columnLetters } from './source-file';
import type { CellRange } from './xlsx-reference';
import type { CellFault } from './xlsx-rows';

const SENTENCES: Record<CellFault, (place: string, text: string) => { code: string; zh: string; en: string }> = {
  formula: (place) => ({
    code: 'formula_cell',
    zh: `单元格 ${place} 是公式。请复制后在原处“选择性粘贴 → 数值”，再上传。`,
    en: `Cell ${place} is a formula. Copy it and paste it in its place as values.`,
  }),
  error: (place, text) => ({
    code: 'error_cell',
    zh: `单元格 ${place} 是错误值 ${text}。请改成正确的内容。`,
    en: `Cell ${place} is the error ${text}. Put in what it should be.`,
  }),
  number_too_long: (place) => ({
    code: 'number_too_long',
    zh: `单元格 ${place} 的数字超过 15 位，Excel 已丢掉后面的位数。请把该列设为“文本”格式，重新输入完整的编号。`,
    en: `The number in cell ${place} is longer than the 15 digits that Excel keeps. Format the column as text and type the whole code anew.`,
  }),
};

/** What is wrong with a cell before it is looked at what it says. */
export class CellRefused extends DomainError {
  constructor(fault: CellFault, row: number, column: number, text: string) {
    const cell = `${columnLetters(column)}${row}`;
    const { code, zh, en } = SENTENCES[fault](cell, text);
    super(code, { zh, en }, { field: 'file', cell });
  }

  static merged({ top, bottom, left, right }: CellRange): DomainError {
    const cell = `${columnLetters(left)}${top}:${columnLetters(right)}${bottom}`;
    return new DomainError(
      'merged_cells',
      {
        zh: `${cell} 是合并单元格。请取消合并，并在每一格填写内容。`,
        en: `${cell} are merged cells. Unmerge them and fill in each cell.`,
      },
      { field: 'file', cell },
    );
  }
}

/** What is hidden is neither taken nor left out unless the user says so. */
export class HiddenRefused extends DomainError {
  constructor(what: 'row' | 'sheet' | 'column', name: string) {
    const [zh, en] = {
      row: [`第 ${name} 行是隐藏行（或被筛选掉）`, `Row ${name} is hidden (or filtered out)`],
      column: [`${name} 列是隐藏列`, `Column ${name} is hidden`],
      sheet: [`工作表“${name}”是隐藏的`, `The sheet "${name}" is hidden`],
    }[what] as [string, string];
    super(
      `${what}_hidden`,
      {
        zh: `${zh}。请取消隐藏，或删去后重新上传。`,
        en: `${en}. Show it or delete it, and upload the file again.`,
      },
      { field: 'file' },
    );
  }

  static column(column: number): HiddenRefused {
    return new HiddenRefused('column', columnLetters(column));
  }
}
