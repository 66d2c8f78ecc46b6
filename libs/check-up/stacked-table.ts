import type { Line } from './document';
import { asCell, HEADING, isNumeric, layRows, type LinedSpan } from './stacked-rows';
import { headsOf } from './stacked-heads';
import { withoutPageBreaks } from './page-breaks';

export interface StackedRows {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly cells: readonly (readonly LinedSpan[])[];
}

const HEAD_WORD =
  /(?:指标|名称|项目|类别|目标|完成|分值|得分|执行率|预算|决算|支出|执行数|偏差|原因|来源|单位|序号|占比|比重|同比|增长|数量|人数|人次|本年|上年|阶段|环节|地区|市州|机构|科室|率$|金额|数值|措施|备注|内容|任务|权重|合计|调整|追加|增减|实际|[（(](?:人|人次|人份|例|份|场|元|万元|单位|户|%)[)）]$)/;
const TOLD_AT_LENGTH = /(?:原因|措施|备注|说明|情况)/;
const COLUMNS_AT_MOST = 14;
/** Lines of the names of columns, some of which go over two. */
const HEAD_LINES_AT_MOST = 22;
/** Of names in the first row before its first number. */
const LINES_BEFORE_NUMBER = 7;
const CELL_LENGTH = 60;
/** So long a line that ends as a sentence does is one. */
const SENTENCE_LENGTH = 30;
const LINES_AT_MOST = 3_000;
const GUESS = 0.03;
/** By how much a head that begins a line later must fit better. */
const LATER = 0.1;
/** That the line behind the names is one as well. */
const NAME_LEFT = 0.1;
const NAME_ALONE = /^(?:分值|得分|权重|备注|占比|比重|[执完增].{0,2}率|同比.{0,2}|偏差.{0,2}|.*(?:原因|措施).*)$/;
/** Lines that tell which of the lines are names. */
const TRIED_LINES = 60;
/** Lines that are laid out as tables, all tries together: a text made to be slow has more. */
const LAID_OUT_AT_MOST = 2_000_000;

/** Tables that were copied out of a PDF: a run of names of columns, then the cells of its rows, one a line. */
export function findStackedRows(lines: readonly Line[]): StackedRows[] {
  const found: StackedRows[] = [];
  const plain = withoutPageBreaks(lines);
  const work = { left: LAID_OUT_AT_MOST };
  for (let first = 0; first < plain.length; first++) {
    if (!startsHead(plain, first) || work.left < 0) continue;
    if (!plain.slice(first, first + HEAD_LINES_AT_MOST + 2).some(({ text }) => isNumeric(text))) continue;
    const tries = [first, first + 1].flatMap((start) => {
      const run = startsHead(plain, start) ? runFrom(plain, start) : [];
      work.left -= run.length;
      const folded = run.length >= 6 ? fold(run, work) : undefined;
      return folded ? [{ run, ...folded }] : [];
    });
    if (tries.length === 0) continue;
    const { run, cells } = tries.reduce((best, one) => (one.cost < best.cost - LATER ? one : best));
    found.push({ firstLine: run[0]!.index, lastLine: run[run.length - 1]!.index, cells });
    first = plain.indexOf(run[run.length - 1]!, first);
  }
  return found;
}

/** Names of columns, one of the first three of them such as stands in many tables. */
function startsHead(lines: readonly Line[], first: number): boolean {
  const [one, two, three] = lines.slice(first, first + 3);
  if (!one || !two || !isHeadCell(one) || !isHeadCell(two)) return false;
  return (
    HEAD_WORD.test(one.text) ||
    HEAD_WORD.test(two.text) ||
    (three !== undefined && isHeadCell(three) && HEAD_WORD.test(three.text))
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
    !HEADING.test(name)
  );
}

/** Up to an empty line, a sentence, a heading, or another table. */
function runFrom(lines: readonly Line[], first: number): Line[] {
  const run: Line[] = [];
  const tellsAtLength = lines.slice(first, first + COLUMNS_AT_MOST).some(({ text }) => TOLD_AT_LENGTH.test(text));
  const longest = tellsAtLength ? SENTENCE_LENGTH : 0;
  const end = Math.min(lines.length, first + LINES_AT_MOST);
  for (let at = first; at < end; at++) {
    const text = lines[at]!.text.trim();
    if (text === '' || text.includes('\t') || text.length > CELL_LENGTH) break;
    if (run.length > 2 && /。$/.test(text) && text.length > longest) break;
    if (run.length > 2 && HEADING.test(text) && !standsOverRows(lines, at)) break;
    run.push(lines[at]!);
  }
  return run;
}

/** A name and a number follow, and no further head. */
function standsOverRows(lines: readonly Line[], at: number): boolean {
  const number = lines.slice(at + 1, at + 4).findIndex(({ text }) => isNumeric(text));
  return number > 0 && lines.slice(at + 1, at + 1 + number).every(({ text }) => /^[^\t]{1,25}$/.test(text.trim()));
}

/** Tries each way to read the names of the columns; the one that puts numbers under names of numbers wins. */
function fold(
  run: readonly Line[],
  work: { left: number },
): { cost: number; cells: (readonly LinedSpan[])[] } | undefined {
  const firstNumber = run.findIndex(({ text }) => isNumeric(text));
  if (firstNumber < 2 || firstNumber > HEAD_LINES_AT_MOST + LINES_BEFORE_NUMBER) return undefined;
  let best: { cost: number; guesses: number; head: LinedSpan[]; body: readonly Line[] } | undefined;
  const heads = headsOf(run.slice(0, Math.min(firstNumber, HEAD_LINES_AT_MOST)).map(asCell));
  work.left -= 5 * heads.length;
  for (const { head, lines, guesses } of heads) {
    const width = head.length;
    const names = head.map(({ text }) => text);
    if (best && GUESS * guesses >= best.cost) break;
    if (lines < firstNumber - LINES_BEFORE_NUMBER) continue;
    if (width > COLUMNS_AT_MOST || names.filter((name) => HEAD_WORD.test(name)).length < Math.max(2, width / 2))
      continue;
    const body = withoutHead(run, lines);
    const tried = body.slice(0, TRIED_LINES);
    const laid = layRows(names, tried);
    work.left -= tried.length;
    if (!laid || laid.rows.length < 2) continue;
    const left = NAME_ALONE.test(tried[0]!.text.trim()) ? NAME_LEFT : 0;
    const cost = laid.cost / (tried.length + lines) + GUESS * guesses + left;
    if (!best || cost < best.cost) best = { cost, guesses, head, body };
  }
  if (!best || best.cost > 0.4) return undefined;
  const { head, body } = best;
  const laid = layRows(
    head.map(({ text }) => text),
    body,
  );
  return laid && { cost: best.cost, cells: [head, ...laid.rows] };
}

/** What is under the names, without those that a further page repeats. */
function withoutHead(run: readonly Line[], lines: number): Line[] {
  const head = run.slice(0, lines).map(({ text }) => text.trim());
  const body: Line[] = [];
  for (let at = lines; at < run.length; at++) {
    if (head.every((name, index) => run[at + index]?.text.trim() === name)) at += lines - 1;
    else body.push(run[at]!);
  }
  return body;
}
