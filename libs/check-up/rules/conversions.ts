import { decimal, round, type Decimal } from '../../core/decimal';
import type { ReportDocument, Table } from '../document';
import type { Finding } from '../finding';
import type { FoundNumber } from '../found-number';
import { say } from '../say';

interface Conversion {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** How many of `to` one of `from` is. */
  readonly factor: string;
  readonly rule: string;
}

/** One 单位 of blood is 200 ml, of 1 g each. */
const CONVERSIONS: readonly Conversion[] = [
  { from: ['单位', 'U'], to: ['吨', 't'], factor: '0.0002', rule: '1 单位 = 200 毫升 ≈ 0.2 千克' },
  { from: ['单位', 'U'], to: ['毫升', 'ml', 'mL'], factor: '200', rule: '1 单位 = 200 毫升' },
  { from: ['单位', 'U'], to: ['千克', '公斤', 'kg'], factor: '0.2', rule: '1 单位 ≈ 0.2 千克' },
  { from: ['毫升', 'ml', 'mL'], to: ['吨', 't'], factor: '0.000001', rule: '1 毫升 ≈ 1 克' },
  { from: ['千克', '公斤', 'kg'], to: ['吨', 't'], factor: '0.001', rule: '1 吨 = 1000 千克' },
  { from: ['小时'], to: ['天', '日'], factor: '0.0416666666666666666666666666666667', rule: '1 天 = 24 小时' },
];
const LINKS =
  /^[^。；;\d]{0,14}?(?:折合|折算|合计约|约合|合|即|相当于|换算|共计|总计|约|计|（|\(|、|，|,)[^。；;\d]{0,12}$/;
const BESIDE = /^\s?(?:（|\(|，?(?:即|折合|约合|合))/;
const STRONG = /(?:折合|折算|约合|合|即|相当于|换算|（|\()/;

/** One quantity told in two units of a fixed ratio. */
export function conversions(document: ReportDocument): Finding[] {
  const { sentences, text, tables } = document;
  const findings = sentences.flatMap(({ numbers }) =>
    numbers.flatMap((one, index) => {
      const other = numbers.slice(index + 1).find(({ kind }) => kind !== 'rate');
      if (!other) return [];
      const between = text.slice(one.end, other.start);
      if (!LINKS.test(between)) return [];
      if (/(?:比|较|上年|去年)/.test(between)) return [];
      if (one.measure === 'each' && numbers.some((whole) => fitsInstead(whole, one, other))) return [];
      const back = BESIDE.test(between) && other.measure !== 'each' ? judge(other, one, true) : undefined;
      return judge(one, other, STRONG.test(between)) ?? back ?? scaled(one, other, between) ?? [];
    }),
  );
  return [...findings, ...tables.flatMap(byColumns), ...tables.flatMap(downColumns)];
}

/** 服务3936小时，人均24小时，折合164天: of what was told before what is for each. */
function fitsInstead(whole: FoundNumber, each: FoundNumber, other: FoundNumber): boolean {
  return whole.start < each.start && whole.unit === each.unit && judge(whole, other, true)?.length === 0;
}

/** Of the columns that one may be converted from it is the one that most rows agree with. */
function byColumns({ rows, head }: Table): Finding[] {
  const units = head.map((_, column) => new Set(rows.flatMap((row) => row[column]?.number?.unit ?? [])));
  const mayConvert = (from: number, to: number): boolean =>
    CONVERSIONS.some(
      (one) => one.from.some((unit) => units[from]!.has(unit)) && one.to.some((unit) => units[to]!.has(unit)),
    );
  return head.flatMap((name, to) => {
    if (/率/.test(name)) return [];
    const ways = head.flatMap((_, from) => {
      if (!mayConvert(from, to)) return [];
      const judged = rows.flatMap((row) => {
        const [one, other] = [row[from]?.number, row[to]?.number];
        const found = from !== to && one && other ? judge(one, other, false) : undefined;
        return found ? [found] : [];
      });
      return judged.length > 0 ? [{ from, fits: judged.filter(({ length }) => length === 0).length }] : [];
    });
    const best = ways.reduce<(typeof ways)[number] | undefined>(
      (most, way) => (most && most.fits >= way.fits ? most : way),
      undefined,
    );
    if (!best) return [];
    // A column that is converted in its other rows is so in all, however far off one is.
    const linked = best.fits >= 2;
    return rows.flatMap((row) => {
      const [one, other] = [row[best.from]?.number, row[to]?.number];
      return one && other ? (judge(one, other, linked) ?? []) : [];
    });
  });
}

function downColumns({ rows, head }: Table): Finding[] {
  return head.flatMap((_, column) =>
    adjacent(rows.flatMap((row) => (row[column]?.number ? [row[column].number!] : []))),
  );
}

function adjacent(numbers: readonly FoundNumber[]): Finding[] {
  return numbers.flatMap((one, index) => {
    const other = numbers[index + 1];
    return other ? (judge(one, other, false) ?? []) : [];
  });
}

/** Nothing where they are no such pair; an empty list where they agree. */
function judge(from: FoundNumber, to: FoundNumber, linked: boolean): Finding[] | undefined {
  const conversion = CONVERSIONS.find((one) => one.from.includes(from.unit) && one.to.includes(to.unit));
  if (!conversion || decimal(from.value).isZero() || from.bound || to.bound || from.range || to.range) return undefined;
  const exact = decimal(from.value).times(decimal(conversion.factor));
  return compare(exact, from, to, linked, conversion.rule);
}

function compare(
  exact: Decimal,
  from: FoundNumber,
  to: FoundNumber,
  linked: boolean,
  rule: string,
): Finding[] | undefined {
  const printed = decimal(to.value);
  const share = printed.div(exact);
  // Far apart without a word that links them they are two things.
  if (!linked && (share.lt(decimal('0.8')) || share.gt(decimal('1.25')))) return undefined;
  const scale = decimal(to.step).times(decimal('10').pow(to.decimals));
  const right = round(exact.div(scale), to.decimals);
  if (decimal(right).times(scale).eq(printed)) return [];
  const rough =
    from.rough || decimal(from.step).gt(1)
      ? decimal(from.step)
          .div(2)
          .times(exact.div(decimal(from.value)))
      : decimal('0');
  if (
    exact
      .minus(printed)
      .abs()
      .lte(rough.plus(to.rough && to.decimals === 0 ? decimal(to.step) : decimal(to.step).div(2)))
  )
    return [];
  const cut = decimal(exact.div(scale).toFixed(to.decimals, 1)).times(scale).eq(printed);
  const expected = `${right}${to.printedUnit}`;
  return [
    say(
      'conversion',
      to,
      {
        zh: `${from.text} 按 ${rule} 折算为 ${exact.toFixed()}（${to.unit}）→ ${expected}；${to.text}${cut ? '是截断而非四舍五入' : '折算有误'}。`,
        en: `${from.text} by ${rule} is ${exact.toFixed()} → ${expected}; ${to.text} is ${cut ? 'cut off, not rounded' : 'wrong'}.`,
      },
      { related: [from], expected },
    ),
  ];
}

/** 129.19万元（1291900元）, 11.2万人份即112000人份: one unit, another scale. */
function scaled(one: FoundNumber, other: FoundNumber, between: string): Finding[] | undefined {
  if (
    one.unit !== other.unit ||
    one.unit === '' ||
    one.printedUnit === other.printedUnit ||
    one.measure !== '' ||
    other.measure === 'each' ||
    !/^\s?(?:[（(]|[，,]?\s?[（(]?(?:即|合|折合|换算(?:为|成)?|折算(?:为|成)?|相当于))\s?(?:人民币)?约?$/.test(between)
  )
    return undefined;
  const [coarse, fine] = decimal(one.step).gte(decimal(other.step)) ? [one, other] : [other, one];
  const off = decimal(coarse.value).minus(decimal(fine.value)).abs();
  if (off.lte(decimal(coarse.step).div(2))) return [];
  const factor = decimal(coarse.step).times(decimal('10').pow(coarse.decimals));
  const expected = `${round(decimal(fine.value).div(factor), coarse.decimals)}${coarse.printedUnit}`;
  return [
    say(
      'conversion',
      other,
      {
        zh: `${one.text}与${other.text}折算不符：${fine.text}应为${expected}。`,
        en: `${one.text} and ${other.text} do not convert: ${fine.text} is ${expected}.`,
      },
      { related: [one], expected: other === coarse ? expected : null },
    ),
  ];
}
