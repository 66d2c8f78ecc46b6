import type { Label } from '../catalogue/label';
import type { DecimalString } from '../core/decimal';
import type { Sentence } from '../core/domain-error';
import type { FigureKey } from './figure';
import type { Grade, QualitativeLevel } from './rule-packs';
import type { Operator } from '../core/target-text';

export type FilledState = 'value' | 'zero' | 'missing' | 'not_applicable';

/** A metric's or an indicator's value for the form's registry and year, as the ledger gives it. */
export interface FilledValue {
  readonly key: string;
  readonly state: FilledState;
  readonly value: DecimalString | null;
  readonly numerator: DecimalString | null;
  readonly denominator: DecimalString | null;
  readonly unit: string;
  readonly version: number;
  /** The ledger's position that it was reckoned from. */
  readonly position: string | null;
  /** ISO instant. */
  readonly computedAt: string | null;
}

/** What a person types in for a reported line: a number or the reached word, without the unit. */
export interface ReportedValue {
  readonly actual: string;
  /** For worded lines: the level (that of the target's own word is `reached`) and the score picked within its band. */
  readonly level?: QualitativeLevel;
  readonly score?: DecimalString;
}

/** 万元. */
export interface BudgetFigures {
  readonly initial?: DecimalString;
  readonly adjusted?: DecimalString;
  readonly executed?: DecimalString;
}

export interface LineCitation {
  readonly kind: 'metric' | 'indicator' | 'reported';
  readonly key: FigureKey | null;
  /** The figure's name, or the paper a reported value is taken from. */
  readonly label: string;
  readonly formula: string;
  readonly parts: { readonly numerator: string; readonly denominator: string } | null;
  readonly version: number | null;
  readonly position: string | null;
  readonly computedAt: string | null;
}

export interface FilledLine {
  readonly code: string;
  readonly path: readonly [string, string];
  readonly name: string;
  readonly target: string;
  readonly operator: Operator | 'label';
  readonly unit: string;
  readonly state: FilledState;
  /** Rounded to the figure's decimals, without the unit. All that follows is reckoned from it. */
  readonly actual: string | null;
  readonly numerator: DecimalString | null;
  readonly denominator: DecimalString | null;
  readonly source: LineCitation;
  /** As printed, with `%`; null where no number stands for it. */
  readonly deviation: string | null;
  readonly targetMet: boolean | null;
  readonly overAchieved: boolean;
  /** Why 偏差原因分析 must be written; null when it need not. */
  readonly causeRequired: Sentence | null;
  readonly cause: string | null;
  readonly weight: DecimalString;
  readonly score: DecimalString | null;
  /** Why there is no score. */
  readonly note: Sentence | null;
}

export interface FilledBudgetRow {
  readonly code: string;
  readonly group: string | null;
  readonly name: string;
  readonly initial: DecimalString | null;
  readonly adjusted: DecimalString | null;
  readonly executed: DecimalString | null;
  readonly state: FilledState;
  /** Executed ÷ adjusted, as printed, with `%`. */
  readonly rate: string | null;
  /** The total row alone is scored. */
  readonly weight: DecimalString | null;
  readonly score: DecimalString | null;
  readonly causeRequired: Sentence | null;
  readonly note: Sentence | null;
}

export interface FilledForm {
  readonly form: { readonly code: string; readonly version: number; readonly title: Label };
  readonly pack: { readonly code: string; readonly version: number; readonly label: Label };
  readonly budget: readonly FilledBudgetRow[];
  readonly goal: { readonly expected: string; readonly achieved: string };
  readonly lines: readonly FilledLine[];
  /** The sum of the printed scores; the whole only when complete. */
  readonly total: DecimalString;
  /** The weight of all items. */
  readonly totalWeight: DecimalString;
  /** The weight of those that were scored; that of all when complete. */
  readonly scoredWeight: DecimalString;
  readonly complete: boolean;
  readonly incompleteBecause: Sentence | null;
  readonly grade: Grade | null;
  readonly assumptions: readonly Label[];
}
