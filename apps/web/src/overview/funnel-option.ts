import type { Value } from '../api/answers';
import type { ChartOption } from '../chart/chart-props';
import { group, sayFigure, toDraw } from '../figures/format';
import { STAGES, type Stage } from '../../../../libs/catalogue/stages';
import type { Figures } from '../figures/use-figures';
import type { Words } from '../language';
import { COLOURS, TOOLTIP } from '../theme';
import type { FindTarget } from './use-targets';

const AXIS_TEXT = { color: COLOURS.muted, fontSize: 12 };

/** What both drawings share: stages down the side, bars from the left, what they are above. */
function frame(stages: readonly Stage[], words: Words): ChartOption {
  return {
    grid: { left: 4, right: 24, top: 44, bottom: 4, outerBoundsMode: 'same' },
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 8, itemGap: 14, textStyle: AXIS_TEXT },
    tooltip: TOOLTIP,
    yAxis: {
      type: 'category',
      inverse: true,
      data: stages.map(({ key }) => words.t(`stage_${key}`)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: COLOURS.line } },
      axisLabel: { color: COLOURS.ink, fontSize: 13, fontWeight: 600 },
    },
  };
}

function point(value: Value | undefined, words: Words, label?: string) {
  return {
    // No bar where there is no figure, but the label that says so.
    value: toDraw(value) ?? 0,
    figure: value,
    label: { formatter: label ?? sayFigure(value, words) },
    tooltip: { formatter: `{b} · {a}<br/><b>${sayFigure(value, words)}</b>` },
  };
}

function bars(id: string, name: string, colour: string, thick: boolean, data: ReturnType<typeof point>[]) {
  return {
    type: 'bar' as const,
    id,
    name,
    data,
    barWidth: thick ? 15 : 5,
    barGap: '20%',
    cursor: 'pointer',
    itemStyle: { color: colour, borderRadius: [0, 3, 3, 0] },
    label: { show: thick, position: 'right' as const, distance: thick ? 8 : 0, color: COLOURS.ink, fontSize: 12 },
  };
}

/** Requests and successes of each stage on one scale: stages of a year are no cohort, so nothing is made to narrow. */
export function countsOption(now: Figures, then: Figures, words: Words, narrow: boolean): ChartOption {
  const { t } = words;
  const of = (figures: Figures, key: string | undefined) => (key === undefined ? undefined : figures.find(key));
  const requested = (figures: Figures) =>
    STAGES.map((stage) => point(of(figures, stage.requested), words, stage.requested ? undefined : ' '));
  const succeeded = STAGES.map((stage) => {
    const value = of(now, stage.succeeded);
    const rate = of(now, stage.rate);
    return point(value, words, rate && value?.value ? `${count(value, words)} · ${sayFigure(rate, words)}` : undefined);
  });
  return {
    ...frame(STAGES, words),
    xAxis: {
      type: 'value',
      max: (range) => Math.max(1, range.max) * (narrow ? 1.6 : 1.22),
      axisLabel: { show: false },
      splitLine: { show: false },
    },
    series: [
      bars('requested', t('requested'), COLOURS.requested, true, requested(now)),
      bars('requested-before', t('lastYear'), COLOURS.faint, false, requested(then)),
      bars('succeeded', t('succeeded'), COLOURS.teal, true, succeeded),
      bars(
        'succeeded-before',
        t('lastYear'),
        COLOURS.faint,
        false,
        STAGES.map((stage) => point(of(then, stage.succeeded), words)),
      ),
    ],
  };
}

function count(value: Value | undefined, words: Words): string {
  return value?.value ? group(value.value) : sayFigure(value, words);
}

/** The success rate of each stage, last year's beneath it, its target as a line across. */
export function ratesOption(
  now: Figures,
  then: Figures,
  targets: FindTarget,
  words: Words,
  narrow: boolean,
): ChartOption {
  const { t } = words;
  const stages = STAGES.flatMap((stage) => (stage.rate === undefined ? [] : [{ ...stage, rate: stage.rate }]));
  const fraction = (value: Value | undefined) =>
    !narrow && value?.numerator && value.denominator
      ? ` · ${group(value.numerator)} / ${group(value.denominator)}`
      : '';
  const thisYear = stages.map(({ rate }) => {
    const value = now.find(rate);
    return point(value, words, `${sayFigure(value, words)}${fraction(value)}`);
  });
  return {
    ...frame(stages, words),
    xAxis: {
      type: 'value',
      max: (range) => Math.max(100, range.max) * (narrow ? 1.4 : 1.28),
      axisLabel: { ...AXIS_TEXT, show: true, formatter: (at: number) => (at > 100 ? '' : `${at}%`) },
      splitLine: { show: true, showMaxLine: false, lineStyle: { color: COLOURS.line } },
      interval: 50,
    },
    series: [
      bars('rate', t('thisPeriod'), COLOURS.teal, true, thisYear),
      bars(
        'rate-before',
        t('lastYear'),
        COLOURS.faint,
        false,
        stages.map(({ rate }) => point(then.find(rate), words)),
      ),
      {
        type: 'scatter',
        id: 'target',
        name: t('target'),
        symbol: 'rect',
        symbolSize: [3, 34],
        itemStyle: { color: COLOURS.target },
        tooltip: { formatter: '{b} · {a}' },
        data: stages.flatMap(({ rate }, row) => {
          const target = targets(rate);
          return target ? [[Number(target.value), row]] : [];
        }),
      },
    ],
  };
}
