import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, TooltipComponent, LegendComponent } from 'echarts/components';
import { init, use as register, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { openCases } from '../analysis/case-address';
import type { FigureAddress } from '../api/queries';
import { FONT } from '../theme';
import type { ChartProps } from './chart-props';
import { SavePicture } from './save-picture';

register([BarChart, LineChart, ScatterChart, GridComponent, TooltipComponent, LegendComponent, SVGRenderer]);

const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

export default function ChartCanvas({ option, height, title, onPick }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);

  useEffect(() => {
    if (!place.current) return;
    const drawn = init(place.current, { textStyle: { fontFamily: FONT } });
    chart.current = drawn;
    const observer = new ResizeObserver(() => drawn.resize());
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      drawn.dispose();
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption({ animation: !still, animationDuration: 400, ...option }, { replaceMerge: ['series'] });
  }, [option]);

  useEffect(() => {
    const drawn = chart.current;
    if (!drawn) return;
    const pick = (event: { data?: unknown }) => {
      const { figure, cases } = (event.data ?? {}) as { figure?: FigureAddress; cases?: string };
      if (figure) onPick?.(figure);
      else if (cases !== undefined) openCases(cases);
    };
    drawn.on('click', pick);
    return () => {
      drawn.off('click', pick);
    };
  }, [onPick]);

  return (
    <figure className="chart-frame">
      <div ref={place} style={{ height }} role="img" aria-label={title} className="chart" />
      <SavePicture title={title} drawing={() => place.current?.querySelector('svg')} />
    </figure>
  );
}
