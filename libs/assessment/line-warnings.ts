import { decimal } from '../core/decimal';
import type { Sentence } from '../core/domain-error';
import { printTarget, type LineTarget } from '../core/target-text';
import type { FilledLine, Stage } from './filled-form';

interface Warned {
  readonly stage: Stage;
  readonly target: LineTarget | null;
  readonly half: LineTarget | null;
  readonly full: LineTarget;
  readonly typed: FilledLine['typed'];
  readonly computed: string | null;
  readonly over: boolean;
  readonly printed: string | null;
  /** Assessed in this half, and without an actual or a cause. */
  readonly unfilled: boolean;
}

const NO_HALF_TARGET: Sentence = {
  zh: '没有半年指标值，本半年不考核。',
  en: 'There is no half-year target: not assessed in this half.',
};
const NOT_ASSESSED: Sentence = {
  zh: '半年指标值为 ≥0，即本半年不考核。',
  en: 'A half-year target of ≥0 means: not assessed in this half.',
};
const ALWAYS_MET: Sentence = {
  zh: '全年指标值为 ≥0，怎样都算完成，请核对。',
  en: 'A full-year target of ≥0 is met by anything; check it.',
};

const UNFILLED: Sentence = {
  zh: '没有完成值，也没有说明原因；年终自评时须填写完成值，或写明原因。',
  en: 'There is neither an actual nor a cause; one of them is due at the year’s end.',
};

/** What a reader of the line should know, beyond what it says. */
export function lineWarnings({ stage, target, half, full, unfilled, ...actual }: Warned): Sentence[] {
  const { typed, computed, over, printed } = actual;
  const warnings: Sentence[] = [];
  if (target === null) warnings.push(NO_HALF_TARGET);
  else if (isNothing(target)) warnings.push(stage === 'half' ? NOT_ASSESSED : ALWAYS_MET);
  if (unfilled) warnings.push(UNFILLED);
  if (half !== null && isCumulativeEquals(half, full)) warnings.push(equalsOnCumulative(printTarget(half)));
  if (over) {
    warnings.push({
      zh: `超过指标值 ${printed}，指标值可能定低了。`,
      en: `The target was passed by ${printed}: it was probably set too low.`,
    });
  }
  if (typed !== null && computed !== null && typed.actual !== computed) {
    warnings.push({
      zh: `填报 ${typed.actual}，台账为 ${computed}${typed.difference === null ? '' : `，相差 ${typed.difference}`}。`,
      en: `Typed ${typed.actual}, the ledger says ${computed}${typed.difference === null ? '' : `: ${typed.difference} apart`}.`,
    });
  }
  return warnings;
}

function isNothing(target: LineTarget): boolean {
  return target.kind === 'number' && target.operator === 'ge' && decimal(target.value).isZero();
}

/** A rate that is to be 20% in July and 100% in December runs up through the year: to the point is not what is meant. */
function isCumulativeEquals(half: LineTarget, full: LineTarget): boolean {
  if (half.kind !== 'number' || full.kind !== 'number' || half.unit !== '%') return false;
  return half.operator === 'eq' && decimal(half.value).lt(decimal(full.value));
}

function equalsOnCumulative(text: string): Sentence {
  return {
    zh: `半年指标值 ${text} 用了“＝”：这一比率逐月累计，超过也会判为未完成，建议改用“≥”。`,
    en: `The half-year target ${text} uses ＝: the rate runs up through the year and more would count as missed; use ≥.`,
  };
}
