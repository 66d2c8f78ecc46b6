import { decimal, round, type Decimal, type DecimalString } from '../core/decimal';
import type { Sentence } from '../core/domain-error';
import type { Operator } from '../core/target-text';
import type { Forecast } from './forecast';
import { FORECAST_RULES, type ForecastRules } from './forecast-rules';
import { normalBelow } from './normal';

export interface Likelihood {
  /** In whole %, from 1 to 99; 0 and 100 where it is settled. */
  readonly percent: DecimalString;
  readonly words: Sentence;
  /** The target is no longer likely. */
  readonly warning: boolean;
}

const WORDS: readonly { readonly from: string; readonly words: Sentence }[] = [
  { from: '90', words: { zh: '很可能达到', en: 'very likely to be reached' } },
  { from: '65', words: { zh: '可能达到', en: 'likely to be reached' } },
  { from: '35', words: { zh: '难以断定', en: 'in the balance' } },
  { from: '10', words: { zh: '不大可能达到', en: 'unlikely to be reached' } },
  { from: '0', words: { zh: '很难达到', en: 'very unlikely to be reached' } },
];
const DONE: Sentence = { zh: '已经达到', en: 'reached already' };
const BROKEN: Readonly<Record<Operator, Sentence>> = {
  ge: { zh: '没有达到', en: 'not reached' },
  le: { zh: '已经超过', en: 'exceeded already' },
  eq: { zh: '与目标不符', en: 'not as set' },
};

/**
 * How likely a target will be met, as its printed figure will be held against it: of a normal distribution around the
 * forecast.
 *
 * @param settled whether it is met or broken for good already
 */
export function likelihoodOf(
  { middle, deviation }: Pick<Forecast, 'middle' | 'deviation'>,
  { operator, target, decimals }: { operator: Operator; target: DecimalString; decimals: number },
  settled: 'met' | 'broken' | null,
  rules: ForecastRules = FORECAST_RULES,
): Likelihood {
  if (settled === 'met') return { percent: '100', words: DONE, warning: false };
  if (settled === 'broken') return { percent: '0', words: BROKEN[operator], warning: true };
  const half = decimal('0.5').times(decimal('10').pow(-decimals));
  const below = (edge: Decimal): Decimal => {
    if (deviation.isZero()) return decimal(edge.greaterThan(middle) ? '1' : '0');
    return normalBelow(edge.minus(middle).dividedBy(deviation));
  };
  const [under, upTo] = [below(decimal(target).minus(half)), below(decimal(target).plus(half))];
  const share = operator === 'ge' ? decimal('1').minus(under) : operator === 'le' ? upTo : upTo.minus(under);
  const exact = share.times(100);
  const percent = exact.lessThan(1) ? '1' : exact.greaterThan(99) ? '99' : round(exact, 0);
  const { words } = WORDS.find(({ from }) => decimal(percent).greaterThanOrEqualTo(from)) ?? WORDS[0]!;
  return { percent, words, warning: decimal(percent).lessThan(rules.unlikelyBelow) };
}
