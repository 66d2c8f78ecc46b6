import type { LinedSpan } from './stacked-rows';

export interface StackedHead {
  readonly head: LinedSpan[];
  /** How many lines its names are on. */
  readonly lines: number;
  /** How much was guessed of where names end: 1 for each line that may as well stand alone. */
  readonly guesses: number;
}

const COLUMNS_AT_LEAST = 2;
const COLUMNS_AT_MOST = 14;
/** Ways to read some lines as so many names that are tried. */
const WAYS_AT_MOST = 3;
const GUESSES_AT_MOST = 9;
const LETTERS_AT_MOST = 20;
const LINES_OF_NAME = 5;
/** No name of a column by itself, but the beginning or the end of one. */
const GOES_ON = /(?:[及和与、/]|[（(][^）)]*)$/;
const GOES_BACK = /^(?:[及和与、）)/]|[（(]|(?:(?:值|数|率|额|量)(?:[（(].*)?|分析|比例|分析及.*)$)/;
const MAY_GO_ON =
  /^(?:年度|全年|本年度?|上年度?|年初|年末|实际|自评|调整后?|绩效|指标|三级|二级|一级|完成|偏差|偏差原因|计划|预算|执行|追加)$/;
const MAY_GO_BACK =
  /^(?:目标值?|指标值?|完成值?|预算数?|决算数?|执行数?|追减数?|人数|人次|人份|例数|份数|名称|指标|原因|情况|措施|改进措施|得分|数量|金额|项目|来源|增减率?|增长率?|完成率|执行率|内容)$/;
/** How names of columns end. */
const ENDS =
  /(?:[数值额率量比度分]|占比|比重|人次|人份|[人例份次场元]|目标|完成|情况|指标|名称|项目|类别|来源|单位|措施|原因|备注|说明|内容|任务|年|月|地区|市州|机构|科室|阶段|环节|方向|偏差|增减|增长|同比|结余|调整|追减|预算|决算|支出|执行|合计|亮点|标本|[）)]|序号)$/;
/** A line as long as the longest before it is full. */
const FULL = 0.4;
const NOT_FULL = 1.2;
const NO_END = 1.5;
const NO_END_ALONE = 0.7;
const ONE_LETTER = 2;
const CODE = /^\d{5}/;
const GROUPED = 0.5;
const GROUPS_AT_MOST = 5;
/** Columns before the first group. */
const GROUPS_FROM_AT_MOST = 3;

/** Ways to read the first lines of a stacked table as names of columns, some over several lines. */
export function headsOf(lines: readonly LinedSpan[]): StackedHead[] {
  let longest = 0;
  // Of so many lines so many names.
  const ways: StackedHead[][][] = [[[{ head: [], lines: 0, guesses: 0 }]]];
  for (let end = 1; end <= lines.length; end++) {
    const own: StackedHead[][] = [];
    longest = Math.max(longest, lines[end - 1]!.text.length);
    for (let from = Math.max(0, end - LINES_OF_NAME); from < end; from++) {
      const name = nameOf(lines.slice(from, end), longest, from === 0);
      if (!name) continue;
      ways[from]!.forEach((some, width) => {
        if (width >= COLUMNS_AT_MOST) return;
        for (const { head, guesses } of some) {
          const last = head.at(-1);
          if (last && (GOES_ON.test(last.text) || GOES_BACK.test(lines[from]!.text))) continue;
          if (guesses + name.guesses > GUESSES_AT_MOST) continue;
          const way = { head: [...head, name.span], lines: end, guesses: guesses + name.guesses };
          own[width + 1] = [...(own[width + 1] ?? []), way];
        }
      });
    }
    ways.push(own.map((some) => some.sort((one, other) => one.guesses - other.guesses).slice(0, WAYS_AT_MOST)));
  }
  const ends = ({ head, lines: at }: StackedHead): boolean =>
    !GOES_ON.test(head.at(-1)!.text) && !GOES_BACK.test(lines[at]?.text ?? '');
  return [
    ...ways.flatMap((widths) => widths.flatMap((some, width) => (width >= COLUMNS_AT_LEAST ? some.filter(ends) : []))),
    ...groupedHeads(lines),
  ].sort((one, other) => one.guesses - other.guesses);
}

/** 环节 | 2024年 | 2023年 over 数量 | 占比 | 数量 | 占比: names of groups, then what each has the same of. */
function groupedHeads(lines: readonly LinedSpan[]): StackedHead[] {
  const found: StackedHead[] = [];
  for (let first = 1; first <= GROUPS_FROM_AT_MOST; first++)
    for (let groups = 2; groups <= GROUPS_AT_MOST; groups++)
      for (let each = 2; first + groups * (each + 1) <= lines.length; each++) {
        const under = lines.slice(first + groups, first + groups * (each + 1));
        if (under[each]!.text !== under[0]!.text || first + under.length > COLUMNS_AT_MOST) continue;
        const names = under.map((name, at) => ({
          ...name,
          text: lines[first + Math.floor(at / each)]!.text + name.text,
        }));
        found.push({
          head: [...lines.slice(0, first), ...names],
          lines: first + groups + under.length,
          guesses: GROUPED,
        });
      }
  return found;
}

/** Lines put together as one name. */
function nameOf(
  lines: readonly LinedSpan[],
  longest: number,
  isFirst: boolean,
): { readonly span: LinedSpan; readonly guesses: number } | undefined {
  let [span] = lines as [LinedSpan];
  let guesses = 0;
  for (const [at, line] of lines.slice(1).entries()) {
    const before = lines[at]!.text;
    const must = GOES_ON.test(span.text) || GOES_BACK.test(line.text);
    const may = MAY_GO_ON.test(span.text) || MAY_GO_BACK.test(line.text);
    if (!must && !may && (before.length < 3 || line.text.length > before.length + 1)) return undefined;
    if (!must) guesses += before.length >= longest - 1 && !ENDS.test(span.text) ? FULL : may ? 1 : NOT_FULL;
    span = { ...span, end: line.end, text: span.text + line.text };
  }
  if (lines.length > 1 && span.text.length > LETTERS_AT_MOST) return undefined;
  if (CODE.test(span.text)) return undefined;
  if (!isFirst && span.text.length === 1) guesses += ONE_LETTER;
  return { span, guesses: guesses + (ENDS.test(span.text) ? 0 : lines.length > 1 ? NO_END : NO_END_ALONE) };
}
