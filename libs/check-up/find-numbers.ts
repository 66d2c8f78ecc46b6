import { decimal, plain, round } from '../core/decimal';
import { chineseNumber } from './chinese-number';
import { SCALES, type FoundNumber, type NumberKind } from './found-number';

/** What a thing may be counted in; longer ones first, so that 人次 is not read as 人. */
export const COUNT_UNITS =
  '人次|人份|例次|篇次|批次|台次|车次|户次|人日|治疗量|单位|毫升|毫克|公里|千米|平方米|小时|分钟|工作日|千克|公斤|米|吨|份|例|名|位|户|项|个|场次|场|次|篇|台|套|辆|支|所|家|件|幅|期|批|条|类|种|部|册|本|张|块|处|座|间|座次|盒|箱|袋|瓶|人|天|日|岁|周岁|分|倍|届|站|队|组|只|头|枚|块|床|顶|桶|架|艘|棵|万人公里|U|ml|mL|kg|t';
const SCALE_WORDS = '十万|百万|千万|亿|万|千(?![克米瓦])|百';

const NUMBER = /[-−－+]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?/g;
const AFTER = new RegExp(
  `^\\s?(?:(%|‰)|(?:个[百千]分点)|(${SCALE_WORDS})?(余|多|几)?\\s?(?:(元)|(${COUNT_UNITS})(?![a-zA-Z]))?(余|多)?(?:（套）|\\(套\\))?)`,
);
const BEFORE_RATE = /(万分之|千分之|百分之)$/;
const ROUGH_BEFORE = /(?:近|约|超过|超|逾|大约|将近|接近|突破|左右)$/;
const BOUND_BEFORE = /(?:≥|≤|>=|<=|>|<|＞|＜|不少于|不低于|不高于|不超过|至少|以上)\s?$/;

/** What is no figure: dates, ordinals, numbers of documents, sections and phones, names. Matches keep their length. */
const NO_FIGURES: readonly RegExp[] = [
  /\d{4}\s?年(?:度)?(?:\s?\d{1,2}\s?月(?:份)?)?(?:\s?\d{1,2}\s?[日号])?/g,
  /(?:19|20)\d{2}\s?[—–~～至-]+\s?(?:19|20)?\d{2}(?=\s?年)/g,
  /\b(?:19|20)\d{2}[-/](?:0?[1-9]|1[0-2])(?:[-/](?:0?[1-9]|[12]\d|3[01]))?(?![\d%.万元])/g,
  /\b(?:19|20)\d{2}\.(?:0?[1-9]|1[0-2])\.(?:0?[1-9]|[12]\d|3[01])(?![\d%.万元])/g,
  /\d{1,2}\s?[—–~～至-]\s?\d{1,2}\s?月(?:份)?/g,
  /\d{1,2}\s?月(?:份)?\s?\d{1,2}\s?[日号](?:\s?[—–~～至-]\s?\d{1,2}\s?[日号])?/g,
  /(?<!\d)\d{1,2}\s?月(?:份|底|末|初|中旬|上旬|下旬)?(?!\d)/g,
  /(?<=[年月日至—–-])\d{1,2}\s?日/g,
  /\d{1,2}\s?[时:：]\s?\d{2}\s?分?(?!\d)/g,
  /第\s?\d+/g,
  // The mark of a source, as [12].
  /[[［〔]\d{1,3}[\]］〕]/g,
  /[〔[［【（(]\s?\d{4}\s?[〕\]］】）)]\s?(?:第)?\s?\d*\s?号?/g,
  /\d+\s?(?:号|楼|室|路|层|#)(?![召文])/g,
  /\d+\s?[·.]\s?\d+(?=\s?[”"]?\s?(?:公益|世界|人道|线上|防灾|全国|国际))/g,
  /\d+(?=公益日)/g,
  /\d+·\d+/g,
  /(?<![A-Za-z])[A-Za-z]+[-+]?\d[\dA-Za-z.-]*/g,
  /\d+(?=[A-Za-z]{2,}(?<!ml|mL|kg))/g,
  // 表 3, but not 发表 147 篇.
  /(?:表|图|附件|附表|注|(?<![执发进举运施推试银实])行|列|版本|电话|邮编|编码|编号|代码|账号)\s?[:：]?\s?\d[\d.-]*(?![\d.\-万亿元%‰人例份次篇场个家户台件项名位条套部期]|,\d{3})/g,
  /\d{3,4}-\d{7,8}/g,
  /(?<!\d)\d+:\d+(?!\d)/g,
  /["“][^”"]{0,12}?\d+\+\d+[^”"]{0,8}?[”"]/g,
  /(?<=十)\d+五/g,
];
/** 1. and 2、 before a sentence, also before one that begins with a year: 1.2024年. */
const SECTION =
  /^\s*(?:[-*#•·・]+\s*)?(?:[（(]\s?\d{1,2}\s?[）)]|\d{1,2}(?:\.\d{1,2})*\s?(?:[、）)]|[.．](?!\d)|[.．](?=(?:19|20)\d{2}\s?年|\d{1,2}\s?月)))/;
const WORDED =
  /(?<![一二两三四五六七八九十百])[一二两三四五六七八九十百]{1,7}(?=(?:余|多)?(个|项|名|位|次|场|家|所|类|种|部|篇|份|条|件|例|支|台|辆|期|批|人|大类|大项|方面|处|座)(?!是|级|把手|等))/g;

/** Full-width figures and signs as half-width ones; every character keeps its place. */
export function halfWidth(text: string): string {
  return text
    .replace(/(?<=[０-９])，(?=[０-９]{3})/g, ',')
    .replace(/[０-９．％＋－]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[−]/g, '-')
    .replace(/\u00a0/g, ' ');
}

/**
 * The numbers of one line or cell, in their order.
 *
 * @param offset where the line begins in the text
 */
export function findNumbers(source: string, offset: number, line: number): FoundNumber[] {
  const text = withoutNames(halfWidth(source));
  const found: FoundNumber[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const number = readNumber(text, source, match[0], match.index, offset, line);
    if (number) found.push(number);
  }
  for (const match of text.matchAll(WORDED)) {
    const number = readWorded(text, source, match, offset, line);
    if (number && !found.some(({ start, end }) => start < number.end && number.start < end)) found.push(number);
  }
  return found.sort((one, other) => one.start - other.start);
}

/** Blanks out what is no figure. */
function withoutNames(text: string): string {
  let rest = text
    .replace(SECTION, (section) => ' '.repeat(section.length))
    .replace(/\d{25,}/g, (code) => '\ue000'.repeat(code.length));
  for (const pattern of NO_FIGURES) {
    rest = rest.replace(pattern, (name) => name.replace(/[\d.,:]/g, '\ue000'));
  }
  return rest;
}

function readNumber(
  text: string,
  source: string,
  printed: string,
  at: number,
  offset: number,
  line: number,
): FoundNumber | undefined {
  let digits = printed;
  let start = at;
  const before = text.slice(Math.max(0, at - 8), at);
  if (/^[-+]/.test(digits) && /[\d%万亿元人例份A-Za-z\u4e00-\u9fa5]$/.test(before)) {
    digits = digits.slice(1);
    start += 1;
  }
  const end = at + printed.length;
  const rest = text.slice(end, end + 12);
  if (/[A-Za-z_\ue000]$/.test(before) || /^(?:\.\d|\ue000)/.test(rest)) return undefined;
  const prefix = BEFORE_RATE.exec(before)?.[1];
  const after = AFTER.exec(rest);
  const [whole = '', sign, scale, more, money, count, more2] = after ?? [];
  const value = withoutResidue(digits.replaceAll(',', '').replace(/^\+/, ''));
  const decimals = /\.(\d+)/.exec(digits)?.[1]?.length ?? 0;
  const points = whole.includes('分点');
  let kind: NumberKind = 'bare';
  let unit = '';
  if (prefix) [kind, unit] = ['rate', prefix === '百分之' ? '%' : prefix === '千分之' ? '‰' : '万分之'];
  else if (sign) [kind, unit] = ['rate', sign];
  else if (points) [kind, unit] = ['count', '百分点'];
  else if (money) [kind, unit] = ['money', '元'];
  else if (count) [kind, unit] = ['count', count === '名' || count === '位' ? '人' : count];
  else if (scale) kind = 'count';
  const factor = decimal(kind === 'rate' ? '1' : (SCALES[scale ?? ''] ?? '1'));
  // A long integer without a unit is a code.
  if (kind === 'bare' && /^\d{7,}$/.test(value)) return undefined;
  const rangeBefore = /[\d%]\s?[-—–~～至]+\s?$/.test(before);
  const rangeAfter = /^\s?%?\s?[-—–~～至]+\s?\d/.test(rest);
  const rough =
    ROUGH_BEFORE.test(before) ||
    more !== undefined ||
    more2 !== undefined ||
    /^.{0,6}?左右/.test(rest.slice(whole.length));
  const ahead = before.slice(0, before.length - (prefix?.length ?? 0));
  const operator = /(?:≥|≤|>=|<=|=|＝|≧|≦)\s?$/.exec(ahead)?.[0] ?? '';
  const from = start - (prefix?.length ?? 0);
  const to = end + (kind === 'bare' ? 0 : whole.length);
  return {
    start: offset + from,
    end: offset + to,
    line,
    text: source.slice(from, to),
    kind,
    value: plain(decimal(value).times(factor).toFixed()),
    step: plain(factor.div(decimal('10').pow(decimals)).toFixed()),
    decimals,
    unit,
    printedUnit: kind === 'rate' ? unit : `${scale ?? ''}${money ?? count ?? ''}`,
    rough,
    bound: BOUND_BEFORE.test(ahead) || operator !== '' || /^(?:以上|以内|以下|起)/.test(rest.slice(whole.length)),
    worded: false,
    range: rangeBefore || rangeAfter,
    noun: '',
    period: '',
    measure: '',
    place: '',
  };
}

/** 1176.7299999999998 is reckoned with as 1176.73. */
function withoutResidue(value: string): string {
  return /\.\d{10,}$/.test(value) ? plain(round(decimal(value), 6)) : value;
}

function readWorded(
  text: string,
  source: string,
  match: RegExpExecArray,
  offset: number,
  line: number,
): FoundNumber | undefined {
  const value = chineseNumber(match[0]);
  const before = text.slice(Math.max(0, match.index - 4), match.index);
  if (value === undefined || value < 2) return undefined;
  if (/[第同统每另任这那某几数十百千万分之月星期周年\d]$/.test(before)) return undefined;
  const unit = match[1]!;
  const end = match.index + match[0].length + unit.length;
  return {
    start: offset + match.index,
    end: offset + end,
    line,
    text: source.slice(match.index, end),
    kind: 'count',
    value: String(value),
    step: '1',
    decimals: 0,
    unit: unit === '名' || unit === '位' ? '人' : unit,
    printedUnit: unit,
    rough: /^(?:余|多)/.test(text.slice(match.index + match[0].length)),
    bound: false,
    worded: true,
    range: false,
    noun: '',
    period: '',
    measure: '',
    place: '',
  };
}
