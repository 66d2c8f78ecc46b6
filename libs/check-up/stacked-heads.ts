import type { LinedSpan } from './stacked-rows';

export interface StackedHead {
  readonly head: LinedSpan[];
  /** How many lines its names are on. */
  readonly lines: number;
  /** Of lines that may stand alone, how many were put to another. */
  readonly guesses: number;
}

const COLUMNS_AT_LEAST = 2;
/** Ways to put lines together that are tried for a head. */
const WAYS_AT_MOST = 120;
const GUESSES_AT_MOST = 5;
const LETTERS_AT_MOST = 14;
/** No name of a column by itself, but the beginning or the end of one. */
const GOES_ON = /(?:[及和与、/]|[（(][^）)]*)$/;
const GOES_BACK = /^(?:[及和与、）)/]|[（(]|(?:值|数|率|额|量|分析|比例|分析及.*)$)/;
const MAY_GO_ON =
  /^(?:年度|全年|本年度?|上年度?|年初|年末|实际|自评|调整后?|绩效|指标|三级|二级|一级|完成|偏差|偏差原因|计划|预算|执行|追加)$/;
const MAY_GO_BACK =
  /^(?:目标值?|指标值?|完成值?|预算数?|决算数?|执行数?|追减数?|人数|人次|人份|例数|份数|名称|指标|原因|情况|措施|改进措施|得分|数量|金额|项目|来源|增减率?|增长率?|完成率|执行率|内容)$/;

interface OpenHead {
  readonly head: LinedSpan[];
  readonly guesses: number;
}

/** Every way to read the first lines of a stacked table as names of columns, some over two lines or more. */
export function headsOf(lines: readonly LinedSpan[]): StackedHead[] {
  const heads: StackedHead[] = [];
  let open: OpenHead[] = [{ head: [], guesses: 0 }];
  lines.forEach((line, index) => {
    const next: OpenHead[] = [];
    for (const { head, guesses } of open) {
      const last = head.at(-1);
      const must = last !== undefined && (GOES_ON.test(last.text) || GOES_BACK.test(line.text));
      const may = last !== undefined && (MAY_GO_ON.test(last.text) || MAY_GO_BACK.test(line.text));
      if (!must) next.push({ head: [...head, line], guesses });
      if (last && (must || may) && guesses < GUESSES_AT_MOST && last.text.length + line.text.length <= LETTERS_AT_MOST)
        next.push({
          head: [...head.slice(0, -1), { ...last, end: line.end, text: last.text + line.text }],
          guesses: guesses + (must ? 0 : 1),
        });
    }
    open = next.sort((one, other) => one.guesses - other.guesses).slice(0, WAYS_AT_MOST);
    for (const { head, guesses } of open)
      if (head.length >= COLUMNS_AT_LEAST) heads.push({ head, guesses, lines: index + 1 });
  });
  return heads.sort((one, other) => one.guesses - other.guesses);
}
