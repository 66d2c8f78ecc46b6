import type { MetricDefinition } from '../../../../libs/catalogue/metric-definition';
import type { Words } from '../language';
import type { View } from '../view';
import { kindName, outcomeName, reasonName } from './entry-words';

/** In words, how a figure is made: which entries it counts and how they add up. */
export function sayFormula(key: string, view: View, words: Words): string {
  const rate = view.indicators.get(key);
  if (rate) {
    const [numerator, denominator] = [rate.numerator, rate.denominator].map((part) => {
      const metric = view.metrics.get(part);
      return metric ? words.label(metric.label) : part;
    });
    return words.t('rateFormula', {
      numerator: numerator ?? '',
      denominator: denominator ?? '',
      scale: rate.scale,
      decimals: rate.decimals,
    });
  }
  const metric = view.metrics.get(key);
  return metric ? sayMetric(metric, view, words) : '';
}

function sayMetric(metric: MetricDefinition, view: View, words: Words): string {
  const sayCount = ({ kind, outcome, reasons, times = '1' }: MetricDefinition['counts'][number]) => {
    const limits = [
      outcome && outcomeName(kind, outcome, view, words),
      reasons && reasons.map((reason) => reasonName(reason, view, words)).join(words.t('or')),
    ].filter(Boolean);
    const factor = /^-?1$/.test(times) ? '' : ` × ${times}`;
    const named = kindName(kind, view, words) + factor;
    return limits.length > 0 ? `${named}${words.t('within', { limits: limits.join(words.t('comma')) })}` : named;
  };
  const list = (taken: boolean) =>
    metric.counts
      .filter(({ times }) => (times === '-1') === taken)
      .map(sayCount)
      .join(words.t('listComma'));
  const counted = words.t('counted', { kinds: list(false) });
  const taken = list(true);
  const how = metric.addsUp === 'distinct' ? `addsUp_distinct_${metric.subject ?? 'donor'}` : `addsUp_${metric.addsUp}`;
  return [counted, taken && words.t('takenAway', { kinds: taken }), words.t(how as 'addsUp_sum')]
    .filter(Boolean)
    .join(words.t('clause'));
}
