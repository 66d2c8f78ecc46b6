import { decimal } from '../../core/decimal';
import { chineseNumber } from '../chinese-number';
import type { ReportDocument, Table, TextSentence } from '../document';
import type { Finding } from '../finding';
import type { FoundNumber } from '../found-number';
import { say } from '../say';

const COUNTABLE = new Set([
  '个',
  '项',
  '人',
  '场',
  '家',
  '所',
  '类',
  '种',
  '部',
  '篇',
  '份',
  '条',
  '件',
  '支',
  '次',
  '期',
  '批',
  '站',
  '队',
  '台',
  '处',
  '座',
  '大类',
  '大项',
  '方面',
  '区',
  '辆',
]);
const COUNTED_AT_MOST = 60;
/** Letters of a list and what leads to it. */
const LIST_AT_MOST = 4_000;
const LIST_HEAD = /(?:清单|名单|名称|列表|明细|点位|站点|具体|内容|备注)$/;
const CLOSES: Readonly<Record<string, string>> = { '（': '）', '(': ')' };

/** A stated count against what is listed after it. */
export function countsOfLists(document: ReportDocument): Finding[] {
  return [...inSentences(document), ...document.tables.flatMap(inTable)];
}

/** 5个 | 火车站、万达广场、博物馆、滨江公园 */
function inTable({ head, rows }: Table): Finding[] {
  return rows.flatMap((row) =>
    row.flatMap((cell) => {
      const named = LIST_HEAD.test(head[cell.column]!);
      const introduced = /^(?:名单|包括|分别为|分别是|具体为|即)\s?[:：]/.exec(cell.text)?.[0];
      if (cell.number || (!named && introduced === undefined) || !cell.text.includes('、')) return [];
      const list = itemsOf(cell.text.slice(introduced?.length ?? 0).replace(/[。；;]$/, ''));
      const count = row
        .slice(0, cell.column)
        .reverse()
        .find(({ number, text }) => number && (isCount(number) || (number.kind === 'bare' && /^\d{1,2}$/.test(text))));
      if (!list || !count || decimal(count.number!.value).eq(list.length)) return [];
      return [tell(count.number!, list)];
    }),
  );
}

function inSentences(document: ReportDocument): Finding[] {
  return document.sentences.flatMap((sentence, index) =>
    sentence.numbers.flatMap((number, at) => {
      if (!isCount(number)) return [];
      const list =
        listAfter(document, sentence, number) ??
        (sentence.paragraph.inTable ? undefined : linesAfter(document, index, number)) ??
        listBefore(document, sentence, number, at);
      if (!list || decimal(number.value).eq(list.length)) return [];
      return [tell(number, list)];
    }),
  );
}

function tell(number: FoundNumber, list: readonly string[]): Finding {
  const right = number.worded ? `${list.length}${number.printedUnit}` : number.text.replace(/\d+/, String(list.length));
  return say(
    'count-of-list',
    number,
    {
      zh: `写的是${number.text}，列出的是 ${list.length} 项：${list.slice(0, 12).join('、')}。`,
      en: `${number.text} are stated, ${list.length} are listed: ${list.slice(0, 12).join(', ')}.`,
    },
    { expected: right },
  );
}

function isCount({ kind, unit, decimals, value, rough, range, bound }: FoundNumber): boolean {
  return (
    kind === 'count' &&
    decimals === 0 &&
    !rough &&
    !range &&
    !bound &&
    COUNTABLE.has(unit) &&
    decimal(value).gte(2) &&
    decimal(value).lte(COUNTED_AT_MOST)
  );
}

/** 4个市：甲、乙、丙、丁 and 3项制度（《…》《…》《…》). */
function listAfter(
  { text }: ReportDocument,
  { end, paragraph }: TextSentence,
  number: FoundNumber,
): string[] | undefined {
  const most = Math.min(paragraph.end, number.end + LIST_AT_MOST);
  const rest = text.slice(number.end, end);
  const opening =
    /^([^，,。；;：:（(、\d]{0,16}?)\s?(?:[，,]?\s?(?:分别是|分别为|分别(?:设|建|位|分布)?[在于]|即|包括|具体为|具体包括|依次为)[：:]?|[：:]|([（(]))/.exec(
      rest,
    );
  if (!opening || /(?:其中|共|以上)/.test(opening[1]!)) return undefined;
  const bracket = opening[2];
  let body = rest.slice(opening[0].length);
  if (bracket) {
    const close = body.indexOf(CLOSES[bracket]!);
    if (close < 0) return undefined;
    body = body.slice(0, close);
  } else if (/^\s*一是/.test(body)) {
    body = text.slice(number.end + opening[0].length, most);
    if (most < paragraph.end) return undefined;
  } else if (/[；;]$/.test(body) && !/^[^，,]*、[^，,]*$/.test(body)) {
    const [list = ''] = text.slice(end, most).split('。');
    if (end + list.length === most && most < paragraph.end) return undefined;
    body = text.slice(number.end + opening[0].length, end) + list;
  }
  if (!bracket && /[：:]$/.test(opening[0]) && body.trim() === '') return undefined;
  return itemsOf(withoutRest(body.replace(/[。！；;]+$/, '')));
}

/** 甲班、乙班、丙班，共培训216人次: the list ends where its sum begins. */
function withoutRest(body: string): string {
  return /^([^，,；;]*、[^，,；;]*)[，,](?=[^、]*\d|共|均|合计)[^、]*$/.exec(body)?.[1] ?? body;
}

function itemsOf(body: string): string[] | undefined {
  if (/^\s*[一1]是/.test(body)) return markedItems(body);
  const ordered = [
    ...body.matchAll(/(?:^|[；;，,。\s])(?:[一二三四五六七八九十]是|[（(]?\d{1,2}[)）.、])([^；;]{2,})/g),
  ];
  if (ordered.length >= 2 && /^(?:一是|[（(]?1[)）.、])/.test(body.trim()))
    return ordered.map(([, item]) => item!.slice(0, 12));
  const titles = [...body.matchAll(/《[^》]+》/g)].map(([title]) => title);
  if (titles.length >= 2 && body.replace(/《[^》]+》/g, '').replace(/[、和及与，,以及印发\s]/g, '').length <= 4)
    return titles;
  if (/等(?:$|[^级候])/.test(body) || /[。]/.test(body)) return undefined;
  if (/[；;]/.test(body)) {
    const parts = body.split(/[；;]/).filter((part) => part.trim() !== '');
    return parts.length >= 2 ? parts.map((part) => part.slice(0, 12)) : undefined;
  }
  if (/[，,]/.test(body) || !body.includes('、')) return undefined;
  // Parts with figures of their own are a sum, not a list.
  if (/\d+(?:\.\d+)?\s?(?:万|亿)?(?:元|人|例|份|场|次|个|项|%|台|篇|户)/.test(body)) return undefined;
  const items = body
    .split('、')
    .flatMap((part, index, all) =>
      index === all.length - 1 ? part.split(/(?:以及|和|及|与)(?=[\u4e00-\u9fa5“《]{2,})/) : [part],
    );
  // 县（市、区） names kinds.
  if (items.some((item) => [...item.trim()].length < 2 || /^(?:含|不含|其中|包括)/.test(item.trim()))) return undefined;
  return items.every((item) => item.length <= 24) ? items.map((item) => item.trim()) : undefined;
}

/** 一是…二是…, as far as they follow each other. */
function markedItems(body: string): string[] | undefined {
  const items: string[] = [];
  for (const [, numeral, item] of body.matchAll(/([一二三四五六七八九十]+)是([^；;。，,]{2,12})/g)) {
    if (chineseNumber(numeral!) === items.length + 1) items.push(item!);
  }
  return items.length >= 2 ? items : undefined;
}

/** 以下3项： and then numbered lines. */
function linesAfter(document: ReportDocument, index: number, number: FoundNumber): string[] | undefined {
  const { sentences, lines, text } = document;
  const sentence = sentences[index]!;
  const rest = text.slice(number.end, sentence.end);
  if (!/^[^，,。；;：:\d]{0,20}[：:]\s*$/.test(rest)) return undefined;
  const items: string[] = [];
  for (let at = sentence.line + 1; at < lines.length; at++) {
    const line = lines[at]!.text.trim();
    if (line === '' && items.length === 0) continue;
    const item =
      /^(?:[（(]?(\d{1,2}|[一二三四五六七八九十]+)[)）.、．]|[一二三四五六七八九十]是|[—·•-])\s?(.{2,})/.exec(line);
    if (!item) break;
    if ((/^[1１一]$/.test(item[1] ?? '') && items.length > 0) || items.length > COUNTED_AT_MOST) break;
    items.push(item[2]!.slice(0, 12));
  }
  return items.length >= 2 && items.length <= COUNTED_AT_MOST ? items : undefined;
}

/** 甲、乙、丙三个市: named right before, and no 等 between. */
function listBefore(
  { text }: ReportDocument,
  sentence: TextSentence,
  number: FoundNumber,
  at: number,
): string[] | undefined {
  const summed = /[：:]([^：:。；;，,\d]*、[^：:。；;，,\d]*)[，,]\s?(?:共|共计|合计)\s?$/.exec(
    text.slice(sentence.start, number.start),
  )?.[1];
  if (summed !== undefined && !/等\s?$/.test(summed)) return itemsOf(summed);
  const previous = sentence.numbers[at - 1];
  const before = text.slice(previous ? previous.end : sentence.start, number.start);
  const match =
    /(?:^|[，,：:；;在对向为由从与])((?:[^，,：:；;、。在对向由从]{2,8}、)+[^，,：:；;、。和及与]{2,8}(?:(?:和|及|与)[^，,：:；;、。]{2,8})?)(等)?\s?$/.exec(
      before,
    );
  if (!match || !/^(?:个|家|所|项|位|名|人|类|种|支)$/.test(number.unit)) return undefined;
  const items = match[1]!.split(/[、和及与]/);
  if (items.some((item) => /\d/.test(item))) return undefined;
  // With 等 more may be meant than are named; fewer cannot.
  if (match[2] !== undefined && decimal(number.value).gte(items.length)) return undefined;
  return /(?:市|县|区|州|省|站|院|校|局|委|会|部|科|室)$/.test(items[0]!) && items.every((item) => item.length <= 8)
    ? items
    : undefined;
}
