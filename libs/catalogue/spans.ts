import type { Selection } from './kind-definition';
import { label, type Label } from './label';

/** A stretch of a donor's life that one entry begins and another ends: they take turns (R5). */
export interface SpanDefinition {
  readonly label: Label;
  readonly begins: Selection;
  readonly ends: Selection;
  /** It may have begun before the ledger did, for donors that an opening tally stands for (R6). */
  readonly orOpening?: boolean;
}

export const SPANS = {
  listed: {
    label: label('在库', 'listed'),
    begins: { kind: 'DonorEnrolled' },
    ends: { kind: 'DonorWithdrawn' },
    orOpening: true,
  },
  unavailable: {
    label: label('暂不可用', 'unavailable'),
    begins: { kind: 'DonorStatusChanged', outcome: 'TU' },
    ends: { kind: 'DonorStatusChanged', outcome: 'AV' },
  },
} as const satisfies Readonly<Record<string, SpanDefinition>>;
