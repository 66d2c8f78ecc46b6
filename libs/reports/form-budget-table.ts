import type { Row, Worksheet } from 'exceljs';
import type { FilledBudgetRow, FilledForm } from '../assessment/filled-form';
import type { BudgetColumn } from '../assessment/forms';
import { spread, widthOf, type FormColumn, type Span } from './form-grid';
import { writeAmount } from './form-lines-table';
import { heightFor, LEFT, merge, mergeRuns, nextRow, STRONG, TO_DO, writeNumber, writeText } from './sheet-cells';

/** The head of the form: the budget by rows, laid over the columns of the lines' table. */
export function drawBudget(sheet: Worksheet, form: FilledForm, columns: readonly FormColumn[]): void {
  const { budgetTable, budget } = form;
  if (!budgetTable) return;
  const amounts = budgetTable.columns.filter(
    ({ key }) => form.stage === 'year' || (key !== 'weight' && key !== 'score'),
  );
  const names = Math.max(1, Math.min(form.tiers.length, columns.length - amounts.length));
  const caption = names > 1;
  const grouped = names > 2 && budget.some(({ group }) => group !== null);
  const label: Span = { from: caption ? 2 : 1, to: names };
  const cells = spread(columns, { from: names + 1, to: columns.length }, amounts.length);
  const heading = nextRow(
    sheet,
    heightFor(
      amounts.map(({ heading: text }, at) => ({ text, width: widthOf(columns, cells[at]!) })),
      2,
    ),
  );
  frame(heading, columns.length);
  if (caption) writeText(heading.getCell(1), budgetTable.title, STRONG);
  writeOver(heading, label, '资金类别', STRONG);
  amounts.forEach((amount, at) => writeOver(heading, cells[at]!, amount.heading, STRONG));
  for (const row of budget) {
    const place = grouped && row.group !== null ? { from: 3, to: names } : label;
    const name = nameOf(row, place !== label);
    const drawn = nextRow(sheet, heightFor([{ text: name, width: widthOf(columns, place) }]));
    frame(drawn, columns.length);
    if (caption) writeText(drawn.getCell(1), budgetTable.title, STRONG);
    if (place !== label) writeText(drawn.getCell(2), row.group ?? '');
    writeOver(drawn, place, name, row.partOf === null || place !== label ? {} : LEFT);
    amounts.forEach(({ key }, at) => writeBudgetCell(drawn, cells[at]!, key, row));
  }
  if (caption) mergeRuns(sheet, 1, heading.number);
  if (grouped) mergeRuns(sheet, 2, heading.number + 2);
}

/** Outside of a group a part is told by being set in. */
function nameOf({ name, partOf, own }: FilledBudgetRow, inGroup: boolean): string {
  if (inGroup || partOf === null) return name;
  return `${own ? '　　' : '　'}${name}`;
}

function writeBudgetCell(row: Row, span: Span, key: BudgetColumn, budget: FilledBudgetRow): void {
  switch (key) {
    case 'rate':
      if (budget.rate !== null) writeNumber(row.getCell(span.from), budget.rate.slice(0, -1), { after: '%' });
      else
        writeText(
          row.getCell(span.from),
          budget.state === 'not_applicable' ? '不适用' : '未填',
          budget.state === 'missing' ? TO_DO : {},
        );
      break;
    case 'weight':
      writeAmount(row, span.from, budget.weight, '—');
      break;
    case 'score':
      writeAmount(row, span.from, budget.score, budget.weight === null ? '—' : '未计分');
      break;
    // Most rows have no adjustment, and none is written where there was none.
    case 'adjustment':
      writeAmount(row, span.from, budget.adjustment, '—');
      break;
    default:
      writeAmount(row, span.from, budget[key], '未填');
  }
  merge(row, span.from, span.to);
}

export function writeOver(row: Row, { from, to }: Span, text: string, look = {}): void {
  writeText(row.getCell(from), text, look);
  merge(row, from, to);
}

/** Borders for every cell of a row, also for those that become one. */
export function frame(row: Row, columns: number): void {
  for (let column = 1; column <= columns; column += 1) writeText(row.getCell(column), '');
}
