import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import type { FigureAddress } from '../api/queries';
import type { ChartOption } from './chart-canvas';

const ChartCanvas = lazy(() => import('./chart-canvas'));

export interface ChartProps {
  option: ChartOption;
  height: number;
  /** What the drawing shows, for who cannot see it; the figures stand in the table beside it. */
  title: string;
  onPick: (figure: FigureAddress) => void;
}

/** A drawing whose library comes after the first page. */
export function Chart(props: ChartProps) {
  return (
    <Suspense fallback={<Skeleton.Node active style={{ width: '100%', height: props.height }} />}>
      <ChartCanvas {...props} />
    </Suspense>
  );
}
