import { decimal, round, type Decimal, type DecimalString } from '../core/decimal';
import type { Sentence } from '../core/domain-error';
import { addMonths } from '../core/month-range';
import type { Month } from '../core/period';
import { FORECAST_RULES, type ForecastRules } from './forecast-rules';
import { WITHIN_80, WITHIN_95 } from './normal';

/** What a figure was in each month; a month that is not there is missing, which is not zero. */
export type MonthlyValues = ReadonlyMap<Month, DecimalString>;

export interface Forecast {
  readonly mean: DecimalString;
  readonly low80: DecimalString;
  readonly high80: DecimalString;
  readonly low95: DecimalString;
  readonly high95: DecimalString;
  /** Not rounded: what likelihoods are reckoned from. */
  readonly middle: Decimal;
  readonly deviation: Decimal;
  readonly method: Sentence;
}

export interface NoForecast {
  readonly because: Sentence;
}

export interface FlowQuestion {
  readonly values: MonthlyValues;
  /** The last whole month. */
  readonly lastMonth: Month;
  /** The months of the period after it. */
  readonly remaining: readonly Month[];
  /** What there is of the period already, the running month too. */
  readonly sofar: DecimalString;
  /** What there is of it from whole months alone. */
  readonly whole: DecimalString;
  readonly decimals: number;
}

/** What months are measured by: last year's same months, or each as much as the other. */
interface Fit {
  readonly growth: Decimal;
  readonly spread: Decimal;
  readonly months: number;
  readonly baseSum: Decimal;
}

/**
 * What a flow will come to by its period's end. With a year before it: the remaining months as last year's same
 * months, times the growth of the months that both years have; unless these months scatter less around their own mean,
 * as they do while a ledger's first year is filling. Else: the mean of the latest months. The spread is that of the
 * months around this line (n − 1), carried over the remaining months and over the doubt about the line itself.
 */
export function forecastFlow(question: FlowQuestion, rules: ForecastRules = FORECAST_RULES): Forecast | NoForecast {
  const { values, lastMonth, remaining, sofar, whole, decimals } = question;
  const seasonal = pairsOf(values, lastMonth, rules.monthsAtMost);
  const base = remaining.map((month) => values.get(addMonths(month, -12)));
  const recent = latest(values, lastMonth, rules.monthsAtMost);
  const hasLastYear =
    seasonal.length >= rules.monthsAtLeast &&
    base.every((value) => value !== undefined) &&
    seasonal.reduce((sum, { base: b }) => sum.plus(b), decimal('0')).greaterThan(0);
  const isSeasonal = hasLastYear && !fitOf(seasonal).spread.greaterThan(fitOf(seasonal.map(alone)).spread);
  const observed = isSeasonal ? seasonal : recent;
  if (observed.length < rules.monthsAtLeast) return tooFew(observed.length, rules);
  const fit = fitOf(observed);
  const ahead = remaining.reduce((sum, _, at) => sum.plus(isSeasonal ? (base[at] ?? '0') : '1'), decimal('0'));
  const deviation = spreadOver(fit, remaining.length, ahead);
  const floor = decimal(sofar);
  const middle = atLeast(decimal(whole).plus(fit.growth.times(ahead)), floor);
  return forecastAround(
    middle,
    deviation,
    { decimals, floor },
    isSeasonal ? seasonalWords(fit) : paceWords(fit, hasLastYear),
  );
}

export interface LevelQuestion {
  /** The level at each month's end. */
  readonly values: MonthlyValues;
  readonly lastMonth: Month;
  readonly monthsAhead: number;
  readonly decimals: number;
  /** Whether it can fall. */
  readonly falls: boolean;
}

/** What a stock will be: its last level and the mean monthly change for each month ahead. */
export function forecastLevel(question: LevelQuestion, rules: ForecastRules = FORECAST_RULES): Forecast | NoForecast {
  const { values, lastMonth, monthsAhead, decimals, falls } = question;
  const changes: Observation[] = [];
  for (let month = lastMonth; changes.length < rules.monthsAtMost; month = addMonths(month, -1)) {
    const [now, before] = [values.get(month), values.get(addMonths(month, -1))];
    if (now === undefined || before === undefined) break;
    changes.push({ value: decimal(now).minus(decimal(before)), base: decimal('1') });
  }
  if (changes.length < rules.monthsAtLeast) return tooFew(changes.length, rules);
  const fit = fitOf(changes);
  const last = decimal(values.get(lastMonth) ?? '0');
  const deviation = spreadOver(fit, monthsAhead, decimal(String(monthsAhead)));
  const middle = last.plus(fit.growth.times(monthsAhead));
  return forecastAround(middle, deviation, { decimals, floor: falls ? undefined : last }, levelWords(fit));
}

export interface RatioQuestion {
  readonly numerators: MonthlyValues;
  readonly denominators: MonthlyValues;
  readonly lastMonth: Month;
  readonly numerator: DecimalString;
  readonly denominator: DecimalString;
  /** What the denominator is forecast to come to. */
  readonly denominatorAtEnd: Decimal;
  readonly monthsAhead: number;
  readonly scale: number;
  readonly decimals: number;
  /** Whether all that the numerator counts is counted by the denominator too: then the rate cannot exceed it (R12). */
  readonly isPart: boolean;
}

/**
 * What a rate of two flows will be: the months ahead at the rate of the latest months, on the denominator that is
 * forecast. The spread is that of the monthly numerators around rate × denominator.
 */
export function forecastRatio(question: RatioQuestion, rules: ForecastRules = FORECAST_RULES): Forecast | NoForecast {
  const { numerators, denominators, lastMonth, numerator, denominator, denominatorAtEnd, monthsAhead } = question;
  const observed = latest(numerators, lastMonth, rules.monthsAtMost, denominators);
  const total = observed.reduce((sum, { base }) => sum.plus(base), decimal('0'));
  if (observed.length < rules.monthsAtLeast || !total.greaterThan(0)) return tooFew(observed.length, rules);
  const fit = fitOf(observed);
  const ahead = atLeast(denominatorAtEnd.minus(decimal(denominator)), decimal('0'));
  if (!denominatorAtEnd.greaterThan(0)) return tooFew(0, rules);
  const perUnit = decimal(String(question.scale)).dividedBy(denominatorAtEnd);
  const middle = decimal(numerator).plus(fit.growth.times(ahead)).times(perUnit);
  const deviation = spreadOver(fit, monthsAhead, ahead).times(perUnit);
  return forecastAround(middle, deviation, rateBounds(question), ratioWords(fit, question));
}

interface Observation {
  readonly value: Decimal;
  readonly base: Decimal;
}

function alone({ value }: Observation): Observation {
  return { value, base: decimal('1') };
}

/** The latest months that both years have, with last year's as what they are measured by. */
function pairsOf(values: MonthlyValues, lastMonth: Month, atMost: number): Observation[] {
  return lookBack(lastMonth, atMost).flatMap((month) => {
    const [value, base] = [values.get(month), values.get(addMonths(month, -12))];
    return value === undefined || base === undefined ? [] : [{ value: decimal(value), base: decimal(base) }];
  });
}

function latest(values: MonthlyValues, lastMonth: Month, atMost: number, bases?: MonthlyValues): Observation[] {
  return lookBack(lastMonth, atMost).flatMap((month) => {
    const [value, base] = [values.get(month), bases ? bases.get(month) : '1'];
    return value === undefined || base === undefined ? [] : [{ value: decimal(value), base: decimal(base) }];
  });
}

function lookBack(lastMonth: Month, count: number): Month[] {
  return Array.from({ length: count }, (_, at) => addMonths(lastMonth, -at));
}

function fitOf(observed: readonly Observation[]): Fit {
  const sum = (of: (one: Observation) => Decimal) => observed.reduce((total, one) => total.plus(of(one)), decimal('0'));
  const baseSum = sum(({ base }) => base);
  const growth = sum(({ value }) => value).dividedBy(baseSum);
  const squares = sum(({ value, base }) => value.minus(growth.times(base)).pow(2));
  return { growth, baseSum, months: observed.length, spread: squares.dividedBy(observed.length - 1).sqrt() };
}

/** The months ahead scatter each for itself, and all together by the doubt about the line. */
function spreadOver({ spread, months, baseSum }: Fit, monthsAhead: number, ahead: Decimal): Decimal {
  const doubt = ahead.dividedBy(baseSum).pow(2).times(months);
  return spread.times(doubt.plus(monthsAhead).sqrt());
}

/** What a figure cannot fall below, nor exceed. */
export interface Bounds {
  readonly decimals: number;
  readonly floor?: Decimal;
  readonly ceiling?: Decimal;
}

/** A rate is never below 0; it ends at the whole where the numerator is a part of it. */
export function rateBounds({ scale, decimals, isPart }: Pick<RatioQuestion, 'scale' | 'decimals' | 'isPart'>): Bounds {
  return { decimals, floor: decimal('0'), ceiling: isPart ? decimal(String(scale)) : undefined };
}

/** A normal distribution around the middle, its intervals cut at what cannot be. */
export function forecastAround(
  middle: Decimal,
  deviation: Decimal,
  { decimals, floor, ceiling }: Bounds,
  method: Sentence,
): Forecast {
  const edge = (z: string) => {
    const value = middle.plus(deviation.times(z));
    if (ceiling?.lessThan(value)) return round(ceiling, decimals);
    return round(floor ? atLeast(value, floor) : value, decimals);
  };
  return {
    mean: round(middle, decimals),
    low80: edge(`-${WITHIN_80}`),
    high80: edge(WITHIN_80),
    low95: edge(`-${WITHIN_95}`),
    high95: edge(WITHIN_95),
    middle,
    deviation,
    method,
  };
}

function atLeast(value: Decimal, floor: Decimal): Decimal {
  return value.lessThan(floor) ? floor : value;
}

function tooFew(months: number, { monthsAtLeast }: ForecastRules): NoForecast {
  return {
    because: {
      zh: `只有 ${months} 个完整月份有数据，少于 ${monthsAtLeast} 个，不作预测。`,
      en: `Only ${months} whole months have data, fewer than ${monthsAtLeast}: no forecast is made.`,
    },
  };
}

function seasonalWords({ growth, months }: Fit): Sentence {
  const percent = round(growth.times(100), 1);
  return {
    zh: `余下各月按上年同月 × 今年增长系数 ${percent}% 推算（系数取最近 ${months} 个两年都有数据的月份之比）；区间按这些月份偏差的标准差计算，80% 和 95%。`,
    en: `The months ahead as last year's same months × ${percent} %, the growth of the latest ${months} months that both years have; intervals of 80 % and 95 % from the standard deviation of those months.`,
  };
}

function paceWords({ growth, months }: Fit, hasLastYear: boolean): Sentence {
  const mean = round(growth, 1);
  const [zh, en] = hasLastYear
    ? [
        '各月与上年同月相差较大、与月均较接近',
        'The months follow their own mean more closely than last year’s same months',
      ]
    : ['没有可比的上年同月数据', 'There is nothing of last year’s same months to compare with'];
  return {
    zh: `${zh}，余下各月按最近 ${months} 个月的月均 ${mean} 推算；区间按各月与月均之差的标准差计算，80% 和 95%。`,
    en: `${en}: the months ahead at ${mean} a month, the mean of the latest ${months}; intervals of 80 % and 95 % from the standard deviation of those months.`,
  };
}

function levelWords({ growth, months }: Fit): Sentence {
  const mean = round(growth, 1);
  return {
    zh: `按最近 ${months} 个月的月均变化 ${mean} 从月末数推算；区间按各月变化的标准差计算，80% 和 95%。`,
    en: `From the last month's end at ${mean} a month, the mean change of the latest ${months}; intervals of 80 % and 95 % from the standard deviation of those changes.`,
  };
}

function ratioWords({ growth, months }: Fit, question: RatioQuestion): Sentence {
  const rate = round(growth.times(question.scale), question.decimals);
  const { zh, en } = rateBoundsWords(question);
  return {
    zh: `余下各月按最近 ${months} 个月合计的比率 ${rate} 推算，分母另行预测；区间按各月分子的偏差计算，80% 和 95%。${zh}`,
    en: `The months ahead at ${rate}, the rate of the latest ${months} months together, on a denominator that is forecast; intervals of 80 % and 95 % from the deviations of the monthly numerators. ${en}`,
  };
}

export function rateBoundsWords({ scale, isPart }: Pick<RatioQuestion, 'scale' | 'isPart'>): Sentence {
  if (isPart) {
    return {
      zh: `分子是分母的一部分，区间不超出 0 至 ${scale}。`,
      en: `The numerator is a part of the denominator, so the intervals end at 0 and ${scale}.`,
    };
  }
  return {
    zh: '分子不一定是本期分母的一部分，区间只在 0 处截止，上端不截。',
    en: 'The numerator need not be a part of the same period’s denominator, so the intervals end at 0 and are open above.',
  };
}
