import type { Org } from '../api/answers';
import type { Contributions } from '../api/funnel';
import type { ChartOption } from '../chart/chart-props';
import { group } from '../figures/format';
import type { Words } from '../language';
import { COLOURS, TOOLTIP } from '../theme';
import { cityName } from './city-words';

/** Percentage points to both sides of nothing, the largest above. */
export function contributionsOption(
  { contributions }: Contributions,
  figure: { key: string; period: string },
  orgs: ReadonlyMap<string, Org>,
  words: Words,
  narrow: boolean,
): ChartOption {
  const rows = contributions
    .filter(({ points }) => points !== null)
    .sort((a, b) => Number(b.points) - Number(a.points));
  return {
    grid: { left: 4, right: 24, top: 8, bottom: 4, outerBoundsMode: 'same' },
    tooltip: TOOLTIP,
    xAxis: {
      type: 'value',
      axisLabel: { color: COLOURS.muted },
      splitLine: { lineStyle: { color: COLOURS.line } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((row) => cityName(row, orgs, words)),
      axisTick: { show: false },
      axisLine: { onZero: false, lineStyle: { color: COLOURS.line } },
      axisLabel: { color: COLOURS.ink, fontSize: 12, interval: 0, width: narrow ? 84 : 112, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        id: 'points',
        barWidth: 14,
        cursor: 'pointer',
        data: rows.map((row) => ({
          value: Number(row.points),
          figure: { ...figure, org: row.org, own: row.own },
          itemStyle: { color: Number(row.points) < 0 ? COLOURS.donorSide : COLOURS.teal, borderRadius: 2 },
          tooltip: { formatter: `${cityName(row, orgs, words)}<br/><b>${group(row.points ?? '')}</b>` },
        })),
      },
    ],
  };
}
