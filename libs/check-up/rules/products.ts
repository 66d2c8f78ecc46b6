import { decimal, round, type Decimal } from '../../core/decimal';
import type { ReportDocument } from '../document';
import type { Finding, FindingClass } from '../finding';
import { inUnitOf, type FoundNumber } from '../found-number';
import { say } from '../say';

const MASSES: Readonly<Record<string, string>> = { 千克: '1', 公斤: '1', kg: '1', 吨: '1000', t: '1000' };
const TOTAL = /(?:共计?|合计|小计|总计|总重|总价|重|计|支出|金额|发放[^，,；;。\d]{0,6}|投入|支付)$/;
const EACH_OF = /(?:每(?:一)?([\u4e00-\u9fa5]{1,3})|([人户笔场期篇条校车台册份件])均)[^，,；;。\d]*$/;
/** Wrong by the unit or by the point. */
const SLIPS = ['10', '100', '1000', '10000'] as const;
/** Further off it may be of more than these. */
const NEAR = '0.25';
const AROUND = 3;

/** 1200床，每床2.5千克，共30吨: so many times so much for each. */
export function products({ sentences, text }: ReportDocument): Finding[] {
  return sentences.flatMap(({ numbers, start }) =>
    numbers.flatMap((each, index) => {
      if (each.measure !== 'each' || !isPlain(each)) return [];
      const near = numbers.slice(Math.max(0, index - AROUND), index + AROUND);
      const totals = near.filter((one) => isTotal(one, each, text));
      const before = text.slice(Math.max(start, each.start - 16), each.start);
      const counts = near.filter((one) => one.start < each.start && isCounted(one, before));
      const ways = counts.map((count) => ({ count, product: decimal(count.value).times(inBase(each)) }));
      const fits = (factor: Decimal): { total: FoundNumber; way: (typeof ways)[number] } | undefined => {
        for (const total of totals) {
          const way = ways.find(({ count, product }) => agrees(product, total, factor, [count, each]));
          if (way) return { total, way };
        }
        return undefined;
      };
      if (fits(decimal('1'))) return [];
      const slip = SLIPS.map((times) => fits(decimal(times)) ?? fits(decimal('1').div(decimal(times)))).find(Boolean);
      if (slip) return [tell(slip.total.kind === 'money' ? 'unit' : 'conversion', slip.way.count, each, slip)];
      const [way, total] = [ways.at(-1), totals.find((one) => one === numbers[index + 1])];
      if (total && total.printedUnit === '元' && decimal(total.value).lt(decimal(each.value)))
        return [tooSmall(each, total)];
      if (!way || !total || !isClose(way.product, total)) return [];
      return [tell('sum', way.count, each, { total, way })];
    }),
  );
}

function isPlain({ kind, bound, range, worded, rough }: FoundNumber): boolean {
  return kind !== 'rate' && !bound && !range && !worded && !rough;
}

/** 每人份 is of 人份, and 户均 of 户. */
function isCounted(one: FoundNumber, before: string): boolean {
  const [, named, single] = EACH_OF.exec(before) ?? [];
  const unit = single ?? named ?? '';
  const priced = /(?:单价|均价)[^，,；;。\d]*$/.test(before) && before.indexOf(one.text) >= 0;
  const same =
    one.unit !== '' && (priced || unit.startsWith(one.unit) || (single !== undefined && one.unit === `${single}次`));
  return isPlain(one) && one.kind === 'count' && one.measure === '' && same;
}

function isTotal(one: FoundNumber, each: FoundNumber, text: string): boolean {
  const like =
    one.kind === 'money' ? each.kind === 'money' : MASSES[one.unit] !== undefined && MASSES[each.unit] !== undefined;
  return like && isPlain(one) && one.measure === '' && TOTAL.test(text.slice(Math.max(0, one.start - 14), one.start));
}

function inBase({ value, unit }: FoundNumber): Decimal {
  return decimal(value).times(decimal(MASSES[unit] ?? '1'));
}

/** As far as the rounding of all three explains. */
function agrees(product: Decimal, total: FoundNumber, factor: Decimal, from: readonly FoundNumber[]): boolean {
  const share = from.reduce(
    (sum, { step, value }) => (decimal(value).isZero() ? sum : sum.plus(decimal(step).div(2).div(decimal(value)))),
    decimal('0'),
  );
  // What is counted is exact.
  const [count, each] = from;
  const exact = decimal(count!.step).eq(1) && each!.decimals === 0 ? decimal('0') : share;
  const room = inBase({ ...total, value: total.step })
    .times(factor)
    .div(2);
  return product
    .minus(inBase(total).times(factor))
    .abs()
    .lte(room.plus(product.times(exact)));
}

function isClose(product: Decimal, total: FoundNumber): boolean {
  return product
    .minus(inBase(total))
    .abs()
    .lte(product.times(decimal(NEAR)));
}

/** 人均8元，共7.57元: all of them is no less than one. */
function tooSmall(each: FoundNumber, total: FoundNumber): Finding {
  const expected = total.text.replace(/元$/, '万元');
  return say(
    'unit',
    total,
    {
      zh: `共计${total.text}比每一份的${each.text}还少，单位应是“万元”。`,
      en: `${total.text} in all is less than ${each.text} for each; 万元 is meant.`,
    },
    { related: [each], expected },
  );
}

function tell(
  code: FindingClass,
  count: FoundNumber,
  each: FoundNumber,
  { total, way }: { total: FoundNumber; way: { product: Decimal } },
): Finding {
  const scale = decimal(total.step)
    .times(decimal('10').pow(total.decimals))
    .times(decimal(MASSES[total.unit] ?? '1'));
  const right = round(way.product.div(scale), code === 'sum' ? total.decimals : 4);
  const money = /^元$/.test(total.printedUnit) && code === 'unit';
  const expected = money
    ? inUnitOf(round(way.product, 2), { ...total, printedUnit: '万元' })
    : `${decimal(right).toFixed()}${total.printedUnit}`;
  return say(
    code,
    total,
    {
      zh: `${count.text} × ${each.text} = ${expected}，与${total.text}不符。`,
      en: `${count.text} × ${each.text} = ${expected}, not ${total.text}.`,
    },
    { related: [count, each], expected },
  );
}
