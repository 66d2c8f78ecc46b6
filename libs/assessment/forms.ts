import type { IndicatorKey } from '../catalogue/indicators';
import type { Label } from '../catalogue/label';
import type { MetricKey } from '../catalogue/metrics';
import type { DecimalString } from '../core/decimal';

/** A rate of the form's own budget table: executed, or adjustment, of the budget that the table is held against. */
export type BudgetRate = 'execution' | 'adjustment';

/**
 * Where a line's actual comes from. A metric may also be one that an office reports with its source and evidence; with
 * `grows` the line asks in words whether it is more than before. A reported line is typed on the form itself, from the
 * paper that is named.
 */
export type LineSource =
  | {
      readonly kind: 'metric';
      readonly key: MetricKey;
      /** The form's word for the figure's unit, where one of it is one of the other: a 场 that is printed as 次. */
      readonly unit?: string;
      /** The word that stands for more than at the end of the year before. */
      readonly grows?: string;
    }
  | { readonly kind: 'indicator'; readonly key: IndicatorKey }
  | { readonly kind: 'budget'; readonly rate: BudgetRate; readonly row: string }
  | { readonly kind: 'reported'; readonly from: string };

export interface FormLine {
  /** Unique in the form; never the name, which may stand twice. */
  readonly code: string;
  /** One text for each tier above the line's name, from the first; empty where the form has none there. */
  readonly path: readonly string[];
  readonly name: string;
  /** For the full year, as printed: `≥100例`, `＝0份`, `健全`. */
  readonly target: string;
  /** For the first half, as printed; without one the line is not assessed in July. */
  readonly halfTarget?: string;
  /** Null where the form prints no weights. */
  readonly weight: DecimalString | null;
  readonly source: LineSource;
  /** The paper that 完成值来源 names, unless the ledger or the office names another. */
  readonly paper?: string;
}

export type LineColumn = 'halfTarget' | 'target' | 'actual' | 'source' | 'weight' | 'score' | 'deviation' | 'cause';
/** Of the half-year targets where a form prints none at the year's end: in July it prints them all the same. */
export const HALF_TARGET_HEADING = '半年指标值';

export type BudgetColumn = 'initial' | 'adjustment' | 'adjusted' | 'executed' | 'weight' | 'rate' | 'score';

/** A column that is printed, with the form's own heading. */
export interface Column<Key extends string> {
  readonly key: Key;
  readonly heading: string;
}

export interface BudgetRow {
  readonly code: string;
  /** Rows of one group together make up the row that they are part of. */
  readonly group: string | null;
  readonly name: string;
  readonly partOf: string | null;
}

/** 万元. The first row is the total. */
export interface BudgetTable {
  readonly title: string;
  /** The tier under which the total is scored; null where it is not. */
  readonly tier: string | null;
  readonly weight: DecimalString | null;
  /** What the rates are held against. */
  readonly basis: 'adjusted' | 'initial';
  readonly columns: readonly Column<BudgetColumn>[];
  readonly rows: readonly [BudgetRow, ...BudgetRow[]];
  /** The row to which the office adds rows of its own, such as its projects; null where it adds none. */
  readonly ownRows: string | null;
}

/** 年度重点任务. */
export interface KeyTask {
  readonly code: string;
  readonly duty: string;
  readonly task: string;
  /** What stands until the office writes its own: `{code}` is a line's actual, `{registry.enrolled}` a figure. */
  readonly completion: string | null;
}

/** A self-assessment form: what is printed, in its order. */
export interface FormDefinition {
  readonly code: string;
  readonly version: number;
  /** The first year that is assessed with it. */
  readonly since: string;
  readonly title: Label;
  /** 整体支出, or 项目支出: one for each first-level project. */
  readonly scope: 'unit' | 'project';
  /** The rule pack that is used unless the office chose another. */
  readonly pack: string;
  /** The headings of the path and of the name. */
  readonly tiers: readonly string[];
  readonly columns: readonly Column<LineColumn>[];
  readonly budget: BudgetTable | null;
  readonly keyTasks: readonly KeyTask[];
  /** One sentence for both sides of 年度总体目标: `{code}` stands for that line's target, then for its actual. */
  readonly goal: string | null;
  readonly lines: readonly FormLine[];
  /** Whose the printed targets are, without a full stop: told while a line has one of them. */
  readonly targetsFrom: Label;
  readonly assumptions: readonly Label[];
}
