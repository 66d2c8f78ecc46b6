import type { ReportDocument } from '../document';
import type { Finding } from '../finding';
import { sameQuantity, type FoundNumber } from '../found-number';
import { isGeneric, nounKey, strippedNoun } from '../noun';
import { grouped, sentenceOf } from '../number-index';
import { say } from '../say';

/** Short nouns that mean one thing throughout a report of this trade. */
const KNOWN =
  /^(?:初筛|初筛同意|再动员|再动员同意|高分辨|高分|高分同意|体检|捐献|入库|采样|招募|库容|回访|在编|编制|采血|供血|献血|报废|制备|发放|检测|总计|在职|退休)$/;
const CHANGE = /(?:增长|增加|减少|下降|提高|上升|占|比上年|较上年|同比|人均|平均|以上|每|以下)/;

/** One thing with two values. */
export function twoValues(document: ReportDocument): Finding[] {
  const inTables = new Set(
    document.tables.flatMap(({ rows }) => rows.flatMap((row) => row.flatMap(({ number }) => number ?? []))),
  );
  const groups = groupsOf(document, inTables);
  const findings: Finding[] = [];
  for (const numbers of groups.values()) {
    for (const [one, other] of pairs(numbers)) {
      if (knowsBoth(document, one, other) || knowsBoth(document, other, one)) continue;
      const code = inTables.has(one) === inTables.has(other) ? 'two-values' : 'text-table';
      findings.push(contradiction(code, one, other), contradiction(code, other, one));
    }
  }
  return findings;
}

function groupsOf(
  { numbers, sentences }: ReportDocument,
  inTables: ReadonlySet<FoundNumber>,
): Map<string, FoundNumber[]> {
  const inner = new Set(sentences.flatMap((sentence) => innerNumbers(sentence.numbers, sentence.text, sentence.start)));
  return grouped(
    numbers.filter(
      (number) => isTold(number) && (inTables.has(number) || !inner.has(number) || [...number.noun].length >= 5),
    ),
    ({ noun, unit, period, place, measure }) => [nounKey(noun), unit, period, place, measure].join('|'),
  );
}

/** Parts of a whole are named by it: 线上 of one thing is not 线上 of another. */
function innerNumbers(numbers: readonly FoundNumber[], text: string, offset: number): FoundNumber[] {
  return numbers.filter(({ start }) => /(?:其中|分别|包括)/.test(text.slice(0, start - offset)));
}

function isTold(number: FoundNumber): boolean {
  const { kind, noun, worded, bound, range, period, unit } = number;
  if (worded || bound || range || period === 'target' || noun === '' || CHANGE.test(noun)) return false;
  if (kind === 'bare' || unit === '百分点' || unit === '岁' || unit === '天' || unit === '小时' || unit === '分')
    return false;
  const core = strippedNoun(noun).replace(/(?:人数|人次|例数|数量|总数|数)$/, '');
  if (KNOWN.test(core)) return true;
  if (kind === 'rate') return [...core].length >= 4 && !isGeneric(core) && /(?:率|度)$/.test(core);
  return [...core].length >= 3 && !isGeneric(core);
}

/** Of a noun with more than two values one is not said of another thing by chance. */
function pairs(numbers: readonly FoundNumber[]): [FoundNumber, FoundNumber][] {
  const values: FoundNumber[][] = [];
  for (const number of numbers) {
    const same = values.find(([first]) => sameQuantity(first!, number));
    if (same) same.push(number);
    else values.push([number]);
    if (values.length > 2) return [];
  }
  if (values.length < 2) return [];
  const [one, other] = values.map((same) => same[0]!) as [FoundNumber, FoundNumber];
  // Two rows of one table, or two clauses of one sentence, mean two things.
  if (one.line === other.line && Math.abs(one.start - other.start) < 30) return [];
  return [[one, other]];
}

/** Who writes both in one sentence means two things: 现场登记471人，占登记总数641人的… */
function knowsBoth(document: ReportDocument, one: FoundNumber, other: FoundNumber): boolean {
  const own = sentenceOf(document, one);
  return own?.numbers.some((number) => number !== other && number.value === other.value) ?? false;
}

function contradiction(code: 'two-values' | 'text-table', one: FoundNumber, other: FoundNumber): Finding {
  const where = { zh: `第 ${other.line + 1} 行`, en: `line ${other.line + 1}` };
  return say(
    code,
    one,
    {
      zh: `“${one.noun}”此处为${one.text}，${where.zh}为${other.text}，两处不一致，请核对原始数据。`,
      en: `"${one.noun}" is ${one.text} here and ${other.text} in ${where.en}; check the source.`,
    },
    { related: [other], expected: other.text },
  );
}
