import { decimal } from '../core/decimal';
import type { FoundNumber } from './found-number';
import { isGeneric, strippedNoun } from './noun';
import { growth, growthBy, quotient, type Reckoning } from './ratio';

const DOWN = /(?:下降|减少|降低|降幅|下滑|压减|压缩|节约|缩减)/;
const CHANGE =
  /(?:增长|增加|增收|增幅|上升|提高|提升|多|下降|减少|降低|下滑|压减|压缩|节约|缩减|少|净增|净减)[了为]?\s*$/;
const TO = /(?:增加|增长|提高|提升|上升|扩大|下降|降低|减少|压减|缩减|发展)?(?:到|至)[了]?\s*$/;
const EARLIER = /(?:上年|去年|同期|上一年|前一年)/;

/** 上年为78场 names nothing; 未入库223份 is not what 上一年度采样5304份 grew to. */
function maySpeakOfOneThing(one: FoundNumber, other: FoundNumber): boolean {
  const [a, b] = [one, other].map(({ noun }) =>
    strippedNoun(noun.replace(/(?:上年度?|去年|上一年度?|同期|前一年|的|本年度?|今年)/g, '')),
  ) as [string, string];
  if (isGeneric(a) || isGeneric(b)) return one.measure === other.measure;
  return one.measure === other.measure && !/^(?:未|不|非|其中)/.test(a) && [...b].some((letter) => a.includes(letter));
}

/** What stands before a rate of growth. */
export interface GrowthContext {
  readonly text: string;
  readonly own: readonly FoundNumber[];
  readonly around: readonly FoundNumber[];
  readonly paragraph: readonly FoundNumber[];
  readonly lead: string;
}

/** The ways in which a rate of growth may have been reckoned, the likeliest first. */
export function growths({ text, own, around, lead, paragraph }: GrowthContext): Reckoning[] {
  const quantities = paragraph.filter(({ kind }) => kind !== 'rate');
  const last = own.filter(({ kind }) => kind !== 'rate').at(-1);
  if (!last) return [];
  const said = (one: FoundNumber): string => {
    const before = quantities[quantities.indexOf(one) - 1];
    return text.slice(Math.max(before?.end ?? 0, one.start - 30), one.start);
  };
  const like = quantities.filter(({ unit }) => unit === last.unit);
  const previous = like[like.indexOf(last) - 1];
  // 由48个增加到53个
  if (previous && TO.test(said(last)) && /(?:由|从)[^，,；;]*$/.test(said(previous))) return [growth(last, previous)];
  const isChange = (one: FoundNumber): boolean => CHANGE.test(said(one));
  const earlier = around.filter(
    (one) =>
      one.kind !== 'rate' &&
      one.unit === last.unit &&
      !isChange(one) &&
      (one.period === 'last' || /^\d{4}$/.test(one.period) || EARLIER.test(one.noun)),
  );
  const before = earlier.at(-1);
  const found: Reckoning[] = [];
  if (isChange(last)) {
    if (before) found.push(quotient(last, before));
    // A sentence of a year of its own is not of what was told before it.
    const ofOwnYear = /(?:19|20)\d{2}年[^。；;]*$/.test(text.slice(Math.max(0, last.start - 40), last.start));
    const current = [...(ofOwnYear ? own.filter(({ unit }) => unit === last.unit) : like)]
      .reverse()
      .filter((one) => one !== last && one !== before && !isChange(one));
    found.push(...current.slice(0, 6).map((now) => growthBy(now, last, DOWN.test(lead) || DOWN.test(said(last)))));
  }
  if (before) {
    const now = like.filter((one) => one !== before && !isChange(one) && maySpeakOfOneThing(one, before));
    found.push(
      ...now
        .reverse()
        .slice(0, 3)
        .map((one) => growth(one, before)),
    );
  }
  return found.filter(({ below }) => !below.lt(decimal('0')));
}
