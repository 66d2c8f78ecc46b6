import type { PageSetup, Workbook, Worksheet } from 'exceljs';
import type { FilledForm } from '../assessment/filled-form';
import { stageWord } from '../assessment/stage-title';
import { nameOfPeriod, titleOf, type AssessmentHead } from './assessment-head';
import { drawAssessmentSheet } from './assessment-sheet';
import { columnsOf, standsUpright } from './form-grid';
import { withRoom } from './form-lines-table';
import { drawSourcesSheet } from './sources-sheet';
import { clearZipDates } from './zip-dates';

const A4 = 9;
const PAGE: Partial<PageSetup> = {
  paperSize: A4,
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
  horizontalCentered: true,
  margins: { left: 0.5, right: 0.5, top: 0.7, bottom: 0.7, header: 0.3, footer: 0.3 },
};

/** The filled form as xlsx, with its sources on a second sheet. The same input gives the same bytes. */
export async function assessmentWorkbook(form: FilledForm, head: AssessmentHead): Promise<Buffer> {
  // Only with the first workbook: this package takes a good part of a program's start.
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  workbook.creator = '髓缘台账';
  workbook.lastModifiedBy = '髓缘台账';
  workbook.title = titleOf(form, head);
  workbook.created = head.printedAt;
  workbook.modified = head.printedAt;
  const columns = withRoom(columnsOf(form), form.lines);
  const orientation = standsUpright(columns) ? 'portrait' : 'landscape';
  drawAssessmentSheet(addSheet(workbook, `绩效${stageWord(form.stage)}表`, orientation, head), form, head, columns);
  drawSourcesSheet(addSheet(workbook, '数据来源', 'landscape', head), form, head);
  return clearZipDates(Buffer.from(await workbook.xlsx.writeBuffer()));
}

function addSheet(
  workbook: Workbook,
  name: string,
  orientation: PageSetup['orientation'],
  { unitName, period, demonstration }: AssessmentHead,
): Worksheet {
  const mark = demonstration ? '演示数据' : '';
  // In a header `&` begins a command.
  const running = `&L${unitName.replaceAll('&', '&&')} ${nameOfPeriod(period)}&R${mark}`;
  const footer = `&L${mark}&C第 &P 页，共 &N 页`;
  return workbook.addWorksheet(name, {
    pageSetup: { ...PAGE, orientation },
    headerFooter: { differentFirst: true, firstFooter: footer, oddHeader: running, oddFooter: footer },
    views: [{ showGridLines: false }],
  });
}
