import { decimal, type Decimal } from '../../core/decimal';
import type { Cell, ReportDocument, Table } from '../document';
import type { Finding } from '../finding';
import { inUnitOf, type FoundNumber } from '../found-number';
import { carriedOver } from '../results';
import { say } from '../say';

const TOTAL =
  /^(?:合计|总计|共计|总额|全省合计|全市合计|全年合计|总数|总分|预算总金额|支出合计|收入合计|本年支出合计|本年收入合计|[一二三四五六七八九十]+、合计)$|^(?:.{0,8}(?:合计|总计|总金额|总额))$/;
const SUBTOTAL = /(?:小计|基本支出|项目支出|其中|^（[一二三四五六七八九十]）|^[（(]\d+[)）])/;
const NO_SUM =
  /(?:率|占比|比重|比例|平均|人均|单价|标准|序号|编码|偏差|同比|增幅|增长|得分率|年份|目标值|指标值|完成值|期末|库容)/;
const SHARE = /占比|比重|构成|^占(?!.*(?:目标|进度|预算))/;
/** Of a form the total takes in the points of the budget above its lines. */
const POINTS = /^(?:分值|权重|得分|自评得分)$/;
const SUM_COLUMN = /^(?:合计|总计|小计|共计|总数|全年|全年合计|年度合计|全年数)(?:[（(].*[)）])?$/;

/** Totals of tables: the rows of a column, the columns of a row, and columns that add to another. */
export function tableSums(document: ReportDocument): Finding[] {
  return document.tables.flatMap((table) => [...byColumns(document, table), ...byRows(table), ...byEquation(table)]);
}

const nameOf = (row: readonly Cell[]): string =>
  (row.find(({ text, number }) => text !== '' && !number && !/^\d+$/.test(text))?.text ?? '').replace(/\s/g, '');

function byColumns({ tables }: ReportDocument, table: Table): Finding[] {
  const findings: Finding[] = [];
  const hasSubtotals = table.rows.some((row) => SUBTOTAL.test(nameOf(row)));
  table.rows.forEach((row, at) => {
    if (!row.some(({ text, number }) => !number && TOTAL.test(text.replace(/\s/g, '')))) return;
    const above = partsAbove(table, at);
    const below = partsBelow(table, at);
    const sides = [above, below].filter((rows) => rows.length >= 2);
    table.head.forEach((head, column) => {
      const total = row[column]?.number;
      if (!total || total.kind === 'rate' ? !SHARE.test(head) : NO_SUM.test(head)) return;
      if (!total || (total.kind === 'bare' && /年/.test(head))) return;
      const own = sides.flatMap((rows) => groupings(rows, column)).filter((parts) => parts.length >= 2);
      const carried = POINTS.test(head.replace(/\s/g, '')) ? carriedOver(tables, table, column) : [];
      const options = carried.length > 0 ? [...own.map((parts) => [...carried, ...parts]), ...own] : own;
      if (options.length === 0 || options.some((parts) => agrees(total, parts))) return;
      const parts = nearest(total, options);
      if (!isPlausible(total, parts, table, column, hasSubtotals)) return;
      findings.push(finding(total, parts, row[column]!));
    });
  });
  return findings;
}

function partsAbove(table: Table, at: number): readonly (readonly Cell[])[] {
  let first = at;
  while (first > 0 && !TOTAL.test(nameOf(table.rows[first - 1]!))) first--;
  return table.rows.slice(first, at);
}

function partsBelow(table: Table, at: number): readonly (readonly Cell[])[] {
  if (at > 0 && partsAbove(table, at).length >= 2) return [];
  let last = at + 1;
  while (last < table.rows.length && !TOTAL.test(nameOf(table.rows[last]!))) last++;
  return table.rows.slice(at + 1, last);
}

/** The parts that a total may have: all rows, those without sub-items, the sub-totals, the lowest rows. */
function groupings(rows: readonly (readonly Cell[])[], column: number): FoundNumber[][] {
  const pick = (some: readonly (readonly Cell[])[]): FoundNumber[] => some.flatMap((row) => row[column]?.number ?? []);
  const inner = (row: readonly Cell[]): boolean =>
    /^(?:其中|\s*(?:—|-|·))/.test(row.find(({ text }) => text !== '')?.text ?? '');
  const sub = (row: readonly Cell[]): boolean => SUBTOTAL.test(nameOf(row));
  const outer = rows.filter((row) => !inner(row));
  const groups = [rows, outer, rows.filter(sub), rows.filter((row) => !sub(row)), outer.filter((row) => !sub(row))];
  return groups
    .map(pick)
    .filter(
      (parts, index, all) =>
        parts.length > 0 && all.findIndex((one) => one.length === parts.length && one[0] === parts[0]) === index,
    );
}

function sumOf(parts: readonly FoundNumber[]): Decimal {
  return parts.reduce((sum, { value }) => sum.plus(decimal(value)), decimal('0'));
}

function agrees(total: FoundNumber, parts: readonly FoundNumber[]): boolean {
  const off = sumOf(parts).minus(decimal(total.value)).abs();
  if (off.isZero()) return true;
  if (total.kind === 'rate') return off.lte(decimal(total.step).times(parts.length).div(2));
  const rough = [total, ...parts].filter((one) => one.rough || (one.kind === 'count' && decimal(one.step).gt(1)));
  return rough.length > 0 && off.lte(rough.reduce((sum, { step }) => sum.plus(decimal(step).div(2)), decimal('0')));
}

function nearest(total: FoundNumber, options: readonly FoundNumber[][]): FoundNumber[] {
  const off = (parts: readonly FoundNumber[]): Decimal => sumOf(parts).minus(decimal(total.value)).abs();
  return options.reduce((best, one) => (off(one).lt(off(best)) ? one : best));
}

/** Not far off, or the table is so plain that nothing else can be meant. */
function isPlausible(
  total: FoundNumber,
  parts: readonly FoundNumber[],
  table: Table,
  column: number,
  hasSubtotals: boolean,
): boolean {
  if (decimal(total.value).isZero()) return false;
  const share = sumOf(parts).minus(decimal(total.value)).abs().div(decimal(total.value).abs());
  const full = table.rows.every((row) => row[column]?.number !== undefined);
  return share.lte(decimal('0.12')) || (full && share.lte(decimal('0.5')) && !hasSubtotals);
}

function finding(total: FoundNumber, parts: readonly FoundNumber[], cell: Cell): Finding {
  const sum = sumOf(parts).toFixed();
  const right = inUnitOf(sum, total);
  const told = parts.length > 6 ? `${parts.length} 行之和` : parts.map(({ text }) => text).join(' + ');
  const toldEn = parts.length > 6 ? `The sum of ${parts.length} rows` : parts.map(({ text }) => text).join(' + ');
  return say(
    'sum',
    total,
    {
      zh: `${told} = ${right}，与${total.text}相差 ${inUnitOf(decimal(sum).minus(decimal(total.value)).abs().toFixed(), total)}。`,
      en: `${toldEn} = ${right}, not ${total.text}.`,
    },
    { related: parts.slice(0, 20), expected: right, cell },
  );
}

/** A column 合计 of the columns beside it. */
function byRows(table: Table): Finding[] {
  const findings: Finding[] = [];
  table.head.forEach((head, column) => {
    if (!SUM_COLUMN.test(head.replace(/\s/g, ''))) return;
    const unit = (row: readonly Cell[]): string => row[column]!.number!.unit;
    const sides: ((row: readonly Cell[]) => FoundNumber[])[] = [
      (row) =>
        row
          .slice(column + 1)
          .flatMap(({ number, column: own }) =>
            number && number.unit === unit(row) && !NO_SUM.test(table.head[own]!) ? [number] : [],
          ),
      (row) =>
        row
          .slice(0, column)
          .flatMap(({ number, column: own }) =>
            number && number.unit === unit(row) && !NO_SUM.test(table.head[own]!) ? [number] : [],
          ),
    ];
    const rows = table.rows.filter((row) => row[column]?.number && row[column].number!.kind !== 'rate');
    for (const side of sides) {
      const whole = rows.filter((row) => side(row).length >= 2);
      const right = whole.filter((row) => agrees(row[column]!.number!, side(row)));
      if (whole.length < 2 || right.length * 2 <= whole.length) continue;
      for (const row of whole) {
        if (!right.includes(row)) findings.push(finding(row[column]!.number!, side(row), row[column]!));
      }
    }
  });
  return findings;
}

/** 年初 + 追加 = 调整, 本年 − 上年 = 增减: an equation of three columns that all rows but a few obey. */
function byEquation(table: Table): Finding[] {
  const columns = table.head.flatMap((head, index) =>
    NO_SUM.test(head) || SUM_COLUMN.test(head) || /分值|得分|目标/.test(head) ? [] : [index],
  );
  if (columns.length < 3 || columns.length > 12) return [];
  const findings: Finding[] = [];
  for (const total of columns) {
    for (const one of columns) {
      for (const other of columns) {
        if (one >= other || total === one || total === other) continue;
        const rows = table.rows.filter((row) =>
          [total, one].every((at) => row[at]?.number && row[at].number!.kind !== 'rate'),
        );
        const usable = rows.filter(
          (row) =>
            row[other]?.number &&
            row[one]!.number!.unit === row[total]!.number!.unit &&
            row[other].number!.unit === row[total]!.number!.unit,
        );
        const nontrivial = usable.filter((row) => row[other]!.number!.value !== '0' && row[one]!.number!.value !== '0');
        const right = nontrivial.filter((row) => agrees(row[total]!.number!, [row[one]!.number!, row[other]!.number!]));
        const named =
          /(?:调整|合计|总|期末|年末)/.test(table.head[total]!) && /(?:年初|期初|原)/.test(table.head[one]!);
        if (right.length < (named ? 1 : 3) || right.length * 3 < nontrivial.length * 2) continue;
        for (const row of nontrivial) {
          if (right.includes(row)) continue;
          const parts = [row[one]!.number!, row[other]!.number!];
          if (/[.](?:\d{8,})/.test(row[total]!.text)) continue;
          findings.push(finding(row[total]!.number!, parts, row[total]!));
        }
      }
    }
  }
  return findings;
}
