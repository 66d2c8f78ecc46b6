import type { Row, Worksheet } from 'exceljs';
import { printActual } from '../assessment/fill';
import type { FilledBudgetRow, FilledForm, FilledLine } from '../assessment/filled-form';
import { unitStandsBefore } from '../core/target-text';
import { heightFor, merge, mergeRuns, nextRow, writeNumber, writeText, type CellLook } from './sheet-cells';

export interface AssessmentHead {
  readonly unitName: string;
  readonly year: string;
  /** Marks every page as 演示数据. */
  readonly demonstration: boolean;
  readonly printedAt: Date;
}

const WIDTHS = [11, 10, 18, 13, 13, 7, 8, 9, 24, 22];
const LAST = WIDTHS.length;
const HEADING: CellLook = { bold: true };
const LEFT: CellLook = { align: 'left' };
const BARE: CellLook = { align: 'left', grid: false };
const TO_DO: CellLook = { colour: 'FFC00000' };

/** The form itself, one page wide on A4; the lines' heading repeats on every page. */
export function drawAssessmentSheet(sheet: Worksheet, form: FilledForm, head: AssessmentHead): void {
  sheet.columns = WIDTHS.map((width) => ({ width }));
  drawHead(sheet, form, head);
  drawBudget(sheet, form.budget);
  drawGoal(sheet, form);
  const heading = drawLines(sheet, form.lines);
  drawTotal(sheet, form);
  drawFoot(sheet);
  sheet.pageSetup.printArea = `A1:J${sheet.rowCount}`;
  sheet.pageSetup.printTitlesRow = `${heading}:${heading}`;
}

function drawHead(sheet: Worksheet, form: FilledForm, { unitName, year, demonstration }: AssessmentHead): void {
  const title = nextRow(sheet, 34);
  writeText(title.getCell(1), form.form.title.zh, { size: 18, font: '黑体', grid: false });
  merge(title, 1, LAST);
  const row = nextRow(sheet, 22);
  writeText(row.getCell(1), `单位名称：${unitName}`, BARE);
  merge(row, 1, 5);
  writeText(row.getCell(6), `年度：${year}年`, BARE);
  merge(row, 6, 8);
  writeText(row.getCell(9), demonstration ? '演示数据' : '', { ...TO_DO, bold: true, grid: false });
  writeText(row.getCell(10), '金额单位：万元', { align: 'right', grid: false });
}

function drawBudget(sheet: Worksheet, rows: readonly FilledBudgetRow[]): void {
  const heading = nextRow(sheet, 24);
  const titles = [
    '年度预算',
    '资金类别',
    '',
    '年初预算数',
    '全年预算数(A)',
    '全年执行数(B)',
    '',
    '分值',
    '执行率(B/A)',
    '得分',
  ];
  titles.forEach((text, at) => writeText(heading.getCell(at + 1), text, HEADING));
  merge(heading, 2, 3);
  merge(heading, 6, 7);
  for (const { name, group, initial, adjusted, executed, weight, rate, score, state } of rows) {
    const row = nextRow(sheet, heightFor([{ text: name, width: WIDTHS[2]! }]));
    writeText(row.getCell(1), '年度预算', HEADING);
    writeText(row.getCell(2), group ?? name);
    writeText(row.getCell(3), group === null ? '' : name);
    if (group === null) merge(row, 2, 3);
    [initial, adjusted, executed].forEach((amount, at) => writeAmount(row, 4 + at, amount, '未填'));
    writeText(row.getCell(7), '');
    merge(row, 6, 7);
    writeAmount(row, 8, weight, '—');
    if (rate === null) writeText(row.getCell(9), state === 'not_applicable' ? '不适用' : '未填', TO_DO);
    else writeNumber(row.getCell(9), rate.slice(0, -1), { after: '%' });
    writeAmount(row, 10, score, weight === null ? '—' : '未计分');
  }
  mergeRuns(sheet, 1, heading.number);
  mergeRuns(sheet, 2, heading.number + 2);
}

function writeAmount(row: Row, column: number, amount: string | null, otherwise: string): void {
  if (amount === null) writeText(row.getCell(column), otherwise, otherwise === '—' ? {} : TO_DO);
  else writeNumber(row.getCell(column), amount);
}

function drawGoal(sheet: Worksheet, { goal }: FilledForm): void {
  const sides = [
    { title: '预期目标', text: goal.expected, from: 2, to: 6 },
    { title: '实际完成情况', text: goal.achieved, from: 7, to: LAST },
  ];
  const widthOf = ({ from, to }: { from: number; to: number }) => WIDTHS.slice(from - 1, to).reduce((a, b) => a + b, 0);
  const heading = nextRow(sheet, 22);
  const row = nextRow(sheet, heightFor(sides.map((side) => ({ text: side.text, width: widthOf(side) }))));
  for (const each of [heading, row]) {
    for (let column = 1; column <= LAST; column++) writeText(each.getCell(column), '', HEADING);
    writeText(each.getCell(1), '年度总体目标', HEADING);
  }
  for (const { title, text, from, to } of sides) {
    writeText(heading.getCell(from), title, HEADING);
    writeText(row.getCell(from), text, LEFT);
    merge(heading, from, to);
    merge(row, from, to);
  }
  mergeRuns(sheet, 1, heading.number);
}

function drawLines(sheet: Worksheet, lines: readonly FilledLine[]): number {
  const heading = nextRow(sheet, 34);
  const titles = ['一级指标', '二级指标', '三级指标', '年度指标值(A)', '实际完成值(B)', '分值', '得分', '偏差'];
  [...titles, '完成值来源', '偏差原因分析及改进措施'].forEach((text, at) =>
    writeText(heading.getCell(at + 1), text, HEADING),
  );
  for (const line of lines) {
    const source = sourceOf(line);
    const cause = causeOf(line);
    const row = nextRow(
      sheet,
      heightFor([
        { text: line.name, width: WIDTHS[2]! },
        { text: source, width: WIDTHS[8]! },
        { text: cause, width: WIDTHS[9]! },
        ...pathTexts(line, lines),
      ]),
    );
    writeText(row.getCell(1), line.path[0], HEADING);
    writeText(row.getCell(2), line.path[1]);
    writeText(row.getCell(3), line.name, LEFT);
    writeText(row.getCell(4), line.target);
    writeActual(row, line);
    writeNumber(row.getCell(6), line.weight);
    writeAmount(row, 7, line.score, '未计分');
    if (line.deviation === null) writeText(row.getCell(8), '—');
    else writeNumber(row.getCell(8), line.deviation.slice(0, -1), { after: '%' });
    writeText(row.getCell(9), source, LEFT);
    writeText(row.getCell(10), cause, { ...LEFT, ...(line.cause === null && TO_DO) });
  }
  mergeRuns(sheet, 1, heading.number + 1);
  mergeRuns(sheet, 2, heading.number + 1);
  return heading.number;
}

/** The tiers' names need room in the row only where they are not merged over several. */
function pathTexts({ path }: FilledLine, lines: readonly FilledLine[]): { text: string; width: number }[] {
  const below = (tier: 0 | 1) => lines.filter((line) => line.path[tier] === path[tier]).length;
  return ([0, 1] as const)
    .filter((tier) => below(tier) === 1)
    .map((tier) => ({ text: path[tier], width: WIDTHS[tier]! }));
}

function writeActual(row: Row, line: FilledLine): void {
  const cell = row.getCell(5);
  if (line.actual === null) writeText(cell, printActual(line), TO_DO);
  else if (line.operator === 'label') writeText(cell, line.actual);
  else writeNumber(cell, line.actual, unitStandsBefore(line.unit) ? { before: line.unit } : { after: line.unit });
}

function sourceOf({ source, numerator, denominator }: FilledLine): string {
  if (source.kind === 'reported') return source.label;
  if (!source.parts || numerator === null || denominator === null) return '业务台账';
  const { parts } = source;
  return `业务台账：${parts.numerator} ${numerator} ÷ ${parts.denominator} ${denominator}`;
}

/** The cause, or what is still to be written there. */
function causeOf({ cause, causeRequired, note }: FilledLine): string {
  if (cause !== null) return cause;
  if (causeRequired) return `${causeRequired.zh}，须填写原因和改进措施。`;
  return note?.zh ?? '';
}

function drawTotal(sheet: Worksheet, form: FilledForm): void {
  const remark = form.incompleteBecause
    ? `已计分各项的分值共 ${form.scoredWeight}。${form.incompleteBecause.zh}`
    : `评价等级：${form.grade?.label ?? ''}`;
  const row = nextRow(sheet, heightFor([{ text: remark, width: WIDTHS.slice(7).reduce((a, b) => a + b, 0) }], 2));
  for (let column = 1; column <= LAST; column++) writeText(row.getCell(column), '', HEADING);
  writeText(row.getCell(1), '总分', HEADING);
  merge(row, 1, 5);
  writeNumber(row.getCell(6), form.totalWeight, {}, HEADING);
  writeNumber(row.getCell(7), form.total, {}, HEADING);
  writeText(row.getCell(8), remark, { ...LEFT, ...(form.complete ? HEADING : TO_DO) });
  merge(row, 8, LAST);
}

function drawFoot(sheet: Worksheet): void {
  const row = nextRow(sheet, 26);
  const places = [
    { text: '填表人：', from: 1, to: 3 },
    { text: '填报日期：', from: 4, to: 5 },
    { text: '联系电话：', from: 6, to: 9 },
    { text: '单位负责人签字：', from: 10, to: 10 },
  ];
  for (const { text, from, to } of places) {
    writeText(row.getCell(from), text, BARE);
    merge(row, from, to);
  }
}
