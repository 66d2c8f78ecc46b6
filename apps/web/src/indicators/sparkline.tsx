import type { Value } from '../api/answers';
import { toDraw } from '../figures/format';

const WIDTH = 120;
const HEIGHT = 28;
const EDGE = 3;

/** The months as a small line; a missing month is a gap. What it shows stands in numbers where the figure is opened. */
export function Sparkline({ values }: { values: readonly (Value | undefined)[] }) {
  const drawn = values.map(toDraw);
  const known = drawn.filter((one) => one !== null);
  if (known.length === 0) return null;
  const [low, high] = [Math.min(0, ...known), Math.max(...known)];
  // What hardly moves, as a stock, is drawn between its own ends.
  const from = high > 0 && Math.min(...known) > high / 2 ? Math.min(...known) - (high - Math.min(...known)) / 4 : low;
  const place = (value: number, month: number): [number, number] => [
    EDGE + (month * (WIDTH - 2 * EDGE)) / Math.max(1, values.length - 1),
    high === from ? HEIGHT / 2 : HEIGHT - EDGE - ((value - from) / (high - from)) * (HEIGHT - 2 * EDGE),
  ];
  const points = drawn.map((value, month) => (value === null ? null : place(value, month)));
  const path = points
    .map((point, month) => point && `${points[month - 1] ? 'L' : 'M'}${point[0].toFixed(1)} ${point[1].toFixed(1)}`)
    .filter(Boolean)
    .join('');
  const last = points.findLast((point) => point !== null);
  return (
    <svg className="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path d={path} />
      {last && <circle cx={last[0]} cy={last[1]} r="2.6" />}
    </svg>
  );
}
