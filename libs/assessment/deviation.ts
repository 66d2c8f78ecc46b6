import { decimal, round } from '../core/decimal';
import type { LineTarget } from '../core/target-text';
import type { DeviationRule } from './rule-packs';

/**
 * The deviation (偏差) as the forms print it: (actual − target) ÷ |target| in per cent with its sign; a fixed text for
 * anything but zero against a zero target, and for a word that was reached. The operator plays no part, so the sign
 * does not say good or bad: `targetMet` does. Null for a word that was not reached: no number stands for that.
 */
export function deviation(target: LineTarget, actual: string, rule: DeviationRule): string | null {
  if (target.kind === 'label') return actual === target.label ? rule.same : null;
  const goal = decimal(target.value);
  const reached = decimal(actual);
  if (goal.isZero()) return reached.isZero() ? rule.same : rule.zeroTarget;
  return `${round(reached.minus(goal).div(goal.abs()).times(100), rule.decimals)}%`;
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
