import type { FoundNumber } from './found-number';
import { measureOf } from './measure';
import { endsWithVerb, strippedNoun } from './noun';

/** How much of a sentence is looked at before a number. */
const SAID_BEFORE = 300;
const CLAUSE_ENDS = /[，,；;：:（）()。！？!?]/;
const PLACE =
  /[\u4e00-\u9fa5]{2,4}?(?:自治州|地区|市(?!场|民|级|直|政|面|本|属|红|委|州)|县(?!级|域|乡|区)|(?<![地社小景园库院校城辖市片灾山林牧各])区(?!域|级|县|间|别|分)|分库|工作站|血站|分站|管理中心|医院|大学|学院)/g;
const EVERYWHERE = /^(?:全|各|本|我|该|省|市|县|地级|每|多|所有|其他|有关|相关|等|个|下辖)/;

/** Binds the numbers of a sentence to what they count, in which period and where. */
export function bind(text: string, offset: number, numbers: readonly FoundNumber[], reportYear: number | null): void {
  let last = 0;
  for (const number of numbers) {
    const at = number.start - offset;
    const before = text.slice(Math.max(last, at - SAID_BEFORE), at);
    const pieces = before.split(CLAUSE_ENDS);
    const left = (pieces[pieces.length - 1] ?? '').replace(/[≥≤=＝<>＞＜]\s*$/, '');
    const end = number.end - offset;
    const right = rightOf(text.slice(end, end + 40));
    const stripped = strippedNoun(withoutDates(left));
    const standsRight = stripped === '' || (endsWithVerb(left) && right !== '');
    number.noun = standsRight && right !== '' ? right : stripped;
    const said = text.slice(Math.max(0, at - SAID_BEFORE), at);
    number.period = periodOf(said, left, reportYear);
    number.measure = measureOf(before, text.slice(end, end + 6));
    number.place = placeOf(said);
    // 二次捐献 is one noun.
    if (!number.worded) last = number.end - offset;
  }
}

function rightOf(text: string): string {
  const piece = text.split(/[，,；;：:（）()。！？!?、\d]/)[0] ?? '';
  if (/^\s?(?:增|减|下降|上升|提高|降低|占|多|少|左右|以上)/.test(piece)) return '';
  return strippedNoun(piece.replace(/(?:左右|以上|以内|以下|的)/g, ''));
}

function withoutDates(text: string): string {
  return text
    .replace(/(?:19|20)\d{2}\s?年?(?:度)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|初)?/g, '')
    .replace(/\d{1,2}月(?:\d{1,2}日)?/g, '');
}

const TARGET =
  /(?:年度目标|目标值|目标为|目标数|计划|预期|力争|拟|预计|将|任务数|任务为|任务量|指标值|不少于|不低于|要求|下一步|明年|次年)/;
/** The whole sentence after it is of what is meant to be. */
const AIMS = /(?:预计(?:全年|年底|到)|(?:预期|绩效|总体|年度|工作)目标(?:是|为)?[：:]|力争)(?![^。；;]*实际)/;
const LAST = /(?<!比|较|与|同|和)(?:上年|去年|上一年|同期|前一年|往年|前年)|(?:上年|去年|同期|上一年)度?(?:的|为)?\s*$/;
const PART =
  /(?:上半年|下半年|前三季度|[一二三四]季度|[1-4]季度|\d{1,2}[—–~～至-]\d{1,2}月|\d{1,2}月(?:份)?|当月|本月|当日|当天|活动期间|期间|周)/g;

const OWN_OF_YEAR = /^(?:度|全年|末|底|年末|年底)?的?(?:为|是)?\s*$/;

/** What the number is of, by the nearest words before it in its sentence. */
export function periodOf(before: string, clause: string, reportYear: number | null): string {
  if (TARGET.test(clause) || /(?:目标|计划|任务)[^，,；;]*$/.test(before) || AIMS.test(before)) return 'target';
  const year = [...before.matchAll(/((?:19|20)\d{2})\s?年/g)].pop();
  const named = year && Number(year[1]) !== reportYear ? year[1]! : '';
  if (LAST.test(clause)) return 'last';
  const part = [...clause.matchAll(PART)].pop() ?? [...before.matchAll(PART)].pop();
  if (part && !/截至|截止/.test(before.slice(Math.max(0, part.index - 8), part.index)))
    return `${named}part:${part[0]}`;
  // 与2023年相比招募… is of this year; 与2023年的1612篇相比 is of that.
  const direct = year !== undefined && OWN_OF_YEAR.test(before.slice(year.index + year[0].length));
  if (named && (direct || !/(?:比|较|与|相比)[^，,；;]*$/.test(before.slice(0, year!.index)))) return named;
  if (/(?:累计|历年|自[^，,]*(?:以来|起)|成立以来|启动以来)/.test(clause)) return 'cumulative';
  return '';
}

/** The places named before a number in its sentence, without those that stand for all. */
export function placeOf(before: string): string {
  const found = [...before.matchAll(PLACE)].map(([name]) => name).filter((name) => !EVERYWHERE.test(name));
  return found.pop() ?? '';
}
