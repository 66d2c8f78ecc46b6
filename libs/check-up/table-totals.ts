import { decimal, type Decimal } from '../core/decimal';
import type { Cell, Table } from './document';

const TOTAL = /^(?:合计|总计|共计|小计|总额|全省合计|全市合计|全年合计|总收入|总支出)$|(?:合计|总计|总额|总金额)$/;

interface TableTotals {
  readonly total: readonly Cell[] | undefined;
  readonly lines: readonly (readonly Cell[])[];
  readonly sums: Map<number, Decimal>;
}

/** Kept as long as the table is: each of its rows asks for them. */
const TOTALS = new WeakMap<Table, TableTotals>();

export function isTotal(row: readonly Cell[]): boolean {
  return row.some(({ text }) => TOTAL.test(text.replace(/\s/g, '')));
}

/** The first row that is one. */
export function totalRow(table: Table): readonly Cell[] | undefined {
  return totalsOf(table).total;
}

/** What a column's rows add up to, but for those that are totals themselves. */
export function sumOfColumn(table: Table, column: number): Decimal {
  const { lines, sums } = totalsOf(table);
  const known = sums.get(column);
  if (known) return known;
  const sum = lines.reduce<Decimal>((all, row) => all.plus(decimal(row[column]?.number?.value ?? '0')), decimal('0'));
  sums.set(column, sum);
  return sum;
}

function totalsOf(table: Table): TableTotals {
  const known = TOTALS.get(table);
  if (known) return known;
  const made = { total: table.rows.find(isTotal), lines: table.rows.filter((row) => !isTotal(row)), sums: new Map() };
  TOTALS.set(table, made);
  return made;
}
