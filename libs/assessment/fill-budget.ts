import { decimal, isDecimal, plain, round, type Decimal, type DecimalString } from '../core/decimal';
import { DomainError, type Sentence } from '../core/domain-error';
import type { BudgetFigures, FilledBudgetRow, Stage } from './filled-form';
import type { BudgetRow, BudgetTable } from './forms';
import type { RulePack } from './rule-packs';
import { scoreBudgetExecution } from './scoring';

export class BudgetFigureNotReadable extends DomainError {
  constructor(row: string, text: string) {
    super(
      'budget_figure_not_readable',
      {
        zh: `预算表“${row}”中的“${text}”应为以万元计、不带单位的数值，如 130.5。`,
        en: `"${text}" in the budget row "${row}" must be a number of 万元 without its unit, such as 130.5.`,
      },
      { field: `budget:${row}` },
    );
  }
}

export class BudgetRowUnknown extends DomainError {
  constructor(code: string) {
    super(
      'budget_row_unknown',
      {
        zh: `预算表没有“${code}”这一行；自行增加的行须填写名称，且表式允许增加。`,
        en: `The budget table has no row "${code}"; a row of the office's own needs a name, and a form that takes one.`,
      },
      { field: `budget:${code}` },
    );
  }
}

const NOT_TYPED_IN: Sentence = {
  zh: '预算数或执行数未填。',
  en: 'The budget or the executed amount has not been entered.',
};
const NOT_FILLED: Sentence = {
  zh: '预算数或执行数未填',
  en: 'the budget or the executed amount has not been entered',
};
const ZERO_BUDGET: Sentence = {
  zh: '全年预算数为 0，执行率不适用，不能计分，请核对。',
  en: 'The full-year budget is 0: there is no rate and no score; check it.',
};

export const BASIS_NAMES = { adjusted: '全年预算数（调整后）', initial: '年初预算数' } as const;
const AMOUNTS = ['initial', 'adjustment', 'adjusted', 'executed'] as const;
const AMOUNT_NAMES: Record<Amount, string> = {
  initial: '年初预算数',
  adjustment: '追加追减数',
  adjusted: '调整预算数',
  executed: '执行数',
};
/** 万元 to the cent. */
const MOST_DECIMALS = 6;

type Amount = (typeof AMOUNTS)[number];
type Amounts = { -readonly [Key in Amount]: DecimalString | null };
type Row = BudgetRow & { readonly own: boolean; readonly amounts: Amounts; readonly cause: string | null };

/**
 * The budget table: totals that were left out are the sums of their parts, those that were given are held against them.
 * @throws {BudgetFigureNotReadable}
 * @throws {BudgetRowUnknown}
 */
export function fillBudget(
  table: BudgetTable | null,
  pack: RulePack,
  typed: ReadonlyMap<string, BudgetFigures>,
  stage: Stage,
): FilledBudgetRow[] {
  if (table === null) {
    for (const code of typed.keys()) throw new BudgetRowUnknown(code);
    return [];
  }
  const rows = allRows(table, typed);
  for (const row of [...rows].reverse()) completeTotal(row, rows);
  return rows.map((row) => fillRow(row, rows, table, pack, stage));
}

function allRows(table: BudgetTable, typed: ReadonlyMap<string, BudgetFigures>): Row[] {
  const rows = table.rows.map((row): Row => ({ ...row, own: false, ...read(row.name, typed.get(row.code)) }));
  const known = new Set(rows.map(({ code }) => code));
  const own: Row[] = [];
  for (const [code, figures] of typed) {
    if (known.has(code)) continue;
    const name = figures.name?.trim();
    if (table.ownRows === null || !name) throw new BudgetRowUnknown(code);
    own.push({ code, group: null, name, partOf: table.ownRows, own: true, ...read(name, figures) });
  }
  rows.splice(rows.findIndex(({ code }) => code === table.ownRows) + 1, 0, ...own);
  return rows;
}

function read(name: string, figures: BudgetFigures = {}): Pick<Row, 'amounts' | 'cause'> {
  const amounts: Amounts = { initial: null, adjustment: null, adjusted: null, executed: null };
  for (const amount of AMOUNTS) {
    const text = figures[amount];
    if (text === undefined) continue;
    if (!isDecimal(text)) throw new BudgetFigureNotReadable(name, text);
    amounts[amount] = plain(text);
  }
  const { initial, adjustment } = amounts;
  if (amounts.adjusted === null && initial !== null && adjustment !== null) {
    amounts.adjusted = plain(decimal(initial).plus(decimal(adjustment)).toFixed());
  }
  return { amounts, cause: figures.cause?.trim() || null };
}

/** The groups of rows that each make up the row. */
function partsOf({ code }: Row, rows: readonly Row[]): Row[][] {
  const parts = rows.filter(({ partOf }) => partOf === code);
  return [...new Set(parts.map(({ group }) => group))].map((group) => parts.filter((part) => part.group === group));
}

function sumOf(parts: readonly Row[], amount: Amount): Decimal {
  return parts.reduce((sum, { amounts }) => sum.plus(decimal(amounts[amount] ?? '0')), decimal('0'));
}

function completeTotal(row: Row, rows: readonly Row[]): void {
  for (const parts of partsOf(row, rows)) {
    for (const amount of AMOUNTS) {
      if (row.amounts[amount] !== null || parts.some(({ amounts }) => amounts[amount] === null)) continue;
      row.amounts[amount] = plain(sumOf(parts, amount).toFixed());
    }
  }
}

function fillRow(row: Row, rows: readonly Row[], table: BudgetTable, pack: RulePack, stage: Stage): FilledBudgetRow {
  const { code, group, name, partOf, own, amounts, cause } = row;
  const weight = row.code === table.rows[0].code ? table.weight : null;
  const denominator = amounts[table.basis];
  const { executed } = amounts;
  const figures = {
    ...{ code, group, name, partOf, own, ...amounts, weight, cause },
    basis: { denominator, denominatorName: BASIS_NAMES[table.basis] },
    warnings: warningsOf(row, rows, table),
  };
  const without = { ...figures, rate: null, score: null };
  const assessed = stage === 'year' && code === table.rows[0].code;
  if (denominator === null || executed === null) {
    return { ...without, state: 'missing', note: NOT_TYPED_IN, causeRequired: assessed ? NOT_FILLED : null };
  }
  if (decimal(denominator).isZero()) {
    return { ...without, state: 'not_applicable', note: ZERO_BUDGET, causeRequired: null };
  }
  const rate = round(decimal(executed).div(decimal(denominator)).times(100), 2);
  const low =
    assessed && pack.causeWhen.includes('low_execution') && decimal(rate).lt(decimal(pack.causeBelowExecution));
  return {
    ...figures,
    state: decimal(executed).isZero() ? 'zero' : 'value',
    rate: `${rate}%`,
    score: weight === null || stage === 'half' ? null : scoreBudgetExecution(executed, denominator, weight),
    causeRequired: low ? lowExecution(pack) : null,
    note: null,
  };
}

function lowExecution({ causeBelowExecution }: RulePack): Sentence {
  return {
    zh: `预算执行率低于 ${causeBelowExecution}%`,
    en: `the budget execution is below ${causeBelowExecution}%`,
  };
}

function warningsOf(row: Row, rows: readonly Row[], table: BudgetTable): Sentence[] {
  const { amounts, name } = row;
  const { initial, adjustment, adjusted, executed } = amounts;
  const warnings: Sentence[] = [];
  for (const amount of AMOUNTS) {
    const residue = amounts[amount]?.split('.')[1]?.length ?? 0;
    if (residue > MOST_DECIMALS) warnings.push(tooManyDecimals(name, amounts[amount]!));
  }
  if (initial !== null && adjustment !== null && adjusted !== null) {
    const due = decimal(initial).plus(decimal(adjustment));
    if (!due.eq(decimal(adjusted))) warnings.push(adjustedDiffers(name, initial, adjustment, adjusted, due));
  }
  for (const parts of partsOf(row, rows)) {
    for (const amount of AMOUNTS) {
      const total = amounts[amount];
      if (total === null || parts.every((part) => part.amounts[amount] === null)) continue;
      const sum = sumOf(parts, amount);
      if (!sum.eq(decimal(total))) warnings.push(sumDiffers(row, parts, AMOUNT_NAMES[amount], total, sum));
    }
  }
  const budget = amounts[table.basis];
  if (budget !== null && executed !== null && decimal(executed).gt(decimal(budget))) {
    warnings.push({
      zh: `“${name}”的执行数 ${executed} 大于${BASIS_NAMES[table.basis]} ${budget}，请核对。`,
      en: `"${name}": executed ${executed} exceeds the budget ${budget}; check it.`,
    });
  }
  return warnings;
}

function tooManyDecimals(name: string, amount: string): Sentence {
  return {
    zh: `“${name}”的 ${amount} 小数超过 ${MOST_DECIMALS} 位，可能是软件算出的尾差，请按决算填写。`,
    en: `"${name}": ${amount} has more than ${MOST_DECIMALS} decimals, likely a program's residue; enter it as in the accounts.`,
  };
}

function adjustedDiffers(name: string, initial: string, adjustment: string, adjusted: string, due: Decimal): Sentence {
  return {
    zh: `“${name}”的调整预算数 ${adjusted} 应为 ${initial} + ${adjustment} = ${due.toFixed()}。`,
    en: `"${name}": the adjusted budget ${adjusted} should be ${initial} + ${adjustment} = ${due.toFixed()}.`,
  };
}

function sumDiffers(row: Row, parts: readonly Row[], amount: string, total: string, sum: Decimal): Sentence {
  const names = parts.length > 4 ? `${parts.length} 行` : parts.map(({ name }) => name).join('、');
  const group = parts[0]!.group ?? names;
  return {
    zh: `“${row.name}”的${amount} ${total} 与各项（${group}）之和 ${sum.toFixed()} 不一致，相差 ${decimal(total).minus(sum).toFixed()}。`,
    en: `"${row.name}": ${total} is not the sum of its parts, ${sum.toFixed()} (${amount}).`,
  };
}
