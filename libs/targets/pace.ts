import { decimal, round, type Decimal, type DecimalString } from '../core/decimal';
import type { Sentence } from '../core/domain-error';
import type { Operator } from '../core/target-text';
import type { TargetDefinition } from './definition';
import { PACE_RULES, type PaceRules } from './pace-rules';

/**
 * `reached` and `exceeded` (a ceiling that was broken) are final for what only grows; `within` is a ceiling that holds;
 * `short` is a level that is not there yet and has no pace.
 */
export type PaceState =
  'reached' | 'ahead' | 'on_pace' | 'behind' | 'within' | 'short' | 'exceeded' | 'not_begun' | 'no_data';

export interface Pace {
  readonly state: PaceState;
  /** How much of the period has passed, in % of its days, two decimals. */
  readonly elapsed: DecimalString;
  /** Actual ÷ target, in %, two decimals; null where that says nothing. */
  readonly achieved: DecimalString | null;
  /** What would have been due by now, rounded as the figure is; null for what has no pace. */
  readonly due: DecimalString | null;
  readonly sentence: Sentence;
}

export interface PaceQuestion {
  readonly definition: Pick<TargetDefinition, 'adds' | 'decimals' | 'unit'>;
  readonly operator: Operator;
  readonly target: DecimalString;
  /** As printed; null while it is missing. */
  readonly actual: DecimalString | null;
  /** Of a stock: what it was when the period began. */
  readonly before?: DecimalString | null;
  readonly daysPassed: number;
  readonly days: number;
}

/**
 * The pace of a target (序时进度). What adds up over time is held against the share of the period's days that has
 * passed; a stock by how far it has come from where it stood when the period began; a rate or a typed value has no
 * pace and is held against its target as it is. A ceiling is used up as days pass, and is broken for good.
 */
export function paceOf(question: PaceQuestion, rules: PaceRules = PACE_RULES): Pace {
  const { definition, operator, actual, days, daysPassed } = question;
  const share = decimal(String(daysPassed)).dividedBy(days);
  const elapsed = round(share.times(100), 2);
  const nothing = { elapsed, achieved: null, due: null };
  if (daysPassed === 0) return { ...nothing, state: 'not_begun', sentence: SENTENCES.not_begun };
  if (actual === null) return { ...nothing, state: 'no_data', sentence: SENTENCES.no_data };
  const target = decimal(question.target);
  const is = decimal(actual);
  const achieved = target.isZero() ? null : round(is.times(100).dividedBy(target), 2);
  const isOver = daysPassed >= days;
  const levelled = (state: PaceState): Pace => ({ elapsed, achieved, due: null, state, sentence: SENTENCES[state] });
  const paced = (state: PaceState, due: Decimal): Pace => {
    return { elapsed, achieved, due: round(due, definition.decimals), state, sentence: SENTENCES[state] };
  };
  const flows = definition.adds === 'sum' || definition.adds === 'distinct';
  if (operator === 'le') {
    if (!flows) return levelled(is.greaterThan(target) ? 'exceeded' : 'within');
    const due = target.times(share);
    if (is.greaterThan(target)) return paced('exceeded', due);
    if (isOver || target.isZero()) return paced('within', due);
    return paced(is.greaterThan(due.times(rules.ahead)) ? 'behind' : 'within', due);
  }
  if (operator === 'eq' && is.greaterThan(target)) return levelled('exceeded');
  if (is.greaterThanOrEqualTo(target)) return flows ? paced('reached', target.times(share)) : levelled('reached');
  if (flows) return paced(stateOf(is, target.times(share), isOver, rules), target.times(share));
  const grows = definition.adds === 'stock' || definition.adds === 'cumulative';
  const before = grows && question.before ? decimal(question.before) : null;
  if (before === null || !target.greaterThan(before)) return levelled('short');
  const gained = target.minus(before).times(share);
  return paced(stateOf(is.minus(before), gained, isOver, rules), before.plus(gained));
}

/** Of a number below its target that was due to have come to `due`. */
function stateOf(is: Decimal, due: Decimal, isOver: boolean, { ahead, behind }: PaceRules): PaceState {
  if (isOver) return 'behind';
  if (is.greaterThanOrEqualTo(due.times(ahead))) return 'ahead';
  return is.lessThan(due.times(behind)) ? 'behind' : 'on_pace';
}

const SENTENCES: Readonly<Record<PaceState, Sentence>> = {
  reached: { zh: '已达到目标', en: 'reached' },
  ahead: { zh: '快于序时进度', en: 'ahead of its pace' },
  on_pace: { zh: '与序时进度相符', en: 'on its pace' },
  behind: { zh: '慢于序时进度', en: 'behind its pace' },
  within: { zh: '在控制数以内', en: 'within its ceiling' },
  short: { zh: '尚未达到目标', en: 'not there yet' },
  exceeded: { zh: '已超过控制数', en: 'over its ceiling' },
  not_begun: { zh: '期间尚未开始', en: 'not begun' },
  no_data: { zh: '没有数据', en: 'no data' },
};
