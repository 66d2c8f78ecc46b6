import type { Label } from '../catalogue/label';
import type { DecimalString } from '../core/decimal';
import type { Sentence } from '../core/domain-error';
import type { Operator } from '../core/target-text';
import type { FigureKey } from './figure';
import type { BudgetColumn, BudgetTable, Column, LineColumn } from './forms';
import type { Grade, QualitativeLevel } from './rule-packs';

export type FilledState = 'value' | 'zero' | 'missing' | 'not_applicable';

/** `year`: 自评 at the year's end; `half`: 监控 in July, against the half-year targets. */
export type Stage = 'year' | 'half';

/** A metric's or an indicator's value for the form's org and period, as the ledger gives it. */
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
  /** Hash of the seal of the period's last month when that is sealed. */
  readonly seal?: string | null;
  /** Of a metric that is judged in words: the word. */
  readonly conclusion?: string | null;
  /** Of a reported metric: where it is from, and the codes of its evidence. */
  readonly documents?: { readonly source: string | null; readonly evidence: readonly string[] };
}

/** What a person types for a line; amounts without the unit. */
export interface TypedLine {
  readonly actual?: string;
  /** For worded lines: the level (that of the target's own word is `reached`) and the score picked within its band. */
  readonly level?: QualitativeLevel;
  readonly score?: DecimalString;
  /** Why a typed actual stands beside a computed one. */
  readonly reason?: string;
  /** 完成值来源, in place of the form's. */
  readonly source?: string;
  readonly cause?: string;
  /** As printed, in place of the form's. */
  readonly target?: string;
  readonly halfTarget?: string;
  /** Codes of evidence files. */
  readonly evidence?: readonly string[];
}

/** 万元. The adjusted budget is initial + adjustment unless it is given. */
export interface BudgetFigures {
  /** Of a row that the office added. */
  readonly name?: string;
  readonly initial?: DecimalString;
  readonly adjustment?: DecimalString;
  readonly adjusted?: DecimalString;
  readonly executed?: DecimalString;
  readonly cause?: string;
}

export interface LineCitation {
  readonly kind: 'metric' | 'indicator' | 'budget' | 'reported';
  readonly key: FigureKey | null;
  /** The figure's name, or the paper a reported value is taken from. */
  readonly label: string;
  readonly formula: string;
  readonly parts: { readonly numerator: string; readonly denominator: string } | null;
  readonly version: number | null;
  readonly position: string | null;
  readonly computedAt: string | null;
  /** Hash of the seal of the period's last month; null while it is open. */
  readonly seal: string | null;
  /** Where a reported value is from, as the ledger or the line says. */
  readonly document: string | null;
}

/** What will have come of a line by the year's end. */
export interface LineForecast {
  readonly value: DecimalString;
  /** The bounds within which it will lie in four of five cases. */
  readonly low: DecimalString;
  readonly high: DecimalString;
  readonly method: Sentence;
  /** How likely the full-year target will be met, in per cent. */
  readonly likelihood: { readonly percent: DecimalString; readonly words: Sentence; readonly warning: boolean } | null;
}

export interface FilledLine {
  readonly code: string;
  readonly path: readonly string[];
  readonly name: string;
  /** The target of the stage, as printed; empty where none is set. */
  readonly target: string;
  readonly halfTarget: string | null;
  readonly fullTarget: string;
  readonly operator: Operator | 'label';
  readonly unit: string;
  readonly state: FilledState;
  /** What stands on the form, rounded to the figure's decimals, without the unit. All that follows is reckoned from it. */
  readonly actual: string | null;
  /** What the ledger or the budget table says, where a typed actual stands in its place. */
  readonly computed: string | null;
  /** A typed actual that stands in place of a computed one; `difference` is typed − computed. */
  readonly typed: {
    readonly actual: string;
    readonly difference: DecimalString | null;
  } | null;
  /** Why a typed actual stands beside the ledger's, or a rate beside parts that were typed. */
  readonly reason: string | null;
  /** Why a reason must be given; null when none is due, or it is there. */
  readonly reasonRequired: Sentence | null;
  readonly numerator: DecimalString | null;
  readonly denominator: DecimalString | null;
  readonly source: LineCitation;
  /** As printed, with `%`; null where no number stands for it. */
  readonly deviation: string | null;
  /** Null where there is no actual, or the line is not assessed in this half. */
  readonly targetMet: boolean | null;
  readonly overAchieved: boolean;
  /** Why 偏差原因分析 must be written, whether or not it is; null when it need not. */
  readonly causeRequired: Sentence | null;
  readonly cause: string | null;
  /** Codes of the evidence files. */
  readonly evidence: readonly string[];
  readonly seal: string | null;
  readonly forecast: LineForecast | null;
  readonly weight: DecimalString | null;
  readonly score: DecimalString | null;
  /** Why there is no score or no actual. */
  readonly note: Sentence | null;
  readonly warnings: readonly Sentence[];
}

export interface FilledBudgetRow {
  readonly code: string;
  readonly group: string | null;
  readonly name: string;
  readonly partOf: string | null;
  /** Added by the office. */
  readonly own: boolean;
  readonly initial: DecimalString | null;
  readonly adjustment: DecimalString | null;
  readonly adjusted: DecimalString | null;
  readonly executed: DecimalString | null;
  /** What the rate is held against, and its name. */
  readonly basis: { readonly denominator: DecimalString | null; readonly denominatorName: string };
  readonly state: FilledState;
  /** Executed ÷ the budget of the table's basis, as printed, with `%`. */
  readonly rate: string | null;
  /** The total row alone is scored. */
  readonly weight: DecimalString | null;
  readonly score: DecimalString | null;
  readonly causeRequired: Sentence | null;
  readonly cause: string | null;
  readonly note: Sentence | null;
  readonly warnings: readonly Sentence[];
}

export interface FilledTask {
  readonly code: string;
  readonly duty: string;
  readonly task: string;
  readonly completion: string | null;
  /** Whether the office wrote it; else it is told from the figures. */
  readonly typed: boolean;
}

export interface FilledForm {
  readonly form: {
    readonly code: string;
    readonly version: number;
    readonly title: Label;
    readonly scope: 'unit' | 'project';
  };
  readonly pack: { readonly code: string; readonly version: number; readonly label: Label };
  readonly stage: Stage;
  readonly org: string | null;
  readonly period: string | null;
  readonly project: string;
  readonly tiers: readonly string[];
  readonly columns: readonly Column<LineColumn>[];
  /** How the budget table is printed; null where the form has none. */
  readonly budgetTable:
    | (Pick<BudgetTable, 'title' | 'tier' | 'basis' | 'ownRows'> & {
        readonly columns: readonly Column<BudgetColumn>[];
      })
    | null;
  readonly budget: readonly FilledBudgetRow[];
  readonly tasks: readonly FilledTask[];
  readonly goal: { readonly expected: string; readonly achieved: string } | null;
  readonly lines: readonly FilledLine[];
  /** The sum of the printed scores, the whole only when complete; null where nothing is scored. */
  readonly total: DecimalString | null;
  /** The weight of all items. */
  readonly totalWeight: DecimalString | null;
  /** The weight of those that were scored; that of all when complete. */
  readonly scoredWeight: DecimalString | null;
  /** Whether every item has its score, or its actual where the form prints no weights. */
  readonly complete: boolean;
  readonly incompleteBecause: Sentence | null;
  readonly grade: Grade | null;
  /** The total that the office declared, and why it is not what the form gives; null when none was declared. */
  readonly declared: { readonly total: DecimalString; readonly differs: Sentence | null } | null;
  readonly warnings: readonly Sentence[];
  readonly assumptions: readonly Label[];
}
