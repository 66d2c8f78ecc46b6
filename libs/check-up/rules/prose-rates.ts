import { decimal } from '../../core/decimal';
import type { ReportDocument, TextSentence } from '../document';
import type { Finding } from '../finding';
import type { FoundNumber } from '../found-number';
import { strippedNoun } from '../noun';
import { growth, holdAgainst, isClose, quotient, type Reckoning } from '../ratio';
import { explainedOtherwise } from '../other-explanation';
import { RATE_PARTS } from '../rate-parts';
import { judgeRate } from '../say';
import { isAtLeast, shares, WHOLE } from '../shares';
import { growths } from '../growths';

const GROWTH = /(?:增长|增加|上升|提高|提升|增幅|同比|环比|上涨|下降|减少|降低|降幅|下滑|压减|压缩|节约)[了为达]*$/;
const PASSED =
  /(?:同意|成功|合格|完成|通过|达标|满意|有效|阳性|报废|回收|收回|按时|及时|到位|入库|取证|持证|获证|其中|实际|实到|已|使用|支付|拨付|寄送|正常|在用|投入使用|支出|执行)/;
const NEAR = '0.015';
/** Rates whose other explanation is looked for: no report has as many wrong ones. */
const EXPLAINED_AT_MOST = 1_000;

/** What stands before a rate in its sentence and the two before. */
interface Context {
  readonly rate: FoundNumber;
  readonly own: readonly FoundNumber[];
  readonly around: readonly FoundNumber[];
  readonly paragraph: readonly FoundNumber[];
  readonly clause: string;
  readonly lead: string;
  readonly after: string;
  /** 二者占: of several numbers added up. */
  readonly together: boolean;
  /** What the sentence tells behind it, as 增幅5.68%（2023年末为173782人份）. */
  readonly following: readonly FoundNumber[];
  /** What it was held against. */
  readonly ways: Reckoning[];
}

/** Rates in sentences whose numerator and denominator are named nearby. */
export function proseRates(document: ReportDocument): Finding[] {
  const findings: Finding[] = [];
  let left = EXPLAINED_AT_MOST;
  document.sentences.forEach((sentence, index) => {
    if (sentence.numbers.length === 0) return;
    const before = sentencesBefore(document.sentences, index);
    for (const rate of sentence.numbers) {
      if (rate.kind !== 'rate' || rate.bound || rate.range || rate.rough) continue;
      const context = contextOf(document, sentence, before, rate);
      const told = judge(context, document);
      if (
        told &&
        !(
          told.class !== 'of-nothing' &&
          context.ways.length > 0 &&
          left-- > 0 &&
          explainedOtherwise(rate, context.ways, context.paragraph, document)
        )
      )
        findings.push(told);
    }
  });
  return findings;
}

function sentencesBefore(all: readonly TextSentence[], index: number): readonly TextSentence[] {
  const { paragraph } = all[index]!;
  const found: TextSentence[] = [];
  for (let at = index - 1; at >= 0 && all[at]!.paragraph === paragraph && found.length < 4; at--)
    found.unshift(all[at]!);
  return found;
}

function contextOf(
  { text }: ReportDocument,
  sentence: TextSentence,
  before: readonly TextSentence[],
  rate: FoundNumber,
): Context {
  const own = sentence.numbers.filter(({ end, worded }) => end <= rate.start && !worded);
  const last = own[own.length - 1];
  const from = last ? last.end : sentence.start;
  const lead = text.slice(from, rate.start);
  const clause = /[^，,；;：:（）()、]*$/.exec(text.slice(sentence.start, rate.start))?.[0] ?? '';
  const earlier = before.flatMap(({ numbers }) => numbers).filter(({ worded }) => !worded);
  return {
    rate,
    own,
    around: [...before.slice(-1).flatMap(({ numbers }) => numbers), ...own].filter(({ worded }) => !worded),
    paragraph: [...earlier, ...own],
    clause,
    lead,
    after: text.slice(rate.end, rate.end + 40),
    together: /(?:[二两三四]者|[两三四二]项|以上|上述|合计|共)占[^占]*$/.test(clause),
    following: sentence.numbers.filter(({ start, kind, worded }) => start >= rate.end && kind !== 'rate' && !worded),
    ways: [],
  };
}

function judge(context: Context, document: ReportDocument): Finding | undefined {
  const { rate, own, lead, clause } = context;
  if (GROWTH.test(lead.trim()) || /^[^，,]*(?:增长率|增幅|降幅)/.test(clause))
    return judgeAny(context, growths({ ...context, text: document.text }), fromWhatFollows(context));
  if (isOneOfSeveral(context)) return judgeSeveral(context);
  const explicit = inBrackets(context);
  if (explicit) return judgeRate(rate, explicit);
  const share = /占(?:了|到)?(?:比|比例|比重)?([^，,；;占]*)$/.exec(clause);
  if (share) return judgeAny(context, shares(context, share[1]!, document), alternatives(context));
  const completed = /完成(?:了)?([^，,；;]*?(?:预算|目标|计划|任务)[^，,；;]*?)的?$/.exec(clause);
  if (completed) return judgeAny(context, completions(context), alternatives(context));
  const named = namedParts(context);
  // 满意率98.00%；医院满意度98.5%: what yields the rate before it is not asked to yield another.
  if (isToldBefore(context, named)) return undefined;
  if (named.length > 0) return judgeAny(context, named, alternatives(context));
  if (!/(?:率|比|比例|占比|度)[为达到至是约的：:]*$/.test(clause.trim())) return undefined;
  return nearMiss(context, alternatives({ ...context, own: own.slice(-4) }));
}

function isToldBefore({ rate, paragraph }: Context, ways: readonly Reckoning[]): boolean {
  const last = paragraph.at(-1);
  return (
    last?.kind === 'rate' &&
    last.value !== rate.value &&
    ways.length > 0 &&
    ways.every((way) => !way.below.isZero() && holdAgainst(last, way).fits)
  );
}

function fromWhatFollows({ own, following }: Context): Reckoning[] {
  const quantities = own.filter(({ kind, worded }) => kind !== 'rate' && !worded).slice(-3);
  return following
    .slice(0, 2)
    .flatMap((before) =>
      quantities
        .filter(({ unit }) => unit === before.unit)
        .flatMap((one) => [growth(one, before), quotient(one, before)]),
    );
}

/** Fits one of the ways: right. Else told by the first of them. */
function judgeAny(
  { rate, ways: held }: Context,
  ways: readonly Reckoning[],
  others: readonly Reckoning[] = [],
): Finding | undefined {
  const all = [...ways, ...others].filter(({ below }) => !below.isZero());
  if (all.some((way) => holdAgainst(rate, way).fits)) return undefined;
  held.push(...ways);
  return ways[0] && judgeRate(rate, ways[0]);
}

function nearMiss(context: Context, ways: readonly Reckoning[]): Finding | undefined {
  const close = ways.filter((way) => isClose(context.rate, way, NEAR));
  return close.length === 1 ? judgeAny(context, close, ways) : undefined;
}

/** `98.5%（197/200）` or `98.5%（197÷200）`. */
function inBrackets({ rate, after }: Context): Reckoning | undefined {
  const match = /^\s?[（(=＝]\s?([\d,]+(?:\.\d+)?)\s?[^\d\s]{0,3}\s?[/÷／]\s?([\d,]+(?:\.\d+)?)/.exec(after);
  if (!match) return undefined;
  const [, above = '', below = ''] = match.map((part) => part?.replaceAll(',', ''));
  return { above: decimal(above), below: decimal(below), told: `${above} ÷ ${below}`, from: [rate] };
}

/** Rates one after another, as 占比分别为 40%、35%、25%. */
function isOneOfSeveral({ lead, clause, after, own }: Context): boolean {
  const follows = /^[、和及]$/.test(lead.trim()) && own[own.length - 1]?.kind === 'rate';
  return follows || /分别/.test(clause) || /^[、和及]\s?[\d.]+[%％‰]/.test(after);
}

function judgeSeveral(context: Context): Finding | undefined {
  const { own, paragraph } = context;
  const rates = own.filter(({ kind }) => kind === 'rate').length;
  const unit = own.find(({ kind }) => kind !== 'rate')?.unit;
  const counts = own.filter((one) => one.kind !== 'rate' && one.unit === unit);
  const whole = paragraph.find((one) => one.unit === unit && WHOLE.test(one.noun));
  const parts = counts.filter((one) => one !== whole);
  const part = parts[rates];
  if (!part || !whole || parts.length < 2 || parts.length <= rates) return undefined;
  return judgeAny(context, [quotient(part, whole)]);
}

function completions({ own, around, clause }: Context): Reckoning[] {
  const quantities = (own.some(({ kind }) => kind !== 'rate') ? own : around).filter(({ kind }) => kind !== 'rate');
  const word = /(预算|目标|计划|任务)/.exec(clause)?.[1] ?? '';
  const below = [...quantities]
    .reverse()
    .find(({ noun, period }) => noun.includes(word) || (word !== '预算' && period === 'target'));
  const above = [...quantities]
    .reverse()
    .find((one) => one !== below && one.unit === below?.unit && !/(?:增加|减少|增长|下降)/.test(one.noun));
  return below && above ? [quotient(above, below)] : [];
}

function namedParts({ rate, own, around, paragraph, clause, lead }: Context): Reckoning[] {
  const name = clause.replace(/[为达到至是约的：:\s]+$/, '');
  if (!/(?:率|度|占比|比例)$/.test(name)) return [];
  const found: Reckoning[] = [];
  const stem = strippedNoun(name.replace(/(?:成功|同意|完成|合格|通过)?率$/, ''));
  const quantities = around.filter(({ kind }) => kind !== 'rate');
  const parts = RATE_PARTS.filter((one) => one.name.test(name));
  for (const { above, below, mixed } of parts) {
    for (const pool of [own, around, paragraph]) {
      const up = [...pool].reverse().find((one) => one.kind !== 'rate' && above.test(one.noun) && !/率/.test(one.noun));
      const down = [...pool]
        .reverse()
        .find((one) => one.kind !== 'rate' && one !== up && below.test(one.noun) && (mixed || one.unit === up?.unit));
      if (!up || !down || (up.unit !== down.unit && !mixed)) continue;
      found.push(quotient(up, down));
      break;
    }
  }
  const stemmed = quantities.filter((one) => stem.length >= 2 && one.noun.includes(stem));
  const whole = stemmed.find((one) => strippedNoun(one.noun) === stem);
  const part = stemmed.find((one) => one !== whole && one.unit === whole?.unit && one.noun.length > stem.length);
  if (whole && part && (PASSED.test(part.noun) || part.noun.startsWith(stem))) found.unshift(quotient(part, whole));
  const direct = own.filter(({ kind }) => kind !== 'rate');
  const [before, after] = direct.slice(-2);
  // Two numbers of one unit stand right before their rate: 初筛…人，同意…人，成功率为…
  if (before && after && before.unit === after.unit && own.at(-1) === after && /^[^。；;]{0,14}$/.test(lead)) {
    const [large, small] = isAtLeast(before, after) ? [before, after] : [after, before];
    const linked = PASSED.test(after.noun) || after.noun.includes(before.noun) || before.noun.includes(after.noun);
    const way = quotient(small, large);
    if ((linked && stem.length <= 8) || large.value === '0' || isClose(rate, way, '0.05')) found.push(way);
  }
  return found;
}

function alternatives({ own, around }: Context): Reckoning[] {
  const near = [...new Set([...around.slice(-8), ...own.slice(-8)])].filter(({ kind }) => kind !== 'rate');
  const found: Reckoning[] = [];
  for (const above of near) {
    for (const below of near) {
      if (above !== below && above.unit === below.unit && !decimal(below.value).isZero())
        found.push(quotient(above, below));
    }
  }
  return found;
}
