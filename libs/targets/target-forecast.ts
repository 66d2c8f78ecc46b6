import { decimal } from '../core/decimal';
import { lastDayOf, monthsBetween } from '../core/month-range';
import type { Clock } from './clock';
import type { TargetDefinition } from './definition';
import { forecastOf, type History } from './figure-forecast';
import type { Forecast, NoForecast } from './forecast';
import { FORECAST_RULES } from './forecast-rules';
import { likelihoodOf, type Likelihood } from './likelihood';
import type { TargetRow } from './targets.queries';

/** A forecast as it is told, and how likely it makes the target; null where none is set. */
export type TargetForecast =
  | (Omit<Forecast, 'middle' | 'deviation'> & { readonly to: string; readonly likelihood: Likelihood | null })
  | NoForecast;

/** What a figure will come to by its period's end, held against its target. */
export function forecastTarget(
  definition: TargetDefinition,
  target: Pick<TargetRow, 'operator' | 'value'> | null,
  actual: string | null,
  history: History,
  { period, lastWhole, range }: Clock,
): TargetForecast {
  if (range === null || actual === null) return { because: NOTHING_YET };
  const monthsAhead = Math.max(0, monthsBetween(lastWhole, period.lastMonth));
  const forecast = forecastOf(definition, history, monthsAhead, FORECAST_RULES);
  if ('because' in forecast) return forecast;
  const { middle, deviation, ...told } = forecast;
  const to = lastDayOf(period.lastMonth);
  if (target === null) return { ...told, to, likelihood: null };
  const against = { operator: target.operator, target: target.value, decimals: definition.decimals };
  const settled = settledBy(definition, against, actual, monthsAhead);
  return { ...told, to, likelihood: likelihoodOf({ middle, deviation }, against, settled) };
}

const NOTHING_YET = { zh: '期间内还没有数据，不作预测。', en: 'The period has no data yet: no forecast is made.' };

/** What only grows is met, or broken, for good; anything is once the period is over. */
function settledBy(
  { adds }: TargetDefinition,
  { operator, target }: { operator: TargetRow['operator']; target: string },
  actual: string,
  monthsAhead: number,
): 'met' | 'broken' | null {
  const order = decimal(actual).comparedTo(decimal(target));
  if (monthsAhead === 0) {
    const met = operator === 'ge' ? order >= 0 : operator === 'le' ? order <= 0 : order === 0;
    return met ? 'met' : 'broken';
  }
  if (adds !== 'sum' && adds !== 'distinct' && adds !== 'cumulative') return null;
  if (operator === 'ge') return order >= 0 ? 'met' : null;
  return order > 0 ? 'broken' : null;
}
