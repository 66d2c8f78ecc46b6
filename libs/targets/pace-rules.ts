import type { DecimalString } from '../core/decimal';

/** From which share of what is due a target counts as ahead of its pace, and below which as behind. */
export interface PaceRules {
  readonly version: number;
  readonly ahead: DecimalString;
  readonly behind: DecimalString;
}

export const PACE_RULES: PaceRules = { version: 1, ahead: '1.05', behind: '0.95' };
