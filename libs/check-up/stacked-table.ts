import type { Line, Span } from './document';

type LinedSpan = Span & { readonly line: number };

export interface StackedRows {
  readonly firstLine: number;
  readonly cells: readonly (readonly LinedSpan[])[];
}

const HEAD_WORD =
  /(?:指标|名称|项目|类别|目标|完成|分值|得分|执行率|预算|决算|支出|执行数|偏差|原因|来源|单位|序号|占比|比重|同比|增长|数量|人数|人次|本年|上年|阶段|环节|地区|市州|机构|科室|率$|金额|数值|措施|备注|内容|任务|权重|合计|调整|追加|增减|实际)/;
const NUMERIC =
  /^(?:[≥≤＝=<>]{0,2}\s?)?(?:万分之)?[-+]?[\d０-９][\d０-９,.，．]*\s?(?:%|％|‰|[万亿]?(?:元|人次|人份|人|例|份|个|次|场|单位|台|项|分|吨|户|篇|家|治疗量)?)$/;
const NUMBER_HEAD =
  /(?:数|值|额|率|占比|比重|分值|得分|偏差|执行|增长|增减|人次|例|份|%|％|元|合计|本年|上年|目标|情况|同比|权重|实际|调整|追加|量|单价|标本|[（(](?:人|例|份|次|场|元|万元|单位|治疗量|吨|%|篇|户)[)）]$)/;
const TEXT_HEAD =
  /(?:名称|项目|类别|来源|原因|措施|备注|阶段|环节|地区|市州|机构|科室|任务|单位|内容|指标|月份|年份|季度|日期|项)$/;
const EITHER_HEAD = /(?:目标|指标值|完成值|完成情况|实际)/;
const OFTEN_EMPTY = /(?:原因|措施|备注|说明)/;
const MERGED = /(?:一级|二级|类别|重点工作)/;
const COLUMNS_AT_MOST = 14;
const CELL_LENGTH = 60;
const LINES_AT_MOST = 3_000;
/** Lines that are tried as tables, all tries together: a text made to be slow has more. */
const LAID_OUT_AT_MOST = 60_000;

/** Tables that were copied out of a PDF: a run of names of columns, then the cells of its rows, one a line. */
export function findStackedRows(lines: readonly Line[]): StackedRows[] {
  const found: StackedRows[] = [];
  let laidOut = 0;
  for (let first = 0; first < lines.length; first++) {
    if (!startsHead(lines, first) || laidOut > LAID_OUT_AT_MOST) continue;
    if (!lines.slice(first, first + COLUMNS_AT_MOST + 2).some(({ text }) => isNumeric(text))) continue;
    const run = runFrom(lines, first);
    laidOut += run.length;
    const rows = run.length >= 6 ? fold(run) : undefined;
    if (!rows) continue;
    found.push({ firstLine: first, cells: rows });
    first = run[run.length - 1]!.index;
  }
  return found;
}

function startsHead(lines: readonly Line[], first: number): boolean {
  const [one, two] = [lines[first]!, lines[first + 1]];
  return (
    two !== undefined && isHeadCell(one) && isHeadCell(two) && (HEAD_WORD.test(one.text) || HEAD_WORD.test(two.text))
  );
}

function isHeadCell({ text }: Line): boolean {
  const name = text.trim();
  return (
    name !== '' &&
    name.length <= 18 &&
    !name.includes('\t') &&
    !/[。；：:]|，$/.test(name) &&
    !isNumeric(name) &&
    !/^[一二三四五六七八九十]+、|^[（(][一二三四五六七八九十]+[)）]/.test(name)
  );
}

function isNumeric(text: string): boolean {
  return NUMERIC.test(text.trim());
}

/** Up to an empty line, a sentence, a heading, or another table. */
function runFrom(lines: readonly Line[], first: number): Line[] {
  const run: Line[] = [];
  for (const line of lines.slice(first, first + LINES_AT_MOST)) {
    const { text } = line;
    if (text.trim() === '' || text.includes('\t') || text.length > CELL_LENGTH) break;
    if (
      run.length > 2 &&
      (/^[一二三四五六七八九十]+、|^[（(][一二三四五六七八九十]+[)）]/.test(text.trim()) || /。$/.test(text.trim()))
    )
      break;
    run.push(line);
  }
  return run;
}

/** Tries each length of a row; the one that puts numbers under names of numbers wins. */
function fold(run: readonly Line[]): LinedSpan[][] | undefined {
  const firstNumber = run.findIndex(({ text }) => isNumeric(text));
  if (firstNumber < 2) return undefined;
  let best: { cost: number; cells: LinedSpan[][] } | undefined;
  for (let width = 2; width <= Math.min(firstNumber, COLUMNS_AT_MOST); width++) {
    const head = run.slice(0, width);
    if (head.filter(({ text }) => HEAD_WORD.test(text)).length < Math.max(2, width / 2)) continue;
    const aligned = align(
      head.map(({ text }) => text.trim()),
      run.slice(width),
    );
    if (!aligned || aligned.rows.length < 2) continue;
    const cost = aligned.cost / run.length + 0.02 * Math.abs(run.length / width - Math.round(run.length / width));
    const cells = [head.map(asCell), ...aligned.rows];
    if (!best || cost < best.cost) best = { cost, cells };
  }
  return best && best.cost <= 0.4 ? best.cells : undefined;
}

function asCell({ text, start, index }: Line): LinedSpan {
  const cell = text.trim();
  const from = start + text.indexOf(cell);
  return { start: from, end: from + cell.length, text: cell, line: index };
}

/** The cheapest way to lay the cells into rows from left to right, cells that came empty being left out. */
function align(head: readonly string[], body: readonly Line[]): { cost: number; rows: LinedSpan[][] } | undefined {
  const width = head.length;
  const skip = head.map(skipCost);
  const skips = (from: number, to: number): number => skip.slice(from, to).reduce((sum, one) => sum + one, 0);
  const misfits = body.map(({ text }) => head.map((name) => misfit(name, text.trim())));
  let costs = Array.from(
    { length: width },
    (_, column) => (column < 3 ? skips(0, column) : 99) + (misfits[0]?.[column] ?? 99),
  );
  const from: { column: number; fresh: boolean }[][] = [[]];
  for (let at = 1; at < body.length; at++) {
    const next = Array.from({ length: width }, () => Infinity);
    const via: { column: number; fresh: boolean }[] = [];
    for (let column = 0; column < width; column++) {
      for (let before = 0; before < width; before++) {
        const same = before < column ? costs[before]! + skips(before + 1, column) : Infinity;
        const fresh = costs[before]! + skips(before + 1, width) + skips(0, column) + 0.05;
        const cost = Math.min(same, fresh) + misfits[at]![column]!;
        if (cost >= next[column]!) continue;
        next[column] = cost;
        via[column] = { column: before, fresh: fresh < same };
      }
    }
    costs = next;
    from.push(via);
  }
  const ends = costs.map((cost, column) => cost + skips(column + 1, width));
  const cost = Math.min(...ends);
  if (body.length === 0 || !Number.isFinite(cost)) return undefined;
  const columns: number[] = [];
  const fresh: boolean[] = [];
  for (let at = body.length - 1, column = ends.indexOf(cost); at >= 0; at--) {
    columns[at] = column;
    const via = from[at]?.[column];
    fresh[at] = at === 0 || (via?.fresh ?? true);
    column = via?.column ?? 0;
  }
  const rows: LinedSpan[][] = [];
  body.forEach((line, at) => {
    if (fresh[at]) rows.push([]);
    const row = rows[rows.length - 1]!;
    const cell = asCell(line);
    while (row.length < columns[at]!) row.push({ ...cell, end: cell.start, text: '' });
    row.push(cell);
  });
  return { cost, rows };
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
  if (TEXT_HEAD.test(name) && !/(?:分值|数|率)$/.test(name))
    return number ? 3 : OFTEN_EMPTY.test(name) && text.length < 6 ? 0.5 : 0;
  if (!NUMBER_HEAD.test(name)) return 0.5;
  if (number) return 0;
  return EITHER_HEAD.test(name) && text.length <= 8 ? 0.3 : 2;
}
