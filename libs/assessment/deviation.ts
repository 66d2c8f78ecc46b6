import { decimal, round } from '../core/decimal';
import type { LineTarget } from '../core/target-text';

/**
 * The deviation (偏差) as the forms print it: (actual − target) ÷ |target| in per cent with two decimals and its sign;
 * the literal `100%` for anything but zero against a zero target, `0%` for a word that was reached. The operator plays
 * no part, so the sign does not say good or bad: `targetMet` does. Null for a word that was not reached: no number
 * stands for that.
 */
export function deviation(target: LineTarget, actual: string): string | null {
  if (target.kind === 'label') return actual === target.label ? '0%' : null;
  const goal = decimal(target.value);
  const reached = decimal(actual);
  if (goal.isZero()) return reached.isZero() ? '0%' : '100%';
  return `${round(reached.minus(goal).div(goal.abs()).times(100), 2)}%`;
}

/** Whether the operator holds; `＝` only exactly. */
export function targetMet(target: LineTarget, actual: string): boolean {
  if (target.kind === 'label') return actual === target.label;
  const goal = decimal(target.value);
  const reached = decimal(actual);
  if (target.operator === 'ge') return reached.gte(goal);
  return target.operator === 'le' ? reached.lte(goal) : reached.eq(goal);
}

/** Whether a printed deviation is larger than a threshold in per cent, in either direction. */
export function deviatesBeyond(printed: string | null, threshold: string): boolean {
  return printed !== null && decimal(printed.slice(0, -1)).abs().gt(decimal(threshold));
}
