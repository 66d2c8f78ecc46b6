import type { KindDefinition } from './kind-definition';
import type { Label } from './label';

/**
 * A thing that is counted and nothing more: one object is its kind of entry, a tally with an optional note, and the
 * metric that adds it up.
 */
export interface CountedThing {
  /** Of the metric. */
  readonly key: string;
  /** Code of the kind of entry. */
  readonly kind: string;
  readonly label: Label;
  readonly unit: string;
  readonly step?: KindDefinition['step'];
  /** How the metric tells it, where that is not in the unit of the entries. */
  readonly figure?: { readonly unit: string; readonly times: '0.0001'; readonly decimals: number };
}

/** Money is entered to the cent. */
export const YUAN = { unit: '元', step: '0.01' } as const;

/** Money that the figures tell in ten thousands. */
export const WAN_YUAN = { ...YUAN, figure: { unit: '万元', times: '0.0001', decimals: 2 } } as const;

export function kindOfThing({ kind, label, unit, step }: CountedThing): KindDefinition {
  return { code: kind, label, unit, subjects: {}, tally: true, step };
}
