import type { BarSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts';
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { FigureAddress } from '../api/queries';

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | ScatterSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | TooltipComponentOption
>;

export interface ChartProps {
  option: ChartOption;
  height: number;
  /** What the drawing shows, for who cannot see it; the figures stand in the table beside it. */
  title: string;
  /** Of data that name a figure; those that name a list of cases open it. */
  onPick?: (figure: FigureAddress) => void;
}
