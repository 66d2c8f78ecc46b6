import { decimal, plain, round } from '../../core/decimal';
import type { Cell, ReportDocument, Table, TextSentence } from '../document';
import type { Finding } from '../finding';
import type { FoundNumber } from '../found-number';
import { carriedOver, columnOf, resultsOf } from '../results';
import { say } from '../say';

const WEIGHT = /^(?:分值|权重|标准分|满分|指标分值|分值权重|权重分)(?:[（(].*[)）])?$/;
const SCORE = /^(?:得分|自评得分|评分|自评分|实际得分)(?:[（(].*[)）])?$/;
const TOTAL = /^(?:合计|总计|总分|总得分|自评总分)$/;
const DECLARED =
  /(?:自评(?:总)?(?:得)?分|自评$|自评(?:为|得)$|绩效(?:自评|评价)?(?:总)?得分|总得分|总分|综合(?:得分|评分)|评价(?:总)?得分)(?:[^，,；;。%\d]{0,8})$/;
/** Scores of parts, told in a sentence. */
const PART =
  /(?:产出|效益|满意度|决策|过程|预算执行|投入|履职|成本|质量|时效|数量|管理|指标)[^，,；;。]{0,12}得分[^，,；;。\d]{0,4}$/;
const GRADES: readonly (readonly [RegExp, number, number])[] = [
  [/优(?!良)/, 90, 100.001],
  [/良/, 80, 90],
  [/中(?!心|国|央)|合格/, 60, 80],
  [/差|不合格/, 0, 60],
];

/** Total scores that no worksheet of the report gives, and scores that their own line does not yield. */
export function scores(document: ReportDocument): Finding[] {
  const sheets = document.tables
    .filter((table) => columnOf(table, WEIGHT) >= 0 && columnOf(table, SCORE) >= 0)
    .map((table) => {
      const findings = lines(table);
      return { table, findings, total: totalOf(document, table, findings) };
    });
  const totals = sheets.flatMap(({ total }) => total ?? []);
  const told = partsTold(document);
  if (told !== null) totals.push(told);
  const ofLines = sheets.flatMap(({ findings }) => findings);
  return [...ofLines, ...declared(document, totals), ...sheets.flatMap(printedTotal)];
}

interface Sheet {
  readonly table: Table;
  /** Of its lines. */
  readonly findings: readonly Finding[];
  readonly total: SheetTotal | null;
}

interface SheetTotal {
  readonly value: string;
  readonly count: number;
  /** With its lines as their own rule yields them. */
  readonly corrected?: string;
}

function scoreRows(table: Table): (readonly Cell[])[] {
  const score = columnOf(table, SCORE);
  return table.rows.filter((row) => row[score]?.number && !isTotal(row));
}

function isTotal(row: readonly Cell[]): boolean {
  return row.some(({ text }) => TOTAL.test(text.replace(/\s/g, '')));
}

function totalOf({ tables }: ReportDocument, table: Table, wrong: readonly Finding[]): SheetTotal | null {
  const score = columnOf(table, SCORE);
  const rows = scoreRows(table);
  if (rows.length < 2) return null;
  const carried = carriedOver(tables, table, score);
  const above = carried.reduce((all, { value }) => all.plus(decimal(value)), decimal('0'));
  const sum = rows.reduce((all, row) => all.plus(decimal(row[score]!.number!.value)), above);
  const corrected = rows.reduce((all, row) => {
    const right = wrong.find(({ place }) => place.start === row[score]!.start)?.expected;
    return all.plus(decimal(right ?? row[score]!.number!.value));
  }, above);
  return { value: plain(sum.toFixed()), count: rows.length + carried.length, corrected: plain(corrected.toFixed()) };
}

/** 决策得分19分，过程得分18.5分…: the worksheet told in words. */
function partsTold({ sentences, text }: ReportDocument): SheetTotal | null {
  const parts = sentences.flatMap(({ numbers, start }) =>
    numbers.filter((one) => isPart(one, text.slice(start, one.start))),
  );
  if (parts.length < 2) return null;
  return {
    value: plain(parts.reduce((sum, { value }) => sum.plus(decimal(value)), decimal('0')).toFixed()),
    count: parts.length,
  };
}

function isPart({ unit, kind }: FoundNumber, before: string): boolean {
  return (
    (unit === '分' || kind === 'bare') &&
    PART.test(before) &&
    !/(?:总得分|总分|综合得分|绩效得分|满分)[^，,]{0,6}$/.test(before)
  );
}

function declared({ sentences, text, tables }: ReportDocument, totals: readonly SheetTotal[]): Finding[] {
  return sentences.flatMap((sentence) =>
    sentence.numbers.flatMap((number) => {
      const before = text.slice(sentence.start, number.start);
      if (!(number.unit === '分' || number.kind === 'bare') || number.bound || number.range || !DECLARED.test(before))
        return [];
      if (isPart(number, before)) return [];
      if (/(?:满分|最高|平均|上年|去年|扣)/.test(before.slice(-16)) || number.period === 'last') return [];
      const grade = gradeFinding(number, text.slice(number.end, sentence.end + 40));
      if (totals.some(({ value }) => decimal(value).eq(decimal(number.value)))) return grade;
      if (isSumOf(number, sentence)) return grade;
      const sheet = totals[0];
      if (totals.some(({ corrected }) => corrected !== undefined && decimal(corrected).eq(decimal(number.value))))
        return grade;
      const bySum = sumOfSheets(totals);
      if (bySum !== null && decimal(bySum).eq(decimal(number.value))) return grade;
      const known = tables.some((table) => columnOf(table, SCORE) >= 0);
      if (known && !sheet) return grade;
      return [
        say(
          'score-without-worksheet',
          number,
          sheet
            ? {
                zh: `评分表 ${sheet.count} 行得分之和为 ${sheet.value} 分，与${number.text}不符。`,
                en: `The ${sheet.count} lines of the worksheet add up to ${sheet.value}, not ${number.text}.`,
              }
            : {
                zh: `${number.text}没有评分表支撑，请附上各项指标的分值和得分。`,
                en: `No worksheet gives ${number.text}; add the weights and scores of its lines.`,
              },
          { expected: sheet ? `${sheet.value}分` : null, severity: sheet ? 'error' : 'warning' },
        ),
        ...grade,
      ];
    }),
  );
}

/** 综合得分96.5分，其中投入9.91分、产出48.59分、效益38分: told with its parts. */
function isSumOf(number: FoundNumber, { numbers }: TextSentence): boolean {
  const parts = numbers.filter(({ start, unit }) => start > number.start && unit === '分');
  const sum = parts.reduce((all, { value }) => all.plus(decimal(value)), decimal('0'));
  return parts.length >= 2 && sum.eq(decimal(number.value));
}

function sumOfSheets(totals: readonly SheetTotal[]): string | null {
  return totals.length < 2 ? null : totals.reduce((sum, { value }) => sum.plus(decimal(value)), decimal('0')).toFixed();
}

function gradeFinding(number: FoundNumber, after: string): Finding[] {
  const named =
    /^[^。；;]{0,20}?(?:等级|评价结果|评价等次|结果|档次|评定)(?:为|是|：|:)?\s?[“"]?(优秀|优|良好|良|中|合格|不合格|差)/.exec(
      after,
    )?.[1];
  if (named === undefined) return [];
  const [, from, to] = GRADES.find(([name]) => name.test(named)) ?? [];
  const value = Number(number.value);
  if (from === undefined || to === undefined || (value >= from && value < to)) return [];
  return [
    say('score-without-worksheet', number, {
      zh: `${number.text}不在“${named}”的分数段（${from}–${Math.min(100, Math.floor(to))}）。`,
      en: `${number.text} is not within the band of "${named}" (${from}–${Math.min(100, Math.floor(to))}).`,
    }),
  ];
}

function printedTotal({ table, total: sum }: Sheet): Finding[] {
  const total = table.rows.find(isTotal)?.[columnOf(table, SCORE)];
  if (!total?.number || !sum || decimal(sum.value).eq(decimal(total.number.value))) return [];
  return [
    say(
      'score-without-worksheet',
      total,
      {
        zh: `各行得分之和为 ${sum.value}，与总分 ${total.text} 不符。`,
        en: `The scores add up to ${sum.value}, not ${total.text}.`,
      },
      { expected: sum.value, cell: total },
    ),
  ];
}

/** A line above its weight, or full though its target was missed, or other than its execution rate yields. */
function lines(table: Table): Finding[] {
  const [weight, score] = [columnOf(table, WEIGHT), columnOf(table, SCORE)];
  const results = new Map(resultsOf(table).map((result) => [result.row, result]));
  const rate = columnOf(table, /执行率/);
  return scoreRows(table).flatMap((row) => {
    const [points, given] = [row[weight]?.number, row[score]!.number!];
    if (!points) return [];
    const [most, value] = [decimal(points.value), decimal(given.value)];
    if (value.gt(most))
      return [
        wrong(row[score]!, points.value, {
          zh: `得分 ${given.text} 超过分值 ${points.text}`,
          en: `the score ${given.text} exceeds its weight ${points.text}`,
        }),
      ];
    const executed = rate < 0 ? undefined : row[rate]?.number;
    if (executed?.kind === 'rate' && decimal(executed.value).lte(100)) {
      const expected = most.times(decimal(executed.value)).div(100);
      if (expected.minus(value).abs().gt(decimal('0.05')))
        return [byRule(row[score]!, `${points.text} × ${executed.text}`, expected.toFixed())];
      return [];
    }
    const result = results.get(row);
    if (!result || result.met !== false || !result.targetValue || !result.actualValue) return [];
    const [goal, reached] = [decimal(result.targetValue), decimal(result.actualValue)];
    if (goal.isZero() || !value.eq(most) || most.isZero()) return [];
    const expected = result.operator === 'le' ? most.times(goal).div(reached) : most.times(reached).div(goal);
    // A miss that rounding of the score hides is full.
    if (decimal(round(expected, 2)).eq(most)) return [];
    return [
      byRule(
        row[score]!,
        result.operator === 'le'
          ? `${points.text} × ${result.target} ÷ ${result.actual}`
          : `${points.text} × ${result.actual} ÷ ${result.target}`,
        expected.toFixed(),
      ),
    ];
  });
}

function byRule(cell: Cell, told: string, expected: string): Finding {
  const right = round(decimal(expected), 2);
  return wrong(cell, right, {
    zh: `${told} = ${right}，不是 ${cell.text}`,
    en: `${told} = ${right}, not ${cell.text}`,
  });
}

function wrong(cell: Cell, expected: string, { zh, en }: { zh: string; en: string }): Finding {
  return say('score-without-worksheet', cell, { zh: `${zh}。`, en: `${en}.` }, { cell, expected });
}
