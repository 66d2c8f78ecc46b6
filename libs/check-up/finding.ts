import type { Sentence } from '../core/domain-error';

export const FINDING_CLASSES = [
  'wrong-rate',
  'two-values',
  'text-table',
  'sum',
  'unit',
  'year',
  'not-hundred',
  'of-nothing',
  'float-residue',
  'score-without-worksheet',
  'empty-cause',
  'rising-funnel',
  'count-of-list',
  'conversion',
  'two-units',
  'ledger',
] as const;

/** What does not hold; the codes stand for ever. */
export type FindingClass = (typeof FINDING_CLASSES)[number];

/** A stretch of the text that was checked: offsets in UTF-16 code units, the line counted from 1. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Of a table: row and column counted from 1, the head being row 1. */
  readonly row?: number;
  readonly column?: number;
}

export interface Finding {
  readonly class: FindingClass;
  /** `error`: it cannot be so. `warning`: it needs a look or a sentence. */
  readonly severity: 'error' | 'warning';
  readonly place: Place;
  /** What else it was reckoned from. */
  readonly related: readonly Place[];
  /** As printed. */
  readonly found: string;
  /** As it should be printed; null where there is no single right value. */
  readonly expected: string | null;
  /** What is wrong, and how it was reckoned. */
  readonly message: Sentence;
}
