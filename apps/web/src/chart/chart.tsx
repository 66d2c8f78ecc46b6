import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import type { ChartProps } from './chart-props';

const ChartCanvas = lazy(() => import('./chart-canvas'));

/** A drawing whose library comes after the first page. */
export function Chart(props: ChartProps) {
  return (
    <Suspense fallback={<Skeleton.Node active style={{ width: '100%', height: props.height }} />}>
      <ChartCanvas {...props} />
    </Suspense>
  );
}
