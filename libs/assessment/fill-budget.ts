import { decimal, round } from '../core/decimal';
import type { Sentence } from '../core/domain-error';
import type { BudgetFigures, FilledBudgetRow } from './filled-form';
import type { FormDefinition } from './forms';
import type { RulePack } from './rule-packs';
import { scoreBudgetExecution } from './scoring';

const NOT_TYPED_IN: Sentence = {
  zh: '预算数或执行数未填。',
  en: 'The budget or the executed amount has not been entered.',
};
const ZERO_BUDGET: Sentence = {
  zh: '全年预算数为 0，执行率不适用，不能计分，请核对。',
  en: 'The full-year budget is 0: there is no rate and no score; check it.',
};

export function fillBudget(
  { budget }: FormDefinition,
  pack: RulePack,
  typed: ReadonlyMap<string, BudgetFigures>,
): FilledBudgetRow[] {
  return budget.rows.map((row, at) => {
    const { initial = null, adjusted = null, executed = null } = typed.get(row.code) ?? {};
    const weight = at === 0 ? budget.weight : null;
    const figures = { ...row, initial, adjusted, executed, weight };
    const without = { ...figures, rate: null, score: null, causeRequired: null };
    if (adjusted === null || executed === null) return { ...without, state: 'missing', note: NOT_TYPED_IN };
    if (decimal(adjusted).isZero()) return { ...without, state: 'not_applicable', note: ZERO_BUDGET };
    const rate = round(decimal(executed).div(decimal(adjusted)).times(100), 2);
    return {
      ...figures,
      state: decimal(executed).isZero() ? 'zero' : 'value',
      rate: `${rate}%`,
      score: weight && scoreBudgetExecution(executed, adjusted, weight),
      causeRequired: weight && decimal(rate).lt(decimal(pack.causeBelowExecution)) ? lowExecution(pack) : null,
      note: null,
    };
  });
}

function lowExecution({ causeBelowExecution }: RulePack): Sentence {
  return {
    zh: `预算执行率低于 ${causeBelowExecution}%`,
    en: `the budget execution is below ${causeBelowExecution}%`,
  };
}
