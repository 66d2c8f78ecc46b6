import type { IndicatorDefinition } from '../../../../libs/catalogue/indicator-definition';
import type { MetricDefinition } from '../../../../libs/catalogue/metric-definition';
import type { ChartOption } from '../chart/chart-props';
import { group, sayFigure, toDraw } from '../figures/format';
import { isFew } from '../figures/stages';
import type { Figures } from '../figures/use-figures';
import type { Words } from '../language';
import { COLOURS, TOOLTIP } from '../theme';
import type { Place } from './place';

/** One bar an org, the longest above; an org without a figure says so and stands below. */
export function citiesOption(
  places: readonly Place[],
  figures: Figures,
  measure: MetricDefinition | IndicatorDefinition,
  words: Words,
  narrow: boolean,
): ChartOption {
  const rows = places
    .map((place) => ({ place, value: figures.find(measure.key, { org: place.org, own: place.own }) }))
    .sort((a, b) => (toDraw(b.value) ?? -Infinity) - (toDraw(a.value) ?? -Infinity));
  return {
    grid: { left: 4, right: 8, top: 8, bottom: 4, outerBoundsMode: 'same' },
    tooltip: TOOLTIP,
    xAxis: {
      type: 'value',
      max: (range) => (range.max > 0 ? range.max * (narrow ? 1.7 : 1.6) : 1),
      axisLabel: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ place }) => place.name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: COLOURS.line } },
      axisLabel: { color: COLOURS.ink, fontSize: 12, interval: 0, width: narrow ? 84 : 112, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        id: 'orgs',
        name: words.label(measure.label),
        barWidth: 14,
        cursor: 'pointer',
        label: { show: true, position: 'right', fontSize: 12 },
        data: rows.map(({ value }) => {
          const few = isFew(value);
          const fraction = value?.denominator
            ? ` · ${group(value.numerator ?? '—')} / ${group(value.denominator)}`
            : '';
          return {
            value: toDraw(value) ?? 0,
            figure: value,
            itemStyle: { color: few ? COLOURS.faint : COLOURS.teal, borderRadius: [0, 3, 3, 0] },
            label: {
              color: few ? COLOURS.muted : COLOURS.ink,
              formatter: `${sayFigure(value, words)}${narrow ? '' : fraction}${few ? ` · ${words.t('few')}` : ''}`,
            },
            tooltip: { formatter: `{b} · {a}<br/><b>${sayFigure(value, words)}</b>${fraction}` },
          };
        }),
      },
    ],
  };
}
