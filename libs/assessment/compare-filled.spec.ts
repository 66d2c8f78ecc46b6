import { fillForm, type FormInput } from './fill';
import type { FilledForm, FilledValue, TypedLine } from './filled-form';
import { HUNAN_FORM } from './forms/hunan-form';
import { HUNAN_PACK } from './packs/hunan-pack';
import { compareFilled } from './compare-filled';

function donated(text: string): ReadonlyMap<string, FilledValue> {
  const rest = { numerator: null, denominator: null, unit: '例', version: 1, position: '5', computedAt: null };
  return new Map([['donation.completed', { key: 'donation.completed', state: 'value', value: text, ...rest }]]);
}

function form(value: string, line: TypedLine, input: Partial<FormInput> = {}): FilledForm {
  const typed = new Map([['donations', line]]);
  return fillForm(HUNAN_FORM, HUNAN_PACK, { stage: 'year', values: donated(value), typed, ...input });
}

function told(before: FilledForm, after: FilledForm): string[] {
  return compareFilled(before, after).map(({ place, what, before: was, after: is }) => `${place} ${what} ${was} ${is}`);
}

describe('what is not as it was', () => {
  it('is also the ledger’s value beside a typed one that stays', () => {
    const typed = { actual: '140', reason: '两例尚未登记' };
    expect(told(form('136', typed), form('138', typed))).toEqual(['donations computed 136例 138例']);
  });

  it('is also where an actual is from, its evidence, and why it was typed', () => {
    const typed = { actual: '140', reason: '两例尚未登记' };
    const other = { actual: '140', reason: '三例尚未登记', source: '部门总结', evidence: ['E-7'] };
    expect(told(form('136', typed), form('136', other))).toEqual([
      'donations reason 两例尚未登记 三例尚未登记',
      'donations source null 部门总结',
      'donations evidence null E-7',
    ]);
  });

  it('is also the adjustment of a budget, and the total that is declared', () => {
    const budget = (adjustment: string) => new Map([['total', { initial: '100', adjustment, adjusted: '110' }]]);
    const before = form('136', {}, { budget: budget('10'), declaredTotal: '99' });
    const after = form('136', {}, { budget: budget('11'), declaredTotal: '100' });
    expect(told(before, after)).toEqual(['budget:total adjustment 10 11', 'total declared 99 100']);
  });
});
