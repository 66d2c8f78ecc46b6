import type { Line, Span } from './document';

/** A cell of a table that came with one cell a line: the line is its first. */
export type LinedSpan = Span & { readonly line: number };

export interface StackedBody {
  /** How badly the cells fit under the names of the columns. */
  readonly cost: number;
  readonly rows: readonly (readonly LinedSpan[])[];
}

const UNIT =
  '[万亿]?(?:元|人次|人份|人|例|份|个|次|场|单位|台|项|分|吨|户|篇|家|治疗量|支|期|名|天|小时|件|条|所|批|辆)';
const NUMERIC = new RegExp(
  `^(?:[≥≤＝=<>]{0,2}\\s?)?(?:万分之)?[-+]?[\\d０-９][\\d０-９,.，．]*\\s?(?:%|％|‰|${UNIT})?$`,
);
const COUNTED = /^[≥≤＝=<>]{0,2}[-+]?\d[\d.,]*\D{0,3}$/;
const UNIT_ALONE = new RegExp(`^(?:%|％|‰|${UNIT})$`);
const NUMBER_HEAD =
  /(?:数|值|额|率|占比|比重|分值|得分|偏差|执行|增长|增减|人次|例|份|%|％|元|合计|本年|上年|目标|情况|同比|权重|实际|调整|追加|量|单价|标本|(?:19|20)\d{2}年(?:度|[上下]半年|末)?$|[（(](?:人|例|份|次|场|元|万元|单位|治疗量|吨|%|篇|户)[)）]$)/;
const TEXT_HEAD =
  /(?:名称|项目|类别|来源|原因|措施|备注|阶段|环节|地区|市州|机构|科室|任务|单位|内容|指标|月份|年份|季度|日期|项)$/;
const EITHER_HEAD = /(?:目标|指标值|完成值|完成情况|实际)/;
const OFTEN_EMPTY = /(?:原因|措施|备注|说明)/;
const MERGED = /(?:一级|二级|类别|重点工作)/;
/** A page's number that stands as bare as a cell does. */
const BARE = /^[1-9]\d{0,2}$/;
/** What stands over several rows, in a row by itself. */
export const HEADING = /^[一二三四五六七八九十]+、|^[（(][一二三四五六七八九十]+[)）]/;
const OVER_ROWS = 0.2;
/** Has neither names nor targets beside it. */
const TOTAL = /^(?:合计|总计|小计|总分|总得分|全[省市州县区]合计)$/;
const BESIDE_TOTAL = 0.1;
const RATE_HEAD = /(?:率|^占|占比|比重|比例)[^%％（(]*$/;
const DROPPED = 1.1;
const NEW_ROW = 0.05;

export function isNumeric(text: string): boolean {
  return NUMERIC.test(text.trim());
}

/**
 * The cheapest way to lay lines into rows from left to right, cells that came empty being left out, and a line that
 * goes on with the cell of the line before put to it.
 */
export function layRows(head: readonly string[], body: readonly Line[]): StackedBody | undefined {
  const first = lay(head, body);
  if (!first?.rows.some((row) => row.some(isWrapped))) return first;
  // What was put together tells how long the lines of a column are.
  const lengths = head.map((_, column) =>
    Math.max(0, ...first.rows.flatMap((row) => (row[column] ? row[column].lines.slice(0, -1).map(lengthOf) : []))),
  );
  return lay(head, body, lengths) ?? first;
}

interface GrownSpan extends LinedSpan {
  readonly lines: readonly string[];
}

function isWrapped({ lines }: GrownSpan): boolean {
  return lines.length > 1;
}

type Step = 'on' | 'row' | 'wrap' | 'drop';

function lay(
  head: readonly string[],
  body: readonly Line[],
  lengths?: readonly number[],
): { readonly cost: number; readonly rows: GrownSpan[][] } | undefined {
  const width = head.length;
  const skip = head.map(skipCost);
  // Left out from the first to before the second.
  const skips = Array.from({ length: width + 1 }, (_, from) => {
    let sum = 0;
    return Array.from({ length: width + 1 }, (__, to) => (to > from ? (sum += skip[to - 1]!) : 0));
  });
  const texts = body.map(({ text }) => text.trim());
  const misfits = texts.map((text) => head.map((name) => misfit(name, text)));
  let costs = Array.from(
    { length: width },
    (_, column) => (column < 3 ? skips[0]![column]! : 99) + (misfits[0]?.[column] ?? 99),
  );
  const from: { column: number; step: Step }[][] = [[]];
  for (let at = 1; at < body.length; at++) {
    const next = Array.from({ length: width }, () => Infinity);
    const via: { column: number; step: Step }[] = [];
    const rest = (column: number): number => restOf(texts[at - 1]!, skips[column + 1]![width]!);
    const isBehindTotal = TOTAL.test(texts[at - 1]!);
    const onward = (before: number, column: number): number => {
      if (!isBehindTotal) return skips[before + 1]![column]!;
      const passed = head.slice(before + 1, column);
      return (
        passed.reduce((sum, name, index) => sum + (isOfLines(name) ? BESIDE_TOTAL : skip[before + 1 + index]!), 0) +
        (isOfLines(head[column]!) ? 0.5 : 0)
      );
    };
    const take = (cost: number, column: number, before: number, step: Step): void => {
      if (cost >= next[column]!) return;
      next[column] = cost;
      via[column] = { column: before, step };
    };
    for (let column = 0; column < width; column++) {
      const unfit = misfits[at]![column]!;
      for (let before = 0; before < width; before++) {
        if (before < column) take(costs[before]! + onward(before, column) + unfit, column, before, 'on');
        take(costs[before]! + rest(before) + skips[0]![column]! + NEW_ROW + unfit, column, before, 'row');
      }
      take(
        costs[column]! + wrapCost(head[column]!, texts[at - 1]!, texts[at]!, lengths?.[column]),
        column,
        column,
        'wrap',
      );
      if (BARE.test(texts[at]!)) take(costs[column]! + DROPPED, column, column, 'drop');
    }
    costs = next;
    from.push(via);
  }
  const ends = costs.map((cost, column) => cost + skips[column + 1]![width]!);
  const cost = Math.min(...ends);
  if (body.length === 0 || !Number.isFinite(cost)) return undefined;
  return { cost, rows: rowsOf(body, from, ends.indexOf(cost)) };
}

function rowsOf(
  body: readonly Line[],
  from: readonly (readonly { readonly column: number; readonly step: Step }[])[],
  end: number,
): GrownSpan[][] {
  const way: { column: number; step: Step }[] = [];
  for (let at = body.length - 1, column = end; at >= 0; at--) {
    const via = from[at]?.[column];
    way[at] = { column, step: via?.step ?? 'row' };
    column = via?.column ?? 0;
  }
  const rows: GrownSpan[][] = [];
  body.forEach((line, at) => {
    const { column, step } = way[at]!;
    if (step === 'drop') return;
    if (step === 'row') rows.push([]);
    const row = rows[rows.length - 1]!;
    const cell = { ...asCell(line), lines: [line.text.trim()] };
    if (step === 'wrap') {
      row[column] = together(row[column]!, cell);
      return;
    }
    while (row.length < column) row.push({ ...cell, end: cell.start, text: '', lines: [] });
    row.push(cell);
  });
  return rows;
}

export function asCell({ text, start, index }: Line): LinedSpan {
  const cell = text.trim();
  const from = start + text.indexOf(cell);
  return { start: from, end: from + cell.length, text: cell, line: index };
}

/** A number keeps the place of its unit; a name is read without the end of its line. */
function together(one: GrownSpan, other: GrownSpan): GrownSpan {
  const between = isNumeric(one.text) ? ' '.repeat(other.start - one.end) : '';
  return { ...one, end: other.end, text: one.text + between + other.text, lines: [...one.lines, ...other.lines] };
}

/** What only lines have, and their total has not. */
function isOfLines(name: string): boolean {
  return EITHER_HEAD.test(name) || (TEXT_HEAD.test(name) && !/(?:分值|数|率)$/.test(name)) || /地点|时间/.test(name);
}

function restOf(last: string, skipped: number): number {
  return HEADING.test(last) ? Math.min(OVER_ROWS, skipped) : skipped;
}

function skipCost(name: string): number {
  if (OFTEN_EMPTY.test(name)) return 0.1;
  if (MERGED.test(name)) return 0.3;
  if (/(?:追加|增减|序号|得分)/.test(name)) return 0.8;
  return TEXT_HEAD.test(name) ? 2 : 1.2;
}

function misfit(name: string, text: string): number {
  const number = isNumeric(text) || /^[—\-/无]$/.test(text);
  if (/序号/.test(name)) return /^\d{1,3}$/.test(text) ? 0 : 3;
  if (OFTEN_EMPTY.test(name)) return isNumeric(text) ? 3 : unlikeCause(text);
  if (TEXT_HEAD.test(name) && !/(?:分值|数|率)$/.test(name)) return number ? 3 : 0;
  if (!NUMBER_HEAD.test(name)) return 0.5;
  if (number) return RATE_HEAD.test(name) && /^[\d.,]+$/.test(text) ? 0.5 : 0;
  return EITHER_HEAD.test(name) && text.length <= 8 ? 0.3 : 2;
}

function unlikeCause(text: string): number {
  if (/^[—\-/无]$/.test(text)) return 0;
  if (text.length < 6) return 0.2;
  return /[，、；。因未受由已按将较超]/.test(text) ? 0 : 0.1;
}

/** Lines of one cell are as long as each other, but for the last. */
function wrapCost(name: string, before: string, text: string, length: number | undefined): number {
  if (isNumeric(before)) return UNIT_ALONE.test(text) ? 0.6 : 3;
  if (COUNTED.test(text) || COUNTED.test(before)) return 3;
  if (NUMBER_HEAD.test(name) && !TEXT_HEAD.test(name)) return 2;
  if (length !== undefined) return lengthOf(before) >= length - 1.5 && lengthOf(text) <= length + 1 ? 0.2 : 1.2;
  if (/[，、（(]$/.test(before) || /^[，、。；）)]/.test(text)) return 0.1;
  return lengthOf(before) >= 3.5 && lengthOf(text) <= lengthOf(before) + 1 ? 0.25 : 1.2;
}

/** In letters as wide as a Chinese one. */
function lengthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (/[\x20-\x7e]/.test(letter) ? 0.5 : 1), 0);
}
