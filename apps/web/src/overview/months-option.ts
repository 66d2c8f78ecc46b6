import type { Value } from '../api/answers';
import type { ChartOption } from '../chart/chart-props';
import { sayFigure, toDraw } from '../figures/format';
import { sayPart } from '../figures/period-names';
import type { Words } from '../language';
import { COLOURS, TOOLTIP } from '../theme';

interface Row {
  year: string;
  values: (Value | undefined)[];
}

/** The months as lines, last year's fainter; a month without a figure is a gap, not a zero. */
export function monthsOption(rows: readonly Row[], unit: string, words: Words): ChartOption {
  const text = { color: COLOURS.muted, fontSize: 12 };
  return {
    grid: { left: 4, right: 16, top: 40, bottom: 4, outerBoundsMode: 'same' },
    legend: { top: 0, left: 0, itemWidth: 18, textStyle: text, data: rows.map((row) => row.year) },
    tooltip: TOOLTIP,
    xAxis: {
      type: 'category',
      data: Array.from({ length: 12 }, (_, month) => sayPart(String(month + 1), words.language)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: COLOURS.line } },
      axisLabel: { ...text, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      name: words.unit(unit),
      nameTextStyle: { ...text, align: 'left' },
      scale: unit === '%' || unit === '万分之',
      axisLabel: text,
      splitLine: { lineStyle: { color: COLOURS.line } },
    },
    series: rows.map((row, index) => ({
      type: 'line' as const,
      id: index === 0 ? 'year' : 'year-before',
      name: row.year,
      z: index === 0 ? 3 : 2,
      symbol: 'circle',
      symbolSize: index === 0 ? 8 : 6,
      lineStyle: { width: index === 0 ? 2.5 : 1.5, type: index === 0 ? 'solid' : 'dashed' },
      itemStyle: { color: index === 0 ? COLOURS.teal : COLOURS.before },
      connectNulls: false,
      data: row.values.map((value) => ({
        value: toDraw(value) ?? undefined,
        figure: value,
        tooltip: { formatter: `{a} · {b}<br/><b>${sayFigure(value, words)}</b>` },
      })),
    })),
  };
}
