import type { FoundNumber } from './found-number';
import { nounKey, strippedNoun } from './noun';

/** Words that say nothing of which thing is counted. */
const EMPTY =
  /(?:全年|年度|全市|全省|全区|全县|本年|上年|累计|新增|实际|实现|完成|人数|人次|人份|份数|例数|数量|合计|总计|总数|情况|其中|目标|计划|指标|数值|单位|支出|金额|工作|开展|举办|组织|共|者|的|了|底|末|数|值|项目|以上|按|均|为|上半|下半|半年)/g;

/** The words of a number: those before it, and where none are, those after. */
export function wordsOf(number: FoundNumber, text: string): string {
  const after = /^[^，,。；;：:（）()、\d]{0,8}/.exec(text.slice(number.end, number.end + 8))?.[0] ?? '';
  return strippedNoun(number.noun) + '|' + after;
}

/** Whether two numbers may count one thing, as their words go. */
export function maySpeakOfOne(one: FoundNumber, other: FoundNumber, text: string): boolean {
  if (one.noun !== '' && nounKey(one.noun) === nounKey(other.noun)) return true;
  const known = pairsOf(wordsOf(one, text));
  return [...pairsOf(wordsOf(other, text))].some((pair) => known.has(pair));
}

function pairsOf(words: string): Set<string> {
  const found = new Set<string>();
  for (const piece of words.replace(EMPTY, ' ').split(/[^\u4e00-\u9fa5A-Za-z]+/)) {
    for (let at = 0; at + 2 <= piece.length; at++) found.add(piece.slice(at, at + 2));
  }
  return found;
}

/** 4126 and 4216: the digits of one with two neighbours exchanged. */
export function isSwapped(one: string, other: string): boolean {
  if (one.length !== other.length || one === other) return false;
  const at = [...one].findIndex((digit, index) => digit !== other[index]);
  return one.slice(0, at) + one[at + 1] + one[at] + one.slice(at + 2) === other && at + 1 < one.length;
}

/** What the digits may have been, had two neighbours been exchanged. */
export function swapsOf(digits: string): string[] {
  return [...digits].flatMap((digit, at) => {
    const next = digits[at + 1];
    return next === undefined || next === digit ? [] : [digits.slice(0, at) + next + digit + digits.slice(at + 2)];
  });
}

/** The digits as printed, without sign, separators and unit. */
export function digitsOf({ text }: FoundNumber): string {
  return /\d[\d,.]*/.exec(text)?.[0].replaceAll(',', '') ?? '';
}
