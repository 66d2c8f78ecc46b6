import { decimal, plain, type DecimalString } from '../core/decimal';
import type { Measure } from './measure';

export type NumberKind = 'rate' | 'money' | 'count' | 'bare';

/** A number of the text, and what it was bound to. */
export interface FoundNumber {
  /** From its sign or operator to its unit. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly text: string;
  readonly kind: NumberKind;
  /** In the base unit: 1.2万人 is 12000, 129.19万元 is 1291900; of a rate as printed. */
  readonly value: DecimalString;
  /** What its last printed digit is worth in the base unit. */
  readonly step: DecimalString;
  /** Printed decimals. */
  readonly decimals: number;
  /** The base unit: `人`, `元`, `%`, `万分之`; empty where none is printed. */
  readonly unit: string;
  /** As printed, with its scale: `万元`, `万人`. */
  readonly printedUnit: string;
  /** 近, 约, 超, 余: not exact by its own word. */
  readonly rough: boolean;
  /** ≥, ≤, 不少于: a bound and not a figure. */
  readonly bound: boolean;
  /** In words: 三项. */
  readonly worded: boolean;
  /** Of `3–5`: an end of a range. */
  readonly range: boolean;
  /** Filled in by `bind`. */
  noun: string;
  /** `2024`, `last`, `cumulative`, `target`, `part:上半年`… */
  period: string;
  /** Of all of it, or for each, by how much it moved… */
  measure: Measure;
  /** Named cities, stations and the like that it belongs to; empty for the whole. */
  place: string;
}

/** How many base units the printed unit holds. */
export const SCALES: Readonly<Record<string, string>> = {
  十: '10',
  百: '100',
  千: '1000',
  万: '10000',
  十万: '100000',
  百万: '1000000',
  千万: '10000000',
  亿: '100000000',
};

/** Whether rounding explains that two printed values differ. */
export function sameQuantity(one: FoundNumber, other: FoundNumber): boolean {
  const difference = decimal(one.value).minus(decimal(other.value)).abs();
  if (difference.isZero()) return true;
  const coarser = decimal(one.step).gt(decimal(other.step)) ? one : other;
  const finer = coarser === one ? other : one;
  if (decimal(coarser.step).eq(decimal(finer.step))) return false;
  const allowance = coarser.rough ? decimal(coarser.step) : decimal(coarser.step).div(2);
  return difference.lte(allowance);
}

/** A value in the printed unit of a number: 1291900 beside 130.5万元 is `129.19万元`. */
export function inUnitOf(value: DecimalString, like: FoundNumber): string {
  const scale = scaleOf(like);
  const number = plain(decimal(value).div(decimal(scale)).toFixed());
  return like.printedUnit.startsWith('万分之') ? `万分之${number}` : number + like.printedUnit;
}

export function scaleOf({ printedUnit, kind }: FoundNumber): string {
  if (kind === 'rate') return '1';
  const scale = /^(十万|百万|千万|亿|万|千|百|十)/.exec(printedUnit)?.[1];
  return SCALES[scale ?? ''] ?? '1';
}
