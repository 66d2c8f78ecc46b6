import type { KindCode } from './kind-code';
import type { Label } from './label';
import type { MetricKey } from './metrics';
import type { Move } from './worklists';

/** How grave it is: `wrong` cannot be, `doubtful` may be right, `late` is a matter of time. */
export const SEVERITIES = ['wrong', 'doubtful', 'late'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What every rule says of itself. */
interface Told {
  readonly code: string;
  readonly label: Label;
  /** What is to be done about what it finds. */
  readonly task: Label;
  readonly severity: Severity;
}

/** An org that submits has nothing of a kind that it owes in a month that is over (R10). */
export interface CompletenessRule extends Told {
  readonly kind: 'completeness';
}

/** Of what an org logged for a month, more than a share was recorded more than so many days after it occurred. */
export interface LatenessRule extends Told {
  readonly kind: 'lateness';
  readonly days: number;
  /** In per cent. */
  readonly share: string;
  /** Of fewer late entries nothing is said. */
  readonly fewest: number;
}

/** Of what was posted to an org's month, more than a share belongs to an earlier one. */
export interface AdjustmentsRule extends Told {
  readonly kind: 'adjustments';
  readonly share: string;
  readonly fewest: number;
}

/** A month's count of a kind stands far from the org's own past, as `OUTLIER_RULE` has it. */
export interface OutlierRule extends Told {
  readonly kind: 'outlier';
}

/**
 * Two figures of one org that must be `left operator right`: in each month, or in the sum of all months since the
 * start, for what may pass from one month into the next.
 */
export interface ContradictionRule extends Told {
  readonly kind: 'contradiction';
  readonly left: MetricKey;
  readonly operator: '<=' | '>=';
  readonly right: MetricKey | 0;
  readonly over: 'month' | 'start';
}

/** An entry before which something should stand that does not: a guard that an import with gaps passed over. */
export interface GapRule extends Told {
  readonly kind: 'gap';
}

/** Something began so many days ago, and what must stand for the same case or donor does not. */
export interface LackRule extends Told {
  readonly kind: 'lack';
  readonly on: 'case' | 'donor';
  readonly begins: Move;
  readonly lacks: Move;
  /** Whether it must stand on the day of the beginning or later; else on any day. */
  readonly afterwards: boolean;
  readonly days: number;
}

/** Something stands twice for a case, without what must come between, if anything may. */
export interface RepeatRule extends Told {
  readonly kind: 'repeat';
  readonly repeats: KindCode;
  readonly between?: KindCode;
}

/** A case that nothing has ended, and of which nothing was logged for so many days. */
export interface SilenceRule extends Told {
  readonly kind: 'silence';
  readonly begins: KindCode;
  readonly days: number;
  /** What ends a case unless something follows. */
  readonly stops: readonly Move[];
  /** What ends it whatever follows. */
  readonly over: readonly KindCode[];
}

export type QualityRule =
  | CompletenessRule
  | LatenessRule
  | AdjustmentsRule
  | OutlierRule
  | ContradictionRule
  | GapRule
  | LackRule
  | RepeatRule
  | SilenceRule;
