import type { Org } from '../api/answers';
import type { Cities, CityRate } from '../api/funnel';
import type { ChartOption } from '../chart/chart-props';
import { group } from '../figures/format';
import type { Words } from '../language';
import { COLOURS, TOOLTIP } from '../theme';
import { cityCases, cityName, type CityScope } from './city-words';

/** Rates over how many cases they are of, between the limits that chance alone keeps to. */
export function plotOption(
  { cities, whole }: Cities,
  scope: CityScope,
  orgs: ReadonlyMap<string, Org>,
  words: Words,
): ChartOption {
  const { t } = words;
  const text = { color: COLOURS.muted, fontSize: 12 };
  const rows = cities.filter(({ funnel }) => funnel).sort((a, b) => a.total - b.total);
  const line = (name: string, id: string, dashed: boolean, at: (city: CityRate) => string | undefined) => ({
    type: 'line' as const,
    id,
    name,
    symbol: 'none' as const,
    silent: true,
    lineStyle: {
      color: dashed ? COLOURS.muted : COLOURS.before,
      type: dashed ? ('dashed' as const) : ('solid' as const),
      width: 1,
    },
    itemStyle: { color: dashed ? COLOURS.muted : COLOURS.before },
    data: rows.map((city) => [city.total, Number(at(city) ?? 0)]),
  });
  return {
    grid: { left: 4, right: 20, top: 56, bottom: 20, outerBoundsMode: 'same' },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 18,
      itemHeight: 8,
      textStyle: text,
      data: [t('limits95'), t('limits998'), t('wholeRate')],
    },
    tooltip: TOOLTIP,
    xAxis: {
      type: 'value',
      name: t('plotCases'),
      nameLocation: 'middle',
      nameGap: 24,
      nameTextStyle: text,
      axisLabel: text,
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      scale: true,
      axisLabel: { ...text, formatter: '{value}%' },
      splitLine: { lineStyle: { color: COLOURS.line } },
    },
    series: [
      line(t('limits998'), 'lower998', false, ({ funnel }) => funnel?.limits998.lower),
      line(t('limits998'), 'upper998', false, ({ funnel }) => funnel?.limits998.upper),
      line(t('limits95'), 'lower95', true, ({ funnel }) => funnel?.limits95.lower),
      line(t('limits95'), 'upper95', true, ({ funnel }) => funnel?.limits95.upper),
      {
        ...line(t('wholeRate'), 'whole', false, () => whole.rate ?? undefined),
        lineStyle: { color: COLOURS.teal, width: 1 },
        itemStyle: { color: COLOURS.teal },
      },
      {
        type: 'scatter',
        id: 'cities',
        name: t('org'),
        symbolSize: 10,
        cursor: 'pointer',
        z: 5,
        data: rows.map((city) => {
          const name = cityName(city, orgs, words);
          const outside = city.funnel?.outside !== 'within';
          return {
            value: [city.total, Number(city.rate)],
            cases: cityCases(city, scope, 'total'),
            itemStyle: { color: outside ? COLOURS.donorSide : COLOURS.teal },
            label: { show: outside, position: 'top', formatter: name, color: COLOURS.ink, fontSize: 12 },
            tooltip: {
              formatter: `${name}<br/><b>${city.rate}%</b> · ${group(String(city.hits))} / ${group(String(city.total))}<br/>${t(`outside_${city.funnel?.outside ?? 'within'}`)}`,
            },
          };
        }),
      },
    ],
  };
}
