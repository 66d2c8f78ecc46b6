import type { Org } from '../api/answers';
import type { Cities } from '../api/funnel';
import type { ChartOption } from '../chart/chart-props';
import { group } from '../figures/format';
import type { Words } from '../language';
import { COLOURS, TOOLTIP } from '../theme';
import { cityCases, cityName, type CityScope } from './city-words';

/** Each city's rate as a dot, its interval as a whisker, and the whole's as a line across. */
export function dotsOption(
  { cities, whole }: Cities,
  scope: CityScope,
  orgs: ReadonlyMap<string, Org>,
  words: Words,
  narrow: boolean,
): ChartOption {
  const { t } = words;
  const rows = cities
    .filter(({ rate }) => rate !== null)
    .sort((a, b) => Number(b.rate) - Number(a.rate))
    .map((city) => ({ ...city, name: cityName(city, orgs, words) }));
  const top = Math.max(0, ...rows.map(({ interval }) => Number(interval?.upper ?? 0)));
  const bottom = Math.min(top, ...rows.map(({ interval }) => Number(interval?.lower ?? 0)));
  const step = top < 10 ? 1 : 10;
  return {
    grid: { left: 4, right: 16, top: 36, bottom: 4, outerBoundsMode: 'same' },
    legend: {
      top: 0,
      left: 0,
      itemHeight: 8,
      textStyle: { color: COLOURS.muted, fontSize: 12 },
      data: [t('rateAndInterval'), t('wholeRate')],
    },
    tooltip: TOOLTIP,
    xAxis: {
      type: 'value',
      min: Math.floor(bottom / step) * step,
      max: Math.min(100, Math.max(step, Math.ceil(top / step) * step)),
      axisLabel: { formatter: '{value}%', color: COLOURS.muted },
      splitLine: { lineStyle: { color: COLOURS.line } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: COLOURS.line } },
      axisLabel: { color: COLOURS.ink, fontSize: 12, interval: 0, width: narrow ? 84 : 112, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        id: 'lower',
        stack: 'interval',
        silent: true,
        barWidth: 4,
        itemStyle: { color: 'transparent' },
        tooltip: { show: false },
        data: rows.map(({ interval }) => Number(interval?.lower ?? 0)),
      },
      {
        type: 'bar',
        id: 'width',
        stack: 'interval',
        silent: true,
        barWidth: 4,
        itemStyle: { color: COLOURS.requested, borderRadius: 2 },
        tooltip: { show: false },
        data: rows.map(({ interval }) => Number(interval?.upper ?? 0) - Number(interval?.lower ?? 0)),
      },
      {
        type: 'scatter',
        id: 'rate',
        name: t('rateAndInterval'),
        symbolSize: 10,
        cursor: 'pointer',
        itemStyle: { color: COLOURS.teal },
        data: rows.map((city, index) => ({
          value: [Number(city.rate), index],
          cases: cityCases(city, scope, 'total'),
          itemStyle: { color: city.funnel && city.funnel.outside !== 'within' ? COLOURS.donorSide : COLOURS.teal },
          tooltip: {
            formatter: `${city.name}<br/><b>${city.rate}%</b> · ${group(String(city.hits))} / ${group(String(city.total))}<br/>${t('interval')} ${city.interval?.lower}%–${city.interval?.upper}%`,
          },
        })),
      },
      {
        type: 'line',
        id: 'whole',
        name: t('wholeRate'),
        symbol: 'none',
        silent: true,
        lineStyle: { color: COLOURS.muted, type: 'dashed', width: 1 },
        itemStyle: { color: COLOURS.muted },
        data: whole.rate === null ? [] : rows.map((_, index) => [Number(whole.rate), index]),
      },
    ],
  };
}
