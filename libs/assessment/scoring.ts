import { decimal, round, type Decimal, type DecimalString } from '../core/decimal';
import { DomainError } from '../core/domain-error';
import { deviatesBeyond, deviation, targetMet } from './deviation';
import type { Grade, QualitativeLevel, RulePack } from './rule-packs';
import type { LineTarget, Operator } from '../core/target-text';

interface NumberTarget {
  readonly operator: Operator;
  readonly value: DecimalString;
}

export class ScoreOutsideBand extends DomainError {
  constructor(score: DecimalString, lowest: DecimalString, highest: DecimalString, highestIncluded: boolean) {
    super(
      'score_outside_band',
      {
        zh: `得分 ${score} 不在该等次的范围内，应不低于 ${lowest}、${highestIncluded ? '不高于' : '低于'} ${highest}。`,
        en: `The score ${score} lies outside its band: at least ${lowest}, ${highestIncluded ? 'at most' : 'below'} ${highest}.`,
      },
      { field: 'score' },
    );
  }
}

export class BudgetIsZero extends DomainError {
  constructor() {
    super(
      'budget_is_zero',
      {
        zh: '全年预算数为 0，执行率不能计算，请核对预算数。',
        en: 'The full-year budget is 0: there is no execution rate.',
      },
      { field: 'adjusted' },
    );
  }
}

/** The score of a counted line, from the actual as printed: two decimals, half-up, between 0 and the weight. */
export function scoreNumber(
  target: NumberTarget,
  actual: DecimalString,
  weight: DecimalString,
  pack: RulePack,
): string {
  return round(decimal(weight).times(share(target, decimal(actual), pack)), 2);
}

function share({ operator, value }: NumberTarget, actual: Decimal, pack: RulePack): Decimal {
  const target = decimal(value);
  if (operator === 'eq' && pack.equals === 'only_equal') return decimal(actual.eq(target) ? '1' : '0');
  const full = isFull(operator, target, actual);
  if (full) return operator === 'ge' ? decimal('1').minus(takenOff(target, actual, pack)) : decimal('1');
  // Missed: there is no proportion of a target of zero or below.
  if (target.lte(0)) return decimal(pack.zeroTargetMissed).div(100);
  if (operator !== 'le') return clamp(actual.div(target));
  if (pack.lowerBetterMissed === 'ratio') return target.div(actual);
  return clamp(decimal('2').minus(actual.div(target)));
}

/** ＝ is full from a target above zero upwards, at zero or less for a target of zero, and of one below only to the point. */
function isFull(operator: Operator, target: Decimal, actual: Decimal): boolean {
  if (operator === 'eq' && target.isNegative()) return actual.eq(target);
  return operator === 'le' || (operator === 'eq' && target.isZero()) ? actual.lte(target) : actual.gte(target);
}

/** The part of the weight that a ≥ target passed by far loses: as much as the deviation is beyond the pack's mark. */
function takenOff(target: Decimal, actual: Decimal, { overAchieved: { beyond, then } }: RulePack): Decimal {
  if (then !== 'reduce' || target.lte(0)) return decimal('0');
  const over = actual.minus(target).div(target).minus(decimal(beyond).div(100));
  return over.gt(1) ? decimal('1') : clamp(over);
}

function clamp(part: Decimal): Decimal {
  return part.isNegative() ? decimal('0') : part;
}

/**
 * The score of a worded line is picked by a person inside the band of its level; this checks the pick.
 * @throws {ScoreOutsideBand}
 */
export function scoreLabel(
  level: QualitativeLevel,
  picked: DecimalString,
  weight: DecimalString,
  pack: RulePack,
): string {
  const index = pack.bands.findIndex((each) => each.level === level);
  const band = pack.bands[index];
  if (!band) throw new Error(`the rule pack ${pack.code} has no band ${level}`);
  const points = (percent: DecimalString) => decimal(weight).times(decimal(percent)).div(100);
  const score = round(decimal(picked), 2);
  const belowTop = index === 0 ? decimal(score).lte(points(band.from)) : decimal(score).lt(points(band.from));
  if (!belowTop || decimal(score).lt(points(band.to))) {
    throw new ScoreOutsideBand(picked, points(band.to).toFixed(), points(band.from).toFixed(), index === 0);
  }
  return score;
}

/**
 * Weight × executed ÷ full-year budget (carry-over included), at most the weight.
 * @throws {BudgetIsZero}
 */
export function scoreBudgetExecution(executed: DecimalString, budget: DecimalString, weight: DecimalString): string {
  if (decimal(budget).isZero()) throw new BudgetIsZero();
  const part = clamp(decimal(executed).div(decimal(budget)));
  return round(decimal(weight).times(part.gt(1) ? 1 : part), 2);
}

/** Whether a ≥ target was passed by so much that it was probably set too low. */
export function overAchieved(target: LineTarget, actual: DecimalString, pack: RulePack): boolean {
  if (target.kind === 'label' || target.operator !== 'ge' || !targetMet(target, actual)) return false;
  return deviatesBeyond(deviation(target, actual, pack.deviation), pack.overAchieved.beyond);
}

export function gradeOf(total: DecimalString, pack: RulePack): Grade {
  const grade = pack.grades.find((each) => decimal(total).gte(decimal(each.from)));
  if (!grade) throw new Error(`the rule pack ${pack.code} has no grade for ${total}`);
  return grade;
}
