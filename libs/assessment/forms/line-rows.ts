import type { IndicatorKey } from '../../catalogue/indicators';
import type { MetricKey } from '../../catalogue/metrics';
import type { FormLine, LineSource } from '../forms';

export type LineRow = readonly [
  code: string,
  name: string,
  target: string,
  halfTarget: string | null,
  weight: string | null,
  source: LineSource,
  paper?: string,
];

/** The lines under one path. */
export function linesOf(path: readonly string[], rows: readonly LineRow[]): FormLine[] {
  return rows.map(([code, name, target, halfTarget, weight, source, paper]) => ({
    code,
    path,
    name,
    target,
    ...(halfTarget !== null && { halfTarget }),
    weight,
    source,
    ...(paper !== undefined && { paper }),
  }));
}

export function metric(key: MetricKey, told: { readonly unit?: string; readonly grows?: string } = {}): LineSource {
  return { kind: 'metric', key, ...told };
}

export function indicator(key: IndicatorKey): LineSource {
  return { kind: 'indicator', key };
}

export function reported(from: string): LineSource {
  return { kind: 'reported', from };
}
