import type { Definitions } from '../catalogue/effective';
import { decimal, type Decimal } from '../core/decimal';
import type { Sentence } from '../core/domain-error';
import { addMonths, monthsOf, rangeOf } from '../core/month-range';
import type { Month } from '../core/period';
import { findDefinition, type TargetDefinition } from './definition';
import {
  forecastAround,
  forecastFlow,
  forecastLevel,
  forecastRatio,
  rateBounds,
  rateBoundsWords,
  type Forecast,
  type MonthlyValues,
  type NoForecast,
  type RatioQuestion,
} from './forecast';
import type { ForecastRules } from './forecast-rules';
import { isPartOf } from './part-of-whole';
import type { RunningValue } from './running';

/** What is known of the figures of an org when a forecast is made. */
export interface History {
  /** Per metric, by month. */
  readonly monthly: ReadonlyMap<string, MonthlyValues>;
  /** From the period's first month to date, and to the end of its last whole month. */
  readonly sofar: ReadonlyMap<string, RunningValue>;
  readonly whole: ReadonlyMap<string, RunningValue>;
  readonly firstMonth: string;
  readonly lastWhole: string;
  /** Of the registry, and in which month they are looked at. */
  readonly definitions: Definitions;
  readonly meant: Month;
}

const NO_FORECAST: Sentence = {
  zh: '这项指标的数值由人工填报，不作预测。',
  en: 'The value is typed in: no forecast is made.',
};

/** The metrics that a forecast of the figure needs the months of. */
export function metricKeysOf({ key, indicator }: TargetDefinition): string[] {
  return indicator ? [indicator.numerator, indicator.denominator] : [key];
}

/** The forecast of any figure to its period's end. */
export function forecastOf(
  definition: TargetDefinition,
  history: History,
  monthsAhead: number,
  rules: ForecastRules,
): Forecast | NoForecast {
  const { indicator } = definition;
  if (!indicator) return forecastMetric(definition, history, monthsAhead, rules);
  const { definitions, meant } = history;
  const numerator = findDefinition(indicator.numerator, definitions, meant);
  const denominator = findDefinition(indicator.denominator, definitions, meant);
  if (!numerator?.metric || !denominator?.metric) return { because: NO_FORECAST };
  const { scale, decimals } = indicator;
  const rate = { scale, decimals, isPart: isPartOf(numerator.metric, denominator.metric) };
  const below = forecastMetric(denominator, history, monthsAhead, rules);
  if ('because' in below) return below;
  const isFlow = ({ adds }: TargetDefinition) => adds === 'sum' || adds === 'distinct';
  const [over, under] = [numerator, denominator].map(({ key }) => history.sofar.get(key)?.value ?? '0');
  if (isFlow(numerator) && isFlow(denominator)) {
    return forecastRatio(
      {
        numerators: monthlyOf(numerator, history),
        denominators: monthlyOf(denominator, history),
        lastMonth: history.lastWhole,
        numerator: over ?? '0',
        denominator: under ?? '0',
        denominatorAtEnd: below.middle,
        monthsAhead,
        ...rate,
      },
      rules,
    );
  }
  const above = forecastMetric(numerator, history, monthsAhead, rules);
  return 'because' in above ? above : divided(above, below, rate);
}

function forecastMetric(
  definition: TargetDefinition,
  history: History,
  monthsAhead: number,
  rules: ForecastRules,
): Forecast | NoForecast {
  const { key, adds, decimals } = definition;
  const { lastWhole } = history;
  if (adds === 'stock' || adds === 'cumulative') {
    const values = monthlyOf(definition, history);
    return forecastLevel({ values, lastMonth: lastWhole, monthsAhead, decimals, falls: adds === 'stock' }, rules);
  }
  if (adds === 'reported' || adds === 'ratio') return { because: NO_FORECAST };
  const remaining =
    monthsAhead === 0 ? [] : monthsOf(rangeOf(addMonths(lastWhole, 1), addMonths(lastWhole, monthsAhead)));
  const values = monthlyOf(definition, history);
  const sofar = history.sofar.get(key)?.value ?? '0';
  const whole = history.whole.get(key)?.value ?? '0';
  return forecastFlow({ values, lastMonth: lastWhole, remaining, sofar, whole, decimals }, rules);
}

/**
 * The months of a figure as they add up. Who is counted in two months is one person in the period: months of distinct
 * subjects are scaled by what the period's whole months come to, counted anew, against their sum.
 */
function monthlyOf({ key, adds }: TargetDefinition, { monthly, whole, firstMonth, lastWhole }: History): MonthlyValues {
  const values = monthly.get(key) ?? new Map<string, string>();
  if (adds !== 'distinct' || lastWhole < firstMonth) return values;
  const sum = monthsOf(rangeOf(firstMonth, lastWhole)).reduce(
    (total, month) => total.plus(values.get(month) ?? '0'),
    decimal('0'),
  );
  const distinct = whole.get(key)?.value;
  if (distinct === undefined || distinct === null || sum.isZero()) return values;
  const scale = decimal(distinct).dividedBy(sum);
  // More than the months come to are those of months in which the figure meant something else.
  if (scale.greaterThan(1)) return values;
  return new Map([...values].map(([month, value]) => [month, scale.times(value).toFixed()]));
}

/** Of two forecasts that do not depend on each other. */
function divided(
  above: Forecast,
  below: Forecast,
  rate: Pick<RatioQuestion, 'scale' | 'decimals' | 'isPart'>,
): Forecast | NoForecast {
  if (!below.middle.greaterThan(0)) return { because: NO_DENOMINATOR };
  const perUnit = decimal(String(rate.scale)).dividedBy(below.middle);
  const middle = above.middle.times(perUnit);
  const relative = (value: Decimal): Decimal => value.dividedBy(below.middle);
  const deviation = above.deviation
    .pow(2)
    .plus(above.middle.times(relative(below.deviation)).pow(2))
    .sqrt()
    .times(perUnit);
  const bounds = rateBoundsWords(rate);
  return forecastAround(middle, deviation, rateBounds(rate), {
    zh: `分子、分母分别预测再相除。分子：${above.method.zh}分母：${below.method.zh}${bounds.zh}`,
    en: `Numerator and denominator forecast apart, then divided. Numerator: ${above.method.en} Denominator: ${below.method.en} ${bounds.en}`,
  });
}

const NO_DENOMINATOR: Sentence = {
  zh: '分母预计为 0，比率不适用，不作预测。',
  en: 'The denominator is forecast to be 0, the rate does not apply: no forecast is made.',
};
