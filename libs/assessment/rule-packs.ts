import type { Label } from '../catalogue/label';
import type { DecimalString } from '../core/decimal';

export type QualitativeLevel = 'reached' | 'partly' | 'not_reached';
export type GradeCode = 'excellent' | 'good' | 'medium' | 'poor';

export interface QualitativeBand {
  readonly level: QualitativeLevel;
  readonly label: Label;
  /** Per cent of the weight. The band ends at `to`, and begins just below the band above it. */
  readonly from: DecimalString;
  readonly to: DecimalString;
}

export interface Grade {
  readonly code: GradeCode;
  readonly label: string;
  readonly from: DecimalString;
}

/** Points of a first tier, or of the tiers that are counted together under a name. */
export interface TierWeight {
  readonly tier: string;
  readonly of?: readonly string[];
  readonly points: DecimalString;
}

/** How the deviation is printed. */
export interface DeviationRule {
  readonly decimals: number;
  /** The text for anything but zero against a target of zero. */
  readonly zeroTarget: string;
  /** The text for a word that was reached, and for zero against zero. */
  readonly same: string;
}

/** When a cause must be written. */
export type CauseWhen = 'missed' | 'beyond' | 'not_fully_reached' | 'low_execution';

/** How a jurisdiction weighs, scores and grades from a year on. Scores lie between 0 and the weight, always. */
export interface RulePack {
  readonly code: string;
  readonly version: number;
  /** The first year assessed by it. */
  readonly since: string;
  readonly label: Label;
  /** They sum to 100; null where the jurisdiction prints no weights and gives no score. */
  readonly weights: readonly TierWeight[] | null;
  /** A missed ≤ target: weight × target ÷ actual, or weight × (1 − (actual − target) ÷ target). */
  readonly lowerBetterMissed: 'ratio' | 'linear';
  /** An ＝ target above zero: full from the target upwards and in proportion below, or full only when equal. */
  readonly equals: 'upwards' | 'only_equal';
  /** Per cent of the weight that is left of a missed target of zero or below. */
  readonly zeroTargetMissed: DecimalString;
  /**
   * A ≥ target passed by more than `beyond` per cent was probably set too low: a cause is asked for, or besides the
   * per cent beyond it are taken off the score.
   */
  readonly overAchieved: { readonly beyond: DecimalString; readonly then: 'cause' | 'reduce' };
  readonly deviation: DeviationRule;
  readonly bands: readonly QualitativeBand[];
  /** From the highest; each begins at `from` (included) and ends below the grade above it. */
  readonly grades: readonly Grade[];
  readonly causeWhen: readonly CauseWhen[];
  /** In per cent: a cause is compulsory beyond this deviation, and below this budget execution. */
  readonly causeBeyond: DecimalString;
  readonly causeBelowExecution: DecimalString;
  /** What no published source states, shown with the pack. */
  readonly assumptions: readonly Label[];
}
