import { MILESTONES } from '../../../../libs/catalogue/milestones';
import type { Ageing } from '../api/funnel';
import type { ChartOption } from '../chart/chart-props';
import { group } from '../figures/format';
import type { Words } from '../language';
import { COLOURS, TOOLTIP } from '../theme';
import { casesOf } from './case-address';

/** The older, the darker. */
const { shades: SHADES } = COLOURS;

export function agesOption({ bands, ages }: Ageing, scope: { org: string; day: string }, words: Words): ChartOption {
  const { t, label } = words;
  const rows = MILESTONES.filter(({ key }) => ages.some((one) => one.milestone === key));
  return {
    grid: { left: 4, right: 24, top: 40, bottom: 4, outerBoundsMode: 'same' },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 12,
      itemHeight: 8,
      itemGap: 12,
      textStyle: { color: COLOURS.muted, fontSize: 12 },
    },
    tooltip: TOOLTIP,
    xAxis: { type: 'value', axisLabel: { color: COLOURS.muted }, splitLine: { lineStyle: { color: COLOURS.line } } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((row) => label(row.label)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: COLOURS.line } },
      axisLabel: { color: COLOURS.ink, fontSize: 12, interval: 0, width: 150, overflow: 'truncate' },
    },
    series: bands.map((band, index) => ({
      type: 'bar' as const,
      name: t('bandDays', { band: band.key }),
      stack: 'ages',
      barWidth: 16,
      cursor: 'pointer',
      itemStyle: { color: SHADES[index] },
      data: rows.map(({ key }) => {
        const cases = ages.find((one) => one.milestone === key && one.band === band.key)?.cases ?? 0;
        return {
          value: cases,
          cases: casesOf('ages', { ...scope, milestone: key, band: band.key }),
          tooltip: { formatter: `{b} · {a}<br/><b>${group(String(cases))}</b>` },
        };
      }),
    })),
  };
}
