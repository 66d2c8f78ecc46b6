import type { Worksheet } from 'exceljs';
import type { FilledForm } from '../assessment/filled-form';
import { stageTitle } from '../assessment/stage-title';
import { nameOfPeriod, type AssessmentHead } from './assessment-head';
import { drawBudget, frame, writeOver } from './form-budget-table';
import { drawGoal, drawTasks } from './form-goal-table';
import { spread, widthOf, type FormColumn, type FormColumnKey } from './form-grid';
import { drawLines } from './form-lines-table';
import { breakIntoPages } from './page-breaks';
import { fitsOnePage } from './page-fit';
import { BARE, heightFor, LEFT, nextRow, STRONG, TO_DO, writeNumber } from './sheet-cells';
import { columnLetters } from '../intake/source-file';

/** The form itself, one page wide on A4; the lines' heading repeats on every page. */
export function drawAssessmentSheet(
  sheet: Worksheet,
  form: FilledForm,
  head: AssessmentHead,
  columns: readonly FormColumn[],
): void {
  sheet.columns = columns.map(({ width }) => ({ width }));
  drawHead(sheet, form, head, columns);
  drawBudget(sheet, form, columns);
  drawGoal(sheet, form, columns);
  drawTasks(sheet, form, columns);
  const heading = drawLines(sheet, form, columns);
  drawTotal(sheet, form, columns);
  drawFoot(sheet, columns);
  sheet.pageSetup.printArea = `A1:${columnLetters(columns.length - 1)}${sheet.rowCount}`;
  sheet.pageSetup.printTitlesRow = `${heading}:${heading}`;
  if (fitsOnePage(sheet)) sheet.pageSetup.fitToHeight = 1;
  else breakIntoPages(sheet, heading);
}

function drawHead(
  sheet: Worksheet,
  { form, stage, project, budgetTable }: FilledForm,
  { unitName, period, demonstration }: AssessmentHead,
  columns: readonly FormColumn[],
): void {
  writeOver(nextRow(sheet, 34), { from: 1, to: columns.length }, stageTitle(form.title, stage).zh, {
    size: 18,
    font: '黑体',
    grid: false,
  });
  const told = { ...BARE, font: '仿宋' };
  // A unit's name is long.
  const [first, second, ...rest] = spread(columns, { from: 1, to: columns.length }, Math.min(5, columns.length));
  const places = [{ from: 1, to: (second ?? first!).to }, ...rest];
  const texts = [
    { text: `单位名称：${unitName}`, look: told },
    { text: `${stage === 'half' ? '期间' : '年度'}：${nameOfPeriod(period).replace(/度$/, '')}`, look: told },
    { text: demonstration ? '演示数据' : '', look: { ...TO_DO, bold: true, grid: false } },
    { text: budgetTable ? '金额单位：万元' : '', look: { ...told, align: 'right' as const } },
  ];
  const row = nextRow(sheet, heightFor([{ text: texts[0]!.text, width: widthOf(columns, places[0]!) }], 1) + 4);
  texts.forEach(({ text, look }, at) => places[at] && writeOver(row, places[at], text, look));
  if (project === '') return;
  writeOver(nextRow(sheet, 22), { from: 1, to: columns.length }, `项目名称：${project}`, told);
}

function drawTotal(sheet: Worksheet, form: FilledForm, columns: readonly FormColumn[]): void {
  if (form.total === null || form.totalWeight === null) return;
  const [weight, score] = (['weight', 'score'] as const).map((key) => placeOf(columns, key));
  if (!weight || !score || score !== weight + 1) return;
  const rest = { from: score + 1, to: columns.length };
  const remark = remarkOf(form);
  const row = nextRow(
    sheet,
    heightFor(score < columns.length ? [{ text: remark, width: widthOf(columns, rest) }] : [], 2),
  );
  frame(row, columns.length);
  writeOver(row, { from: 1, to: weight - 1 }, '总分', STRONG);
  writeNumber(row.getCell(weight), form.totalWeight, {}, STRONG);
  writeNumber(row.getCell(score), form.total, {}, STRONG);
  if (score < columns.length) writeOver(row, rest, remark, { ...LEFT, ...(form.complete ? STRONG : TO_DO) });
}

function remarkOf({ incompleteBecause, scoredWeight, grade, declared }: FilledForm): string {
  const whole = incompleteBecause
    ? `已计分各项的分值共 ${scoredWeight}。${incompleteBecause.zh}`
    : `评价等级：${grade?.label ?? ''}`;
  return declared?.differs ? `${whole}${whole.endsWith('。') ? '' : '。'}${declared.differs.zh}` : whole;
}

/** From 1; 0 where the form does not print it. */
function placeOf(columns: readonly FormColumn[], key: FormColumnKey): number {
  return columns.findIndex(({ shows }) => 'column' in shows && shows.column === key) + 1;
}

function drawFoot(sheet: Worksheet, columns: readonly FormColumn[]): void {
  const row = nextRow(sheet, 26);
  const places = spread(columns, { from: 1, to: columns.length }, Math.min(4, columns.length));
  ['填表人：', '填报日期：', '联系电话：', '单位负责人签字：'].forEach((text, at) => {
    if (places[at]) writeOver(row, places[at], text, { ...BARE, font: '仿宋' });
  });
}
