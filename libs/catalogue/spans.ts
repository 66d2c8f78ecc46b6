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
  moving: {
    label: label('转移途中', 'on the way to another org'),
    begins: { kind: 'DonorTransferred', outcome: 'out' },
    ends: { kind: 'DonorTransferred', outcome: 'in' },
  },
  unavailable: {
    label: label('暂不可用', 'unavailable'),
    begins: { kind: 'DonorStatusChanged', outcome: 'TU' },
    ends: { kind: 'DonorStatusChanged', outcome: 'AV' },
  },
} as const satisfies Readonly<Record<string, SpanDefinition>>;

/** What an entry is to the place where its donor stands: it brings the donor there, takes the donor away, or needs it. */
export type PlaceTurn = 'arrives' | 'leaves' | 'stays';

/** What moves stock between orgs is logged for the org where the donor stands (R11). */
export const PLACE: readonly (Selection & { readonly turn: PlaceTurn })[] = [
  { kind: 'DonorEnrolled', turn: 'arrives' },
  { kind: 'DonorTransferred', outcome: 'in', turn: 'arrives' },
  { kind: 'DonorTransferred', outcome: 'out', turn: 'leaves' },
  { kind: 'DonorWithdrawn', turn: 'leaves' },
  { kind: 'DonorStatusChanged', outcome: 'TU', turn: 'stays' },
  { kind: 'DonorStatusChanged', outcome: 'AV', turn: 'stays' },
];
