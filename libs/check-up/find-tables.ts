import { decimal } from '../core/decimal';
import { periodOf } from './bind';
import type { Cell, Line, Span, Table } from './document';
import { COUNT_UNITS, findNumbers } from './find-numbers';
import { SCALES, type FoundNumber } from './found-number';
import { measureOfCell } from './measure';
import { findStackedRows } from './stacked-table';
import { strippedNoun } from './noun';

const COLUMNS_AT_MOST = 40;
const NAMES_ONLY = /(?:序号|编码|编号|代码|行次|电话|日期|时间|年份|邮编|备注|来源)/;
const UNIT_IN_HEAD =
  /[（(]\s?(?:单位[:：])?\s?(万元|亿元|千元|元|%|‰|万分之|人次|人份|人|例|份|单位|U|吨|场|次|个|户|毫升|治疗量|家|名|万人|万人次|分)\s?[)）]|[/／](万元|元|人次|人份|人|例|份|%)$/;

/** The unit beside the name of a line is of what is counted, not of its points. */
const POINTS = /^(?:分值|权重|标准分|满分|得分|评分|自评分|扣分|自评得分|实际得分|指标分值)$/;
const UNIT_OF_LABEL = new RegExp(`[（(](万元|亿元|元|%|‰|万分之|${COUNT_UNITS})[)）]\\s*$`);

/** Tables of cells between tabs, and those that came with one cell a line. */
export function findTables(lines: readonly Line[], year: number | null): Table[] {
  const tables: Table[] = [];
  for (let first = 0; first < lines.length; first++) {
    if (!lines[first]!.text.includes('\t')) continue;
    let last = first;
    while (lines[last + 1]?.text.includes('\t')) last++;
    if (last > first) {
      const above = captionAbove(lines, first);
      for (const { rows, caption } of blocksOf(lines.slice(first, last + 1).map(cellsOf)))
        if (rows.length > 1) tables.push(makeTable(rows, [above, caption].filter(Boolean).join('\n'), year));
    }
    first = last;
  }
  for (const { cells, firstLine, lastLine } of findStackedRows(lines))
    tables.push({ ...makeTable(cells, captionAbove(lines, firstLine), year), lastLine });
  return tables.sort((one, other) => one.start - other.start);
}

type PlacedRow = readonly (Span & { line: number })[];

const NAME_OF_LINE = /^(?:一级指标|指标名称)$/;
/** 单位名称：…, 金额单位：万元 beside each other over a form. */
const SAID_OF_FORM = /^[\u4e00-\u9fa5]{2,8}[：:]/;

/** A form is several tables with no line between them: what is said of it, its budget, its lines with their own head. */
function blocksOf(all: readonly PlacedRow[]): { rows: readonly PlacedRow[]; caption: string }[] {
  const [said] = all;
  const isSaid = said !== undefined && said.filter(({ text }) => SAID_OF_FORM.test(text)).length > 1;
  const rows = isSaid ? all.slice(1) : all;
  const at = rows.findIndex((row, index) => index > 0 && isHeadOfLines(row));
  // A head that is repeated on each page begins nothing.
  const split = at > 0 && !isHeadOfLines(rows[0]!) ? [rows.slice(0, at), rows.slice(at)] : [rows];
  const caption = isSaid ? said.map(({ text }) => text).join(' ') : '';
  return split.map((block, index) => ({ rows: block, caption: index === 0 ? caption : '' }));
}

function isHeadOfLines(row: PlacedRow): boolean {
  const names = row.map(({ text }) => text.replace(/\s/g, ''));
  return names.some((name) => NAME_OF_LINE.test(name)) && names.some((name) => /(?:指标|目标)值/.test(name));
}

function cellsOf(line: Line): (Span & { line: number })[] {
  const cells: (Span & { line: number })[] = [];
  let at = line.start;
  for (const piece of line.text.split('\t').slice(0, COLUMNS_AT_MOST)) {
    const text = piece.trim();
    const start = at + piece.indexOf(text);
    cells.push({ start, end: start + text.length, text, line: line.index });
    at += piece.length + 1;
  }
  return cells;
}

function captionAbove(lines: readonly Line[], first: number): string {
  const above: string[] = [];
  for (let index = first - 1; index >= 0 && index >= first - 4 && above.length < 2; index--) {
    const { text } = lines[index]!;
    if (text.includes('\t')) break;
    if (text.trim().length > 60 || /[。；]$/.test(text.trim())) break;
    if (text.trim() !== '') above.unshift(text.trim());
  }
  return above.join('\n');
}

function makeTable(
  all: readonly (readonly (Span & { line: number })[])[],
  caption: string,
  year: number | null,
): Table {
  const width = Math.max(...all.map((row) => row.length));
  const second = all[1];
  // A head of two rows: its second row names columns too.
  const deep = second !== undefined && all.length > 2 && isHead(all[0]!, second);
  const head = Array.from({ length: width }, (_, column) => {
    const top = deep ? spread(all[0]!, column) : (all[0]![column]?.text ?? '');
    const under = deep ? (second[column]?.text ?? '') : '';
    return under && under !== top ? `${top}${under}` : top;
  });
  const captionUnit =
    /单位\s?[:：]\s?(万元|亿元|千元|元|人次|人|例|份|单位)(?![、,，/和次份])/.exec(caption)?.[1] ?? '';
  const units = head.map((name) => unitOfHead(name, captionUnit));
  const unitColumn = head.findIndex((name) => /^(?:计量)?单位$/.test(name.replace(/\s/g, '')));
  // A table that runs over pages repeats its head.
  const under = all.slice(deep ? 2 : 1).filter((row) => row.some(({ text }, column) => text !== all[0]![column]?.text));
  const body = under.map((row, index) =>
    Array.from({ length: width }, (_, column): Cell => {
      const end = row[row.length - 1]!.end;
      const cell = row[column] ?? { start: end, end, text: '', line: row[0]!.line };
      return { ...cell, row: index, column };
    }),
  );
  const labels = body.map((row) => labelOf(row, head));
  const rows = body.map((row, index) =>
    row.map((cell): Cell => {
      if (NAMES_ONLY.test(head[cell.column] ?? '') || cell.column === unitColumn) return cell;
      const said = unitColumn < 0 ? '' : (row[unitColumn]?.text ?? '');
      const number = numberOf(cell, units[cell.column] || said || unitInLabel(labels[index]!));
      if (!number) return cell;
      number.noun = nounOf(labels[index]!, head[cell.column] ?? '');
      number.period = periodOfColumn(head[cell.column] ?? '', labels[index]!, caption, year);
      number.measure = measureOfCell(head[cell.column] ?? '', labels[index]!);
      number.place = placeOfRow(labels[index]!);
      return { ...cell, number };
    }),
  );
  const [first, last] = [all[0]![0]!, all[all.length - 1]!.at(-1)!];
  return { head, rows, caption, units, start: first.start, end: last.end, firstLine: first.line, lastLine: last.line };
}

function isHead(first: readonly Span[], second: readonly Span[]): boolean {
  const filled = second.filter(({ text }) => text !== '');
  if (filled.length < 2 || filled.some(({ text }) => /\d/.test(text.replace(/(?:19|20)\d{2}年?/g, '')))) return false;
  const gaps = first.filter(({ text }, index) => text === '' || text === first[index - 1]?.text).length;
  return gaps > 0 && second.filter(({ text }) => text === '').length > 0;
}

function spread(row: readonly Span[], column: number): string {
  for (let at = column; at >= 0; at--) if (row[at]?.text) return row[at]!.text;
  return '';
}

function unitOfHead(name: string, caption: string): string {
  const found = UNIT_IN_HEAD.exec(name);
  if (found) return found[1] ?? found[2] ?? '';
  if (POINTS.test(name.replace(/\s/g, ''))) return '分';
  if (/(?:率|占比|比重|增幅|偏差|%)/.test(name)) return '%';
  return /(?:预算|决算|支出|收入|金额|经费|资金|执行数)/.test(name) || !/[数人次份例]$/.test(name) ? caption : '';
}

function unitInLabel(label: string): string {
  return UNIT_OF_LABEL.exec(label)?.[1] ?? '';
}

/** The names in a row, from left to right. */
export function labelOf(row: readonly Cell[], head: readonly string[]): string {
  const names = row.filter(
    ({ text, column }) =>
      /[\u4e00-\u9fa5A-Za-z]/.test(text) &&
      !/^(?:[≥≤＝=<>]|[-+]?[\d,.]+)/.test(text) &&
      !/(?:单位|来源|原因|措施|备注|序号|编码|口径|目标值|指标值|完成值|完成情况|说明|依据)/.test(head[column] ?? ''),
  );
  const first = names.filter(({ column }) => column < 5);
  return first.map(({ text }) => text).at(-1) ?? '';
}

const PLAIN_COLUMN =
  /^(?:数值|数量|人数|人次|金额|完成值|实际完成值?|完成数|实际完成情况|实际值|指标完成值|指标完成情况|年度完成值|全年完成值|全年实际完成值|本年|本年数|本年度|本期|全年|全年完成|合计|总计|总数|完成情况|结果|数据|值|(?:19|20)\d{2}年度?(?:完成值|数值|实际)?|全年实际|年度实际|年度完成|实际完成数|完成)(?:[（(].*[)）])?$/;

function nounOf(label: string, column: string): string {
  const row = strippedNoun(
    label
      .replace(/[（(][^（()）]*[)）]\s*$/, '')
      .replace(/^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、])/, ''),
  );
  const name = column.replace(/[（(][^（()）]*[)）]/g, '').replace(/\s/g, '');
  if (PLAIN_COLUMN.test(name) && !/^(?:合计|总计|小计|共计)$/.test(label)) return row;
  if (/^(?:合计|总计|小计|共计|全省|全市|全省合计|全市合计)$/.test(label.replace(/\s/g, ''))) return strippedNoun(name);
  return `${row}${strippedNoun(name)}`;
}

/** What the numbers of a column are of, as its name says, else its row and the line above the table. */
export function periodOfColumn(column: string, label: string, caption: string, year: number | null): string {
  if (/(?:目标|指标值|计划|任务)/.test(column) && !/(?:完成情况|实际)/.test(column)) return 'target';
  if (/(?:上年|去年|同期)/.test(column)) return 'last';
  const named =
    /((?:19|20)\d{2})年?/.exec(column) ?? /((?:19|20)\d{2})年/.exec(label) ?? /((?:19|20)\d{2})年/.exec(caption);
  if (named && Number(named[1]) !== year) return named[1]!;
  return periodOf(label + column, column, year);
}

/** The place that a row is of; empty where it names none. */
export function placeOfRow(label: string): string {
  return /^(?!全|各|本|合).{2,6}(?:市|县|区|州|站|医院|大学|学院|分库)$/.test(label) ? label : '';
}

/** The number that a cell is, in the unit that stands over it where it says none. */
function numberOf(cell: Cell | (Span & { line: number }), unit: string): FoundNumber | undefined {
  const text = cell.text.replace(/^[≥≤＝=<>＞＜]+/, '');
  const shift = cell.text.length - text.length;
  const [number, ...others] = findNumbers(cell.text, cell.start, cell.line);
  if (!number || others.length > 0 || number.worded) return undefined;
  if (number.start - cell.start > shift + 1 && !number.text.startsWith('万分之')) return undefined;
  if (cell.end - number.end > 3) return undefined;
  if (number.kind !== 'bare' || unit === '') return number;
  const money = /^(万|亿|千)?元$/.exec(unit);
  const rate = /^(?:%|‰|万分之)$/.test(unit);
  const scaled = /^(万)(人|人次)$/.exec(unit);
  const factor = decimal(SCALES[money?.[1] ?? scaled?.[1] ?? ''] ?? '1');
  return {
    ...number,
    kind: money ? 'money' : rate ? 'rate' : 'count',
    value: decimal(number.value).times(factor).toFixed(),
    step: decimal(number.step).times(factor).toFixed(),
    unit: money ? '元' : (scaled?.[2] ?? (unit === '名' ? '人' : unit)),
    printedUnit: unit,
  };
}
