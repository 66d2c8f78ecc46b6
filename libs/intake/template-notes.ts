import type { Row, Worksheet } from 'exceljs';
import type { Guard, KindDefinition } from '../catalogue/kind-definition';
import { findKind } from '../catalogue/kinds';
import { REASONS } from '../catalogue/reasons';
import type { TemplateColumn } from './template-columns';

const FONT = { name: '宋体', size: 11, charset: 134 } as const;
const CHARACTERS_PER_LINE = 27;
const LINE = { style: 'thin', color: { argb: 'FFBFBFBF' } } as const;
const SUBJECT = { donor: '同一捐献者', case: '同一请求', sample: '同一血样' } as const;

const STEPS = [
  '在第一张表里从第 2 行起填写，一行一条。不要改动第 1 行的列名；列的先后可以调整，用不到的列可以删去。',
  '列名带 * 的必须填写。不要合并单元格，不要用公式，不要隐藏行或列。',
  '填完后保存，在网页的“导入”页里拖进去（也可以用命令 ledger import 文件名）。先看会新增、更正多少，确认之前台账不会改变。',
  '有错的行会连同说明一起退回；改好后把整个文件再传一次即可，已经导入的行不会重复。',
];

/** Fills the sheet that says how to fill in a template. */
export function writeNotes(sheet: Worksheet, kind: KindDefinition, columns: readonly TemplateColumn[]): void {
  sheet.columns = [{ width: 20 }, { width: 10 }, { width: 58 }, { width: 22 }, { width: 30 }];
  title(sheet, `${kind.label.zh}：怎样填写`);
  STEPS.forEach((step, at) => {
    const row = sheet.addRow([`${at + 1}. ${step}`]);
    sheet.mergeCells(row.number, 1, row.number, 5);
    row.height = 32;
    dress(row, false);
  });
  for (const guard of kind.guards ?? []) {
    const row = sheet.addRow([guardSentence(guard)]);
    sheet.mergeCells(row.number, 1, row.number, 5);
    dress(row, false);
  }
  sheet.addRow([]);
  tableHead(sheet, ['列', '要求', '怎么填', '例子', '程序用名']);
  for (const { name, required, how, example, field } of columns) {
    const row = sheet.addRow([name, required ? '必填' : '', how, example, field]);
    row.height = heightOf(how);
    dress(row);
  }
  if (!kind.outcomes && !kind.reasons) return;
  sheet.addRow([]);
  tableHead(sheet, ['可选的结果', '', '需要的原因', '还要填', '程序用名']);
  for (const { code, label, reasons } of kind.outcomes ?? [
    { code: '', label: { zh: '（不分结果）' }, reasons: kind.reasons },
  ]) {
    const also = (kind.attributes ?? []).filter(({ required }) => Array.isArray(required) && required.includes(code));
    const needed = (reasons ?? []).map(reasonName).join('、') || '不填';
    const row = sheet.addRow([label.zh, '', needed, also.map((attribute) => attribute.label.zh).join('、'), code]);
    row.height = heightOf(needed);
    dress(row);
  }
}

/** In points, for a text in the wide column. */
function heightOf(text: string): number {
  return 6 + 16 * Math.ceil(text.length / CHARACTERS_PER_LINE);
}

function reasonName(code: string): string {
  return REASONS.find((reason) => reason.code === code)!.label.zh;
}

/** What must stand, or must not, for an entry to be taken. */
function guardSentence({ on, after, unless, except, within, orOpening }: Guard): string {
  if (within === 'listed') return `${SUBJECT[on]}当天须在库。`;
  if (unless !== undefined) {
    const ending = findKind(unless)!;
    const spared = ending.outcomes?.find(({ code }) => code === except);
    return `${SUBJECT[on]}此前不能已登记过“${ending.label.zh}”${spared ? `（结果为“${spared.label.zh}”的除外）` : ''}。`;
  }
  const kind = findKind(after!.kind)!;
  const outcome = kind.outcomes?.find(({ code }) => code === after!.outcome);
  const what = `${SUBJECT[on]}须先登记过“${kind.label.zh}”${outcome ? `，结果为“${outcome.label.zh}”` : ''}`;
  return `${what}${orOpening ? '（台账开始前的捐献者除外）' : ''}。`;
}

function title(sheet: Worksheet, text: string): void {
  const row = sheet.addRow([text]);
  row.font = { ...FONT, size: 16, bold: true };
  row.height = 30;
}

function tableHead(sheet: Worksheet, names: readonly string[]): void {
  const row = sheet.addRow(names);
  dress(row);
  row.eachCell((cell) => {
    cell.font = { ...FONT, bold: true };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EEF4' } };
  });
}

function dress(row: Row, grid = true): void {
  row.eachCell({ includeEmpty: true }, (cell) => {
    cell.font = FONT;
    cell.numFmt = '@';
    cell.alignment = { wrapText: true, vertical: 'middle' };
    if (grid) cell.border = { top: LINE, bottom: LINE, left: LINE, right: LINE };
  });
}
