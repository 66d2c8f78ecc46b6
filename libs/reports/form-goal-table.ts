import type { Worksheet } from 'exceljs';
import type { FilledForm, FilledTask } from '../assessment/filled-form';
import { frame, writeOver } from './form-budget-table';
import { spread, widthOf, type FormColumn } from './form-grid';
import {
  heightFor,
  LEFT,
  merge,
  mergeRuns,
  nextRow,
  STRONG,
  TO_DO,
  writeLong,
  writeText,
  type CellLook,
} from './sheet-cells';

const DUTY_WIDTH = 28;
const TASK_WIDTH = 22;

/** 年度总体目标: what was meant, and what came of it. */
export function drawGoal(sheet: Worksheet, { goal, stage }: FilledForm, columns: readonly FormColumn[]): void {
  if (!goal) return;
  const [left, right] = spread(columns, { from: 2, to: columns.length }, 2);
  const sides = [
    { title: stage === 'half' ? '半年目标' : '预期目标', text: goal.expected, span: left! },
    { title: '实际完成情况', text: goal.achieved, span: right! },
  ];
  const heading = nextRow(sheet, 22);
  const row = nextRow(
    sheet,
    heightFor(
      sides.map(({ text, span }) => ({ text, width: widthOf(columns, span) })),
      3,
    ),
  );
  for (const each of [heading, row]) {
    frame(each, columns.length);
    writeText(each.getCell(1), stage === 'half' ? '总体目标' : '年度总体目标', STRONG);
  }
  for (const { title, text, span } of sides) {
    writeOver(heading, span, title, STRONG);
    writeOver(row, span, text, LEFT);
  }
  mergeRuns(sheet, 1, heading.number);
}

/** 年度重点任务: each under the duty that it belongs to. */
export function drawTasks(sheet: Worksheet, { tasks }: FilledForm, columns: readonly FormColumn[]): void {
  if (tasks.length === 0) return;
  const duty = { from: 1, to: columnsFor(columns, 1, DUTY_WIDTH) };
  const task = { from: duty.to + 1, to: columnsFor(columns, duty.to + 1, TASK_WIDTH) };
  const completion = { from: task.to + 1, to: columns.length };
  const heading = nextRow(sheet, 24);
  frame(heading, columns.length);
  writeOver(heading, duty, '主要职责', STRONG);
  writeOver(heading, task, '任务名称', STRONG);
  writeOver(heading, completion, '完成情况', STRONG);
  const first = heading.number + 1;
  for (const each of tasks) {
    const alone = tasks.filter((other) => other.duty === each.duty).length;
    const row = nextRow(
      sheet,
      heightFor([
        { text: each.task, width: widthOf(columns, task) },
        { text: each.completion ?? '', width: widthOf(columns, completion) },
        { text: each.duty.slice(0, Math.ceil(each.duty.length / alone)), width: widthOf(columns, duty) },
      ]),
    );
    frame(row, columns.length);
    writeText(row.getCell(1), each.duty);
    writeOver(row, task, each.task, LEFT);
    writeLong(row.getCell(completion.from), each.completion ?? '未填', widthOf(columns, completion), look(each));
    merge(row, completion.from, completion.to);
  }
  for (let top = 0, at = 1; at <= tasks.length; at += 1) {
    if (at < tasks.length && tasks[at]!.duty === tasks[top]!.duty) continue;
    if (at - 1 > top || duty.to > duty.from) sheet.mergeCells(first + top, duty.from, first + at - 1, duty.to);
    top = at;
  }
}

/** The last of the columns that are wide enough together. */
function columnsFor(columns: readonly FormColumn[], from: number, width: number): number {
  let to = from;
  while (to < columns.length && widthOf(columns, { from, to }) < width) to += 1;
  return to;
}

/** What is told from the figures may lack one. */
function look({ completion, typed }: FilledTask): CellLook {
  if (completion === null) return TO_DO;
  return !typed && completion.includes('无记录') ? { ...LEFT, ...TO_DO } : LEFT;
}
