import type { IndicatorDefinition } from '../../../../libs/catalogue/indicator-definition';
import type { KindDefinition } from '../../../../libs/catalogue/kind-definition';
import type { Label } from '../../../../libs/catalogue/label';
import type { MetricDefinition } from '../../../../libs/catalogue/metric-definition';
import type { REASONS } from '../../../../libs/catalogue/reasons';

export interface Registry {
  nameZh: string;
  nameEn: string;
  demonstration: boolean;
  firstDay: string;
}

export interface Status {
  registry: Registry | null;
  root: string | null;
  /** The first year that has figures, perhaps reported ones of before the ledger; `null` before the first entry. */
  firstYear: string | null;
  /** The latest year worth opening, `null` before the first entry. */
  latestYear: string | null;
  latestMonth: string | null;
  position: string;
  computedPosition: string;
  computedAt: string | null;
  /** When the first write to the ledger was recorded. */
  begunAt: string | null;
  /** How many marks of changed months, and choices of settings, wait to be added up. */
  waiting: number;
  /** The last recount of everything; `null` before the first. */
  verification: Verification | null;
}

/** Counts of values are decimal strings. */
export interface Verification {
  finishedAt: string;
  checked: string;
  drift: string;
  /** `null` of a recount before there were seals. */
  seals: { checked: number; drift: number } | null;
}

export interface Family {
  code: string;
  label: Label;
  /** The codes of its kinds. */
  kinds: string[];
}

export interface Catalogue {
  families: Family[];
  kinds: KindDefinition[];
  reasons: (typeof REASONS)[number][];
  metrics: MetricDefinition[];
  indicators: IndicatorDefinition[];
}

export interface Org {
  org: string;
  parent: string | null;
  level: string;
  nameZh: string;
  nameEn: string;
  closedOn: string | null;
}

export type FigureState = 'value' | 'zero' | 'missing' | 'not_applicable';

/** A computed figure; numbers are decimal strings and stay strings. */
export interface Value {
  key: string;
  org: string;
  /** Of the org's own entries only (本级). */
  own: boolean;
  period: string;
  state: FigureState;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  unit: string;
  version: number;
  /** Of a year before the ledger: what was reported of it, and not counted from entries. */
  reported: boolean;
  position: string | null;
  computedAt: string | null;
  /** The definitions that change within the period. */
  changes?: { key: string; version: number; since: string }[];
  /** Of the registry's own figures: how many of those that owe it have reported. */
  reporting?: { owe: number; reported: number } | null;
}

export interface Target {
  org: string;
  period: string;
  key: string;
  operator: 'ge' | 'le' | 'eq';
  value: string;
}

export interface Entry {
  id: string;
  kind: string;
  org: string;
  occurredOn: string;
  postedMonth: string;
  donorCode: string | null;
  caseCode: string | null;
  sampleCode: string | null;
  outcome: string | null;
  reason: string | null;
  quantity: string;
  justification: string | null;
  reverses: string | null;
  reversedBy: string | null;
  recordedAt: string;
  recordedBy: string;
  source: string;
  note: string | null;
}

export interface BehindEntry extends Entry {
  /** What the entry adds to the figure. */
  contribution: string;
}

export interface EntriesBehind {
  asOf: { position: string; recordedAt: string | null };
  figure: Value;
  countsSubjects: 'donor' | 'case' | null;
  /** Of the whole list; told with its first page only. */
  total: { entries: number; sum: string } | null;
  entries: BehindEntry[];
  next: string | null;
}

export interface EntryInput {
  id: string;
  kind: string;
  org: string;
  occurredOn: string;
  donorCode?: string;
  caseCode?: string;
  sampleCode?: string;
  outcome?: string;
  reason?: string;
  quantity?: string;
  attributes?: Record<string, string>;
  note?: string;
  justification?: string;
}
