import { decimal } from '../../core/decimal';
import type { ReportDocument, TextSentence } from '../document';
import type { Finding } from '../finding';
import { inUnitOf, scaleOf, type FoundNumber } from '../found-number';
import { say } from '../say';

const MASSES: Readonly<Record<string, string>> = { 千克: '1', 公斤: '1', kg: '1', 吨: '1000', t: '1000' };
const TOTAL = /(?:共计?|合计|小计|总计|总重|总价|重|计|支出|金额|发放|投入|支付)[^，,；;。\d]{0,8}$/;
const SLIPS = ['10', '100', '1000', '10000'] as const;

/** 1200床，每床2.5千克，共30吨: so many times so much for each. */
export function products(document: ReportDocument): Finding[] {
  return document.sentences.flatMap((sentence) =>
    sentence.numbers.flatMap((each, index) => {
      if (each.measure !== 'each' || !isPlain(each)) return [];
      const counts = sentence.numbers
        .slice(Math.max(0, index - 3), index)
        .filter((one) => isCountOf(one, each, sentence));
      const totals = sentence.numbers
        .slice(Math.max(0, index - 3), index + 3)
        .filter((one) => one !== each && isTotal(one, each, document.text));
      if (counts.length === 0 || totals.length === 0) return [];
      const products = counts.map((count) => ({ count, product: decimal(count.value).times(inBase(each)) }));
      const fits = totals.some((total) => products.some(({ product, count }) => isNear(product, total, [count, each])));
      if (fits) return [];
      for (const total of totals) {
        for (const { count, product } of products) {
          const slip = SLIPS.find((times) =>
            [decimal(times), decimal('1').div(decimal(times))].some((factor) =>
              isNear(
                product,
                {
                  ...total,
                  value: decimal(total.value).times(factor).toFixed(),
                  step: decimal(total.step).times(factor).toFixed(),
                },
                [count, each],
              ),
            ),
          );
          if (slip) return [tell(count, each, total, product.div(baseOf(total)).toFixed())];
        }
      }
      return [];
    }),
  );
}

function isPlain({ kind, bound, range, worded }: FoundNumber): boolean {
  return kind !== 'rate' && !bound && !range && !worded;
}

function isCountOf(one: FoundNumber, each: FoundNumber, { numbers }: TextSentence): boolean {
  return (
    isPlain(one) &&
    one.kind === 'count' &&
    one.measure === '' &&
    !MASSES[one.unit] &&
    numbers.includes(each) &&
    one.unit !== each.unit
  );
}

function isTotal(one: FoundNumber, each: FoundNumber, text: string): boolean {
  const like =
    one.kind === 'money' ? each.kind === 'money' : MASSES[one.unit] !== undefined && MASSES[each.unit] !== undefined;
  return like && isPlain(one) && one.measure === '' && TOTAL.test(text.slice(Math.max(0, one.start - 14), one.start));
}

function baseOf({ unit }: FoundNumber): ReturnType<typeof decimal> {
  return decimal(MASSES[unit] ?? '1');
}

function inBase(number: FoundNumber): ReturnType<typeof decimal> {
  return decimal(number.value).times(baseOf(number));
}

/** As far as the rounding of all three explains. */
function isNear(product: ReturnType<typeof decimal>, total: FoundNumber, from: readonly FoundNumber[]): boolean {
  const room = from.reduce(
    (sum, { step, value }) => sum.plus(decimal(value).isZero() ? 0 : decimal(step).div(2).div(decimal(value))),
    decimal(total.step)
      .times(baseOf(total))
      .div(2)
      .div(product.isZero() ? 1 : product),
  );
  return product.minus(inBase(total)).abs().lte(product.times(room));
}

function tell(count: FoundNumber, each: FoundNumber, total: FoundNumber, right: string): Finding {
  const expected = inUnitOf(
    decimal(right).toFixed(total.decimals + Math.max(0, Number(scaleOf(total)) > 1 ? 4 : 2)),
    total,
  );
  const money = total.kind === 'money';
  return say(
    money ? 'unit' : 'conversion',
    total,
    {
      zh: `${count.text} × ${each.text} = ${expected}，${total.text}的单位或小数点错了。`,
      en: `${count.text} × ${each.text} = ${expected}; the unit or the decimal point of ${total.text} is wrong.`,
    },
    { related: [count, each], expected },
  );
}
