import type { Label } from './label';
import type { MetricKey } from './metrics';
import type { Versioned } from './versions';

/** What a version of a rate may say otherwise than the one before. */
export interface IndicatorMeaning {
  readonly numerator: MetricKey;
  readonly denominator: MetricKey;
}

/** A rate: the ratio of two metrics of the same org and period, scaled, rounded half-up once (R12, R16). */
export interface IndicatorDefinition extends IndicatorMeaning, Versioned<IndicatorMeaning> {
  readonly key: string;
  readonly label: Label;
  readonly unit: '%' | '万分之';
  readonly scale: 100 | 10000;
  readonly decimals: number;
}

/** What most rates are told in. */
export const PERCENT = { unit: '%', scale: 100, decimals: 2, version: 1, since: '2000-01' } as const;
