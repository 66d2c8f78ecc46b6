import { decimal, type Decimal } from '../../core/decimal';
import type { ReportDocument, TextSentence } from '../document';
import type { Finding } from '../finding';
import { inUnitOf, type FoundNumber } from '../found-number';
import { sentenceOf, swappedNumbers } from '../number-index';
import { say } from '../say';

const SPLIT = /(?:其中|包括|分别(?:为|是)|分为|由|构成|：)/;
const WHOLE = /(?:合计|总计|共计|总额|总数|总量|总支出|总收入|一共|收、支|总|共)/;
const TRAILING_TOTAL = /(?:合计|共计|总计|累计共|三项合计|两项合计|总共)(?:为|达|约)?$/;
/** Names that are all there is, so that they must add up. */
const PAIRS: readonly (readonly [RegExp, RegExp])[] = [
  [/基本支出/, /项目支出/],
  [/人员经费/, /公用经费|日常公用/],
  [/男/, /女/],
  [/全血/, /机采|成分/],
  [/初次|首次/, /再次|重复|多次/],
  [/在编/, /聘用|编外|临聘|非在编/],
  [/个人/, /团体|单位/],
  [/线上/, /线下/],
  [/省级|省本级/, /市级|地市/],
  [/资金|款/, /物资|物/],
  [/城区|城镇|城市/, /农村|乡村|郊/],
  [/集中/, /分散/],
  [/新增/, /续/],
  [/货物/, /服务|工程/],
];
/** Of more parts none at the beginning is taken for another whole's. */
const MANY_PARTS = 24;
const UNSUMMABLE = /(?:编制|平均|人均|最高|最低|单价|标准|每)/;

/** A whole with its parts in one sentence. */
export function proseSums(document: ReportDocument): Finding[] {
  const { sentences, text } = document;
  return sentences.flatMap((sentence, index) => {
    const { numbers } = sentence;
    const before = sentences[index - 1];
    // Over lines too, but not from cell to cell.
    const isOn =
      before && (before.paragraph === sentence.paragraph || !(before.paragraph.inTable || sentence.paragraph.inTable));
    const continued = isOn && /^\s*其中/.test(sentence.text) ? ofSentenceBefore(before, sentence, document) : [];
    if (numbers.length < 3) return continued;
    return [
      ...continued,
      ...partsAfter(sentence, document),
      ...partsBefore(sentence, document),
      ...shareSums(sentence, text),
      ...shareTotals(sentence, text),
    ];
  });
}

function usable(one: FoundNumber): boolean {
  return (
    !one.bound &&
    !one.range &&
    !one.worded &&
    one.kind !== 'rate' &&
    !UNSUMMABLE.test(one.noun) &&
    one.measure === '' &&
    one.unit !== '百分点' &&
    !isEarlier(one)
  );
}

function isEarlier({ period, noun }: FoundNumber): boolean {
  return period === 'last' || period === 'target' || /(?:增加|减少|增长|下降|上年|比|较|目标|计划)/.test(noun);
}

/** 共…，其中…、…、…; and 支出合计…，基本支出…，项目支出… */
function partsAfter({ numbers, start, end }: TextSentence, document: ReportDocument): Finding[] {
  const { text } = document;
  const findings: Finding[] = [];
  for (const [index, whole] of numbers.entries()) {
    if (!usable(whole)) continue;
    // 样本191份，复检率2.00%，其中… is of the samples.
    const at = numbers.findIndex((one, later) => later > index && one.kind !== 'rate');
    if (at < 0) continue;
    const between = text.slice(numbers[at - 1]!.end, numbers[at]!.start);
    const splits = SPLIT.test(between) && !/(?:占|率|比|增长|减少)/.test(between);
    if (!splits && !(WHOLE.test(whole.noun) && isPaired(numbers.slice(index + 1, index + 5)))) continue;
    const parts = run(numbers, index + 1, whole, text);
    if (parts.length < 2) continue;
    const finding = hold(
      whole,
      parts,
      isPaired(parts) || /(?:分为|由|构成|分别)/.test(between),
      text.slice(start, end),
      document,
    );
    if (finding) findings.push(finding);
  }
  return findings;
}

/** The numbers of one unit from one on, until another part begins. */
function run(numbers: readonly FoundNumber[], from: number, whole: FoundNumber, text: string): FoundNumber[] {
  const parts: FoundNumber[] = [];
  for (let index = from; index < numbers.length; index++) {
    const number = numbers[index]!;
    if (number.kind === 'rate') continue;
    const between = index === 0 ? '' : text.slice(numbers[index - 1]!.end, number.start);
    if (index > from && /其中/.test(between)) break;
    if (number.unit !== whole.unit) {
      if (parts.length === 0) return [];
      continue;
    }
    if (!usable(number)) break;
    parts.push(number);
  }
  return parts;
}

/** …支出…。其中…、…。 The whole is any of the sentence before. */
function ofSentenceBefore(
  before: TextSentence,
  { numbers, start, end }: TextSentence,
  document: ReportDocument,
): Finding[] {
  const { text } = document;
  const first = numbers.find(usable);
  const wholes = before.numbers.filter((one) => usable(one) && one.unit === first?.unit);
  if (wholes.length === 0) return [];
  const parts = run(numbers, 0, wholes[0]!, text);
  if (parts.length < 2) return [];
  const held = wholes.map((whole) => hold(whole, parts, isPaired(parts), text.slice(start, end), document));
  const last = held.at(-1);
  return last && held.every((one) => one !== undefined) ? [last] : [];
}

function isPaired(parts: readonly FoundNumber[]): boolean {
  return PAIRS.some(
    ([one, other]) => parts.some(({ noun }) => one.test(noun)) && parts.some(({ noun }) => other.test(noun)),
  );
}

/** …、…、…，合计… */
function partsBefore({ numbers, start, end }: TextSentence, document: ReportDocument): Finding[] {
  const { text } = document;
  const findings: Finding[] = [];
  for (const [index, whole] of numbers.entries()) {
    if (index < 2 || !usable(whole)) continue;
    const lead = /[^，,；;：:]*$/.exec(text.slice(numbers[index - 1]!.end, whole.start))?.[0] ?? '';
    if (!TRAILING_TOTAL.test(lead.trim()) && lead.trim() !== '共') continue;
    const parts = numbers.slice(0, index).filter((one) => usable(one) && one.unit === whole.unit);
    if (parts.length < 2) continue;
    const finding = hold(whole, parts, true, text.slice(start, end), document);
    if (finding) findings.push(finding);
  }
  return findings;
}

/** Of none, of the first, of the first two… */
function runningSums(parts: readonly FoundNumber[]): Decimal[] {
  const sums = [decimal('0')];
  for (const { value } of parts) sums.push(sums.at(-1)!.plus(decimal(value)));
  return sums;
}

function sumOf(parts: readonly FoundNumber[]): Decimal {
  return parts.reduce((sum, { value }) => sum.plus(decimal(value)), decimal('0'));
}

function hold(
  whole: FoundNumber,
  parts: readonly FoundNumber[],
  exhaustive: boolean,
  sentence: string,
  document: ReportDocument,
): Finding | undefined {
  const total = decimal(whole.value);
  const steps = [whole, ...parts].map(({ step }) => decimal(step));
  const coarse = steps.some((step) => !step.eq(steps[0]!)) || [whole, ...parts].some(({ rough }) => rough);
  const room = coarse ? roomOf([whole, ...parts]) : decimal('0');
  const agrees = (some: Decimal): boolean => some.minus(total).abs().lte(room);
  const sums = runningSums(parts);
  const sum = sums.at(-1)!;
  const lastFrom = parts.length > MANY_PARTS ? 0 : parts.length - 2;
  for (let from = 0; from <= lastFrom; from++) {
    for (let to = parts.length; to > from + 1; to--) if (agrees(sums[to]!.minus(sums[from]!))) return undefined;
  }
  // One that is a part of a part: 培训300人，其中线上120人… may stand between.
  if (parts.length > 2 && parts.some(({ value }) => agrees(sum.minus(decimal(value))))) return undefined;
  const off = sum.minus(total);
  const share = total.isZero() ? decimal('1') : off.abs().div(total);
  const close = share.lte(decimal('0.1')) || (parts.length >= 3 && share.lte(decimal('0.2')));
  if (!(exhaustive && share.lte(decimal('0.6'))) && !close) return undefined;
  if (/(?:重复|交叉|同时|等)/.test(sentence) && !exhaustive) return undefined;
  const right = inUnitOf(sum.toFixed(), whole);
  const slip = off.isZero() ? undefined : slipOf(whole, parts, document);
  if (slip) return slip;
  const told = parts.map(({ text }) => text).join(' + ');
  return say(
    'sum',
    whole,
    {
      zh: `${told} = ${right}，与${whole.text}相差 ${inUnitOf(off.abs().toFixed(), whole)}。`,
      en: `${told} = ${right}, ${inUnitOf(off.abs().toFixed(), whole)} apart from ${whole.text}.`,
    },
    { related: parts, expected: right },
  );
}

/** One of the parts with two digits exchanged, as another place of the report tells it, makes the sum. */
function slipOf(whole: FoundNumber, parts: readonly FoundNumber[], document: ReportDocument): Finding | undefined {
  const total = decimal(whole.value);
  for (const part of parts) {
    const meant = swappedNumbers(document, part).find((one) =>
      sumOf(parts).minus(decimal(part.value)).plus(decimal(one.value)).eq(total),
    );
    if (!meant) continue;
    const mixed = sentenceOf(document, meant) === undefined;
    return say(
      mixed ? 'text-table' : 'two-values',
      part,
      {
        zh: `此处为${part.text}，第 ${meant.line + 1} 行为${meant.text}；按后者各项之和才是${whole.text}，此处像是相邻两位数字颠倒。`,
        en: `${part.text} here and ${meant.text} in line ${meant.line + 1}; only the latter makes ${whole.text}: two digits seem exchanged here.`,
      },
      { related: [meant], expected: inUnitOf(meant.value, part) },
    );
  }
  return undefined;
}

function roomOf(numbers: readonly FoundNumber[]): Decimal {
  const coarse = numbers.filter(({ kind, step, rough }) => rough || (kind === 'count' && decimal(step).gt(1)));
  return coarse.reduce((sum, { step, rough }) => sum.plus(decimal(step).div(rough ? 1 : 2)), decimal('0'));
}

/** Shares of one whole that come near 100 % and do not make it. */
function shareSums({ numbers }: TextSentence, text: string): Finding[] {
  const shares = numbers.filter((one, index) => {
    if (one.kind !== 'rate' || one.unit !== '%' || one.bound || one.range || one.rough) return false;
    const from = index > 0 ? numbers[index - 1]!.end : Math.max(0, one.start - 20);
    const lead = text.slice(from, one.start);
    return (
      /占[^，,；;率]{0,8}$/.test(lead) ||
      (index > 0 &&
        /^[、和及，,]\s?[^率增减\d]{0,8}$/.test(lead) &&
        /占|比/.test(text.slice(numbers[0]!.start - 20, one.start)))
    );
  });
  if (shares.length < 3 || shares.length !== numbers.filter(({ kind }) => kind === 'rate').length) return [];
  const sum = sumOf(shares);
  const room = decimal(shares[0]!.step).times(shares.length).div(2);
  const off = sum.minus(100).abs();
  if (off.lte(room) || off.gt(6)) return [];
  const told = shares.map((one) => one.text).join(' + ');
  return [
    say(
      'sum',
      shares[shares.length - 1]!,
      {
        zh: `各项占比 ${told} = ${sum.toFixed()}%，不等于 100%，四舍五入也解释不了。`,
        en: `The shares ${told} = ${sum.toFixed()}%, not 100%, which rounding does not explain.`,
      },
      { related: shares },
    ),
  ];
}

/** 占…40%、…35%和…25%，合计99.10%. */
function shareTotals({ numbers, start }: TextSentence, text: string): Finding[] {
  return numbers.flatMap((total, index) => {
    const previous = numbers[index - 1];
    if (total.kind !== 'rate' || previous?.kind !== 'rate') return [];
    if (
      !/^[，,、（(]?\s?(?:[两二三四五六七八九十]项)?(?:占比)?(?:合计|共计|总计|之和)(?:为|是)?\s?$/.test(
        text.slice(previous.end, total.start),
      )
    )
      return [];
    const parts = numbers.slice(0, index).filter(({ kind, unit }) => kind === 'rate' && unit === total.unit);
    if (parts.length < 2 || !/占/.test(text.slice(start, total.start))) return [];
    const room = decimal(total.step)
      .times(parts.length + 1)
      .div(2);
    const off = sumOf(parts).minus(decimal(total.value)).abs();
    if (off.lte(room) && !(parts.length > 0 && off.gt(0) && sumOf(parts).eq(100))) return [];
    // 100 % is what shares rounded each for itself are said to make.
    if (decimal(total.value).eq(100) && sumOf(parts).minus(100).abs().lte(room)) return [];
    const right = `${sumOf(parts).toFixed()}%`;
    const told = parts.map((one) => one.text).join(' + ');
    return [
      say(
        'sum',
        total,
        { zh: `${told} = ${right}，不是${total.text}。`, en: `${told} = ${right}, not ${total.text}.` },
        { related: parts, expected: right },
      ),
    ];
  });
}
