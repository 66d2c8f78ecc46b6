import type { DecimalString } from '../core/decimal';
import type { KindCode } from './kind-code';
import type { Label } from './label';
import type { ReasonCode } from './reasons';
import type { Versioned } from './versions';

/** One selection of entries that a metric counts, and what each of their units counts for: `-1` takes away. */
export interface Count {
  readonly kind: KindCode;
  readonly outcome?: string;
  readonly reasons?: readonly ReasonCode[];
  readonly times?: DecimalString;
}

/**
 * How a metric adds up: `sum` over months and orgs; `distinct` subjects, never added; `stock` and `cumulative` from
 * the first entry to the period's end (R9, R11, R13); `reported` as the last entry that stands in the period says it.
 */
export type AddsUp = 'sum' | 'distinct' | 'stock' | 'cumulative' | 'reported';

/** What a version of a metric may say otherwise than the one before; all else makes it another metric. */
export interface MetricMeaning {
  readonly counts: readonly Count[];
}

export interface MetricDefinition extends MetricMeaning, Versioned<MetricMeaning> {
  readonly key: string;
  readonly label: Label;
  readonly unit: string;
  readonly addsUp: AddsUp;
  /** The subject that a distinct metric counts. */
  readonly subject?: 'donor' | 'case';
  /** Whether a reported metric adds what each org of a subtree reported last; else it is what the org itself reported. */
  readonly overOrgs?: true;
  /** The decimals that a form prints; as many as there are, unless said. */
  readonly decimals?: number;
}

/** The first meaning of a metric, in force since before any ledger began. */
export const FIRST = { version: 1, since: '2000-01' } as const;
