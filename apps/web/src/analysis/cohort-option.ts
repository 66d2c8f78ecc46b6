import type { CohortStage, FunnelScope } from '../api/funnel';
import type { ChartOption } from '../chart/chart-props';
import { group } from '../figures/format';
import type { Words } from '../language';
import { COLOURS, TOOLTIP } from '../theme';
import { casesOf } from './case-address';

/** Of each stage, all who reached it as one whole: passed, still in it, lost by whose doing. */
export function cohortOption(stages: readonly CohortStage[], scope: FunnelScope, words: Words): ChartOption {
  const { t } = words;
  const parts = [
    { name: t('part_passed'), colour: COLOURS.teal, part: 'passed', count: ({ passed }: CohortStage) => passed },
    { name: t('part_open'), colour: COLOURS.requested, part: 'open', count: ({ open }: CohortStage) => open },
    ...(['donor', 'patient'] as const).map((side) => ({
      name: t(`side_${side}`),
      colour: side === 'donor' ? COLOURS.donorSide : COLOURS.patientSide,
      part: 'lost',
      side,
      count: (stage: CohortStage) => lostOf(stage, side, false),
    })),
  ];
  return {
    // A legend of two lines on a telephone.
    grid: { left: 4, right: 16, top: 44, bottom: 4, outerBoundsMode: 'same' },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 12,
      itemHeight: 8,
      itemGap: 14,
      textStyle: { color: COLOURS.muted, fontSize: 12 },
    },
    tooltip: TOOLTIP,
    xAxis: {
      type: 'value',
      max: 100,
      axisLabel: { formatter: '{value}%', color: COLOURS.muted },
      splitLine: { lineStyle: { color: COLOURS.line } },
      interval: 25,
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: stages.map(({ stage }) => t(`stage_${stage}`)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: COLOURS.line } },
      axisLabel: { color: COLOURS.ink, fontSize: 12 },
    },
    series: parts.map(({ name, colour, part, count, ...more }) => ({
      type: 'bar' as const,
      name,
      stack: 'whole',
      barWidth: 16,
      cursor: 'pointer',
      itemStyle: { color: colour, borderColor: COLOURS.surface, borderWidth: 1 },
      data: stages.map((stage) => ({
        value: stage.reached === 0 ? 0 : (count(stage) / stage.reached) * 100,
        cases: casesOf('funnel', { ...scope, stage: stage.stage, part, ...more }),
        tooltip: { formatter: `{b} · {a}<br/><b>${group(String(count(stage)))}</b> / ${group(String(stage.reached))}` },
      })),
    })),
  };
}

/** Of a side, before the stage was passed or after it. */
export function lostOf({ losses }: CohortStage, side: 'donor' | 'patient', after: boolean): number {
  return losses.filter((one) => one.side === side && one.after === after).reduce((sum, one) => sum + one.cases, 0);
}
