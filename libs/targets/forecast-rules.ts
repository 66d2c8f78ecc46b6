import type { DecimalString } from '../core/decimal';

export interface ForecastRules {
  readonly version: number;
  /** Fewer months than these tell nothing. */
  readonly monthsAtLeast: number;
  /** The latest months that are looked at. */
  readonly monthsAtMost: number;
  /** Below this likelihood, in %, a target is said to be no longer likely. */
  readonly unlikelyBelow: DecimalString;
}

export const FORECAST_RULES: ForecastRules = { version: 1, monthsAtLeast: 3, monthsAtMost: 12, unlikelyBelow: '50' };
