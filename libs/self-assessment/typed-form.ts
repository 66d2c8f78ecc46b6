import type { BudgetFigures, TypedLine } from '../assessment/filled-form';
import type { DecimalString } from '../core/decimal';
import type { TypedView } from './record';

/** What was typed into a form, by its codes. */
export interface TypedForm {
  readonly typed: ReadonlyMap<string, TypedLine>;
  readonly budget: ReadonlyMap<string, BudgetFigures>;
  readonly tasks: ReadonlyMap<string, string>;
  readonly declaredTotal?: DecimalString;
}

export const BUDGET = 'budget:';
export const TASK = 'task:';
export const TOTAL = 'total';
export const PACK = 'pack';

/** Places of a form that are no line; `:` stands in no line's code. */
export function isLine(place: string): boolean {
  return !place.includes(':') && place !== TOTAL && place !== PACK;
}

/** The content that stands at the places of a form, as `fillForm` takes it. What is empty was taken out. */
export function typedForm(rows: readonly Pick<TypedView, 'place' | 'content'>[]): TypedForm {
  const typed = new Map<string, TypedLine>();
  const budget = new Map<string, BudgetFigures>();
  const tasks = new Map<string, string>();
  let declaredTotal: DecimalString | undefined;
  for (const { place, content } of rows) {
    if (Object.keys(content as object).length === 0) continue;
    if (place.startsWith(BUDGET)) budget.set(place.slice(BUDGET.length), content as BudgetFigures);
    else if (place.startsWith(TASK))
      tasks.set(place.slice(TASK.length), (content as { completion: string }).completion);
    else if (place === TOTAL) declaredTotal = (content as { total: DecimalString }).total;
    else if (isLine(place)) typed.set(place, content as TypedLine);
  }
  return { typed, budget, tasks, ...(declaredTotal !== undefined && { declaredTotal }) };
}
