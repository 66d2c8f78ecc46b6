import type { Sentence } from '../../../../libs/core/domain-error';

export const FINDING_CLASSES = [
  ...(['wrong-rate', 'two-values', 'text-table', 'sum', 'unit', 'year', 'not-hundred', 'of-nothing'] as const),
  ...(['float-residue', 'score-without-worksheet', 'empty-cause', 'rising-funnel', 'count-of-list'] as const),
  ...(['conversion', 'two-units', 'ledger'] as const),
] as const;
export type FindingClass = (typeof FINDING_CLASSES)[number];

/** Offsets in the text, in UTF-16 code units; lines counted from 1. */
export interface TextPlace {
  start: number;
  end: number;
  line: number;
  row?: number;
  column?: number;
}

export interface ReportFinding {
  class: FindingClass;
  severity: 'error' | 'warning';
  place: TextPlace;
  related: TextPlace[];
  found: string;
  expected: string | null;
  message: Sentence;
}

export interface FoundNumber {
  start: number;
  end: number;
  line: number;
  text: string;
  unit: string;
  noun: string;
  period: string;
  place: string;
}

export interface CheckUpView {
  text: string;
  /** That the report names; null where it names none. */
  year: number | null;
  numbers: FoundNumber[];
  findings: ReportFinding[];
}
