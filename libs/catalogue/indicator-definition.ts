import type { Label } from './label';
import type { MetricKey } from './metrics';

/** A rate: the ratio of two metrics of the same org and period, scaled, rounded half-up once (R12, R16). */
export interface IndicatorDefinition {
  readonly key: string;
  readonly label: Label;
  readonly numerator: MetricKey;
  readonly denominator: MetricKey;
  readonly unit: '%' | '万分之';
  readonly scale: 100 | 10000;
  readonly decimals: number;
  readonly version: number;
  /** The month from which this version holds (R15). */
  readonly since: string;
}

/** What most rates are told in. */
export const PERCENT = { unit: '%', scale: 100, decimals: 2, version: 1, since: '2000-01' } as const;
