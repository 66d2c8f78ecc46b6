import type { Value } from '../api/answers';
import type { FigureAddress } from '../api/queries';

/** What there has to be of a figure to show it; the rest is said where it is known. */
export type ShownValue = FigureAddress & Pick<Value, 'state' | 'value' | 'unit'> & Partial<Omit<Value, 'own'>>;

/** A figure of which only the number is known: none is missing. */
export function shownValue(figure: FigureAddress, value: string | null, unit: string): ShownValue {
  const state = value === null ? 'missing' : /^-?0(\.0+)?$/.test(value) ? 'zero' : 'value';
  return { ...figure, value, unit, state };
}
