import type { DataValidation, Worksheet } from 'exceljs';
import type { KindDefinition } from '../catalogue/kind-definition';
import type { NamedOrg } from './cell-orgs';
import { columnLetters } from './source-file';
import { templateColumns, type TemplateColumn } from './template-columns';
import { orgNames, writeLists } from './template-lists';
import { writeNotes } from './template-notes';
import { LISTS_SHEET, NOTES_SHEET, sheetNameOf } from './template-sheets';

const LAST_ROW = 20_001;
const PAGE = { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 } as const;
const FONT = { name: '宋体', size: 11, charset: 134 } as const;

/** Keeps a list of drop-downs for many rows as one; the library's types leave it out. */
interface WithValidations {
  readonly dataValidations: { add(address: string, validation: DataValidation): void };
}

/**
 * A workbook to fill in with entries of one kind.
 *
 * @param orgs those that the drop-down offers
 * @param firstDay of the registry, `YYYY-MM-DD`
 */
export async function templateWorkbook(
  kind: KindDefinition,
  orgs: readonly NamedOrg[],
  firstDay: string,
): Promise<Buffer> {
  // Only with the first workbook, as in reports.
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  workbook.creator = '髓缘台账';
  workbook.title = `${kind.label.zh}（填写模板）`;
  const sheet = workbook.addWorksheet(sheetNameOf(kind), { views: [{ state: 'frozen', ySplit: 1 }], pageSetup: PAGE });
  const notes = workbook.addWorksheet(NOTES_SHEET, { views: [{ showGridLines: false }], pageSetup: PAGE });
  const lists = workbook.addWorksheet(LISTS_SHEET, { state: 'veryHidden' });
  const columns = templateColumns(kind, orgNames(orgs)[0] ?? '', firstDay);
  const outcome = columns.findIndex(({ field }) => field === 'outcome');
  const formulas = writeLists(lists, kind, orgs, outcome < 0 ? null : `$${columnLetters(outcome)}2`);
  writeHead(sheet, columns);
  columns.forEach((column, at) => {
    const validation = validationOf(column, kind, formulas.get(column.field));
    if (!validation) return;
    const letters = columnLetters(at);
    (sheet as unknown as WithValidations).dataValidations.add(`${letters}2:${letters}${LAST_ROW}`, validation);
  });
  writeNotes(notes, kind, columns);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function writeHead(sheet: Worksheet, columns: readonly TemplateColumn[]): void {
  columns.forEach(({ name, required, how, field, format, width }, at) => {
    const column = sheet.getColumn(at + 1);
    column.width = width;
    column.style = { numFmt: format, font: FONT };
    const cell = sheet.getCell(1, at + 1);
    cell.value = required ? `${name}*` : name;
    cell.numFmt = '@';
    cell.font = { ...FONT, bold: true, color: { argb: 'FFFFFFFF' } };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: required ? 'FF1F4E79' : 'FF7F93A8' } };
    cell.alignment = { vertical: 'middle', horizontal: 'center' };
    cell.note = `${required ? '必填。' : ''}${how}\n${field}`;
  });
  sheet.getRow(1).height = 24;
}

function validationOf(
  { name, field, format, how }: TemplateColumn,
  { step, reported }: KindDefinition,
  list: string | undefined,
): DataValidation | undefined {
  const said = { allowBlank: true, showErrorMessage: true, errorTitle: name, error: how.slice(0, 200) };
  if (list !== undefined) return { ...said, type: 'list', formulae: [list] };
  if (format === 'yyyy-mm-dd') {
    return { ...said, type: 'date', operator: 'greaterThan', formulae: [new Date('1950-01-01T00:00:00Z')] };
  }
  if (field === 'quantity') {
    const type = step === undefined && !reported ? 'whole' : 'decimal';
    return { ...said, type, operator: 'greaterThanOrEqual', formulae: [0] };
  }
  return format === '0' ? { ...said, type: 'whole', operator: 'greaterThanOrEqual', formulae: [1] } : undefined;
}
