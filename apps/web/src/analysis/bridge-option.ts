import type { Bridge, FunnelScope } from '../api/funnel';
import type { ChartOption } from '../chart/chart-props';
import { group } from '../figures/format';
import type { Words } from '../language';
import { COLOURS, TOOLTIP } from '../theme';
import { casesOf } from './case-address';

/** A waterfall that falls from above: each term from where the one before it ended, and the figure last. */
export function bridgeOption(bridge: Bridge, scope: FunnelScope, words: Words, narrow: boolean): ChartOption {
  const { stage, key, requested } = bridge;
  const terms = bridge.terms.filter(({ entries }) => entries > 0);
  const sums = terms.reduce<number[]>((all, { value }) => [...all, (all.at(-1) ?? 0) + Number(value)], []);
  const figure = { key, ...scope };
  const steps = [
    ...terms.map(({ term, label, value }, index) => ({
      name: words.label(label),
      from: Math.min(sums[index - 1] ?? 0, sums[index] ?? 0),
      size: Math.abs(Number(value)),
      said: Number(value) > 0 ? `+${group(value)}` : group(value),
      colour: Number(value) < 0 ? COLOURS.donorSide : COLOURS.requested,
      opens: { cases: casesOf('funnel', { ...scope, stage, term }) },
    })),
    {
      name: words.t(`stage_${stage}`),
      from: 0,
      size: Number(requested ?? 0),
      said: requested === null ? words.t('missing') : group(requested),
      colour: COLOURS.teal,
      opens: { figure },
    },
  ];
  return {
    grid: { left: 4, right: 48, top: 8, bottom: 4, outerBoundsMode: 'same' },
    tooltip: TOOLTIP,
    xAxis: { type: 'value', axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: steps.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: COLOURS.line } },
      axisLabel: { color: COLOURS.ink, fontSize: 12, interval: 0, width: narrow ? 104 : 150, overflow: 'break' },
    },
    series: [
      {
        type: 'bar',
        id: 'below',
        stack: 'bridge',
        silent: true,
        barWidth: 20,
        itemStyle: { color: 'transparent' },
        tooltip: { show: false },
        data: steps.map(({ from }) => from),
      },
      {
        type: 'bar',
        id: 'step',
        stack: 'bridge',
        barWidth: 20,
        cursor: 'pointer',
        label: { show: true, position: 'right', color: COLOURS.ink, fontSize: 12 },
        data: steps.map(({ name, size, said, colour, opens }) => ({
          value: size,
          ...opens,
          itemStyle: { color: colour, borderRadius: 2 },
          label: { formatter: said },
          tooltip: { formatter: `${name}<br/><b>${said}</b>` },
        })),
      },
    ],
  };
}
