import { decimal, round, type Decimal } from '../../core/decimal';
import type { Cell, ReportDocument, Table } from '../document';
import type { Finding } from '../finding';
import { inUnitOf, scaleOf } from '../found-number';
import { say } from '../say';

const AVERAGE = /(?:平均|人均|户均|次均|单价|均价|单位成本|每[\u4e00-\u9fa5]|均(?:[（(]|$))/;
const PRICE = /(?:单价|标准|均价|每[\u4e00-\u9fa5])/;
const NO_PART = /(?:率|占|比重|偏差|同比|增|得分|分值|序号|年份)/;

/** Columns that are the quotient or the product of two others, as most of their rows show. */
export function tableProducts({ tables }: ReportDocument): Finding[] {
  return tables.flatMap((table) =>
    table.head.flatMap((head, column) => {
      if (NO_PART.test(head)) return [];
      if (AVERAGE.test(head) && !PRICE.test(head)) return held(table, column, (one, other) => one.div(other));
      const price = table.head.findIndex((name) => PRICE.test(name));
      return price >= 0 && price !== column && /(?:元|额|费|款|支出)/.test(head)
        ? held(table, column, (one, other) => one.times(other), price)
        : [];
    }),
  );
}

/** The two columns that the others are reckoned from: two rows at least and two in three agree. */
function held(
  table: Table,
  column: number,
  reckon: (one: Decimal, other: Decimal) => Decimal,
  second?: number,
): Finding[] {
  const parts = table.head.flatMap((head, at) =>
    at === column || NO_PART.test(head) || AVERAGE.test(head) ? [] : [at],
  );
  let best:
    { fits: readonly (readonly Cell[])[]; rows: readonly (readonly Cell[])[]; ways: [number, number] } | undefined;
  for (const one of parts) {
    for (const other of second === undefined ? parts : [second]) {
      if (one === other) continue;
      const rows = table.rows.filter(
        (row) => [one, other, column].every((at) => row[at]?.number) && !decimal(row[other]!.number!.value).isZero(),
      );
      const fits = rows.filter((row) => agrees(row, column, reckonedOf(row, [one, other], column, reckon)));
      if (fits.length >= 2 && fits.length * 3 >= rows.length * 2 && fits.length > (best?.fits.length ?? 0))
        best = { fits, rows, ways: [one, other] };
    }
  }
  if (!best) return [];
  const { fits, rows, ways } = best;
  return rows
    .filter((row) => !fits.includes(row))
    .map((row) => tell(row, column, ways, reckonedOf(row, ways, column, reckon)));
}

/** In the base unit of its column; an average of a scale that is printed, as 万次/条, in that. */
function reckonedOf(
  row: readonly Cell[],
  [one, other]: readonly [number, number],
  column: number,
  reckon: (one: Decimal, other: Decimal) => Decimal,
): Decimal {
  const [a, b] = [row[one]!.number!, row[other]!.number!];
  const exact = reckon(decimal(a.value), decimal(b.value));
  return row[column]!.number!.kind === 'bare' ? exact.div(decimal(scaleOf(a))) : exact;
}

function agrees(row: readonly Cell[], column: number, exact: Decimal): boolean {
  const number = row[column]!.number!;
  const scale = decimal(scaleOf(number));
  return decimal(round(exact.div(scale), number.decimals)).eq(decimal(number.value).div(scale));
}

function tell(row: readonly Cell[], column: number, [one, other]: readonly [number, number], exact: Decimal): Finding {
  const number = row[column]!.number!;
  const scale = decimal(scaleOf(number));
  const right = inUnitOf(
    decimal(round(exact.div(scale), number.decimals))
      .times(scale)
      .toFixed(),
    number,
  );
  const from = [row[one]!.number!, row[other]!.number!];
  const told = from.map(({ text }) => text).join('、');
  const tens = decimal(number.value).isZero() ? undefined : exact.div(decimal(number.value));
  const shifted = tens !== undefined && ['10', '100', '0.1', '0.01'].some((factor) => tens.eq(decimal(factor)));
  return say(
    shifted ? 'conversion' : 'wrong-rate',
    number,
    {
      zh: `按同列其他各行的算法，由${told}得${right}，不是${number.text}。`,
      en: `As the other rows of the column are reckoned, ${told} give ${right}, not ${number.text}.`,
    },
    { related: from, expected: right, cell: row[column] },
  );
}
