import { dueIn } from './due';
import { fillForm, type FormInput } from './fill';
import type { FilledForm, FilledValue } from './filled-form';
import type { FormDefinition } from './forms';
import { FORMS } from './forms/shipped-forms';
import { findPack } from './packs/shipped-packs';

function fill(form: FormDefinition, input: Partial<FormInput> = {}): FilledForm {
  return fillForm(form, findPack(form.pack)!, { stage: 'year', values: new Map(), ...input });
}

const EXPLAINED = { cause: '本年未开展，已列入下年计划。' };

describe.each(FORMS)('$code with nothing in it', (form) => {
  const places = [
    ...(form.budget ? [`budget:${form.budget.rows[0].code}`] : []),
    ...form.lines.map(({ code }) => code),
  ];

  it('lacks an actual or a cause on every line and in the total of the budget, weighed or not', () => {
    expect(dueIn(fill(form)).map(({ place, what }) => `${place} ${what}`)).toEqual(
      places.map((place) => `${place} actual`),
    );
  });

  it('lacks nothing once each is explained', () => {
    const typed = new Map(form.lines.map(({ code }) => [code, EXPLAINED]));
    const budget = new Map(form.budget ? [[form.budget.rows[0].code, EXPLAINED]] : []);
    expect(dueIn(fill(form, { typed, budget }))).toEqual([]);
    const blank = new Map([...typed, [form.lines[0]!.code, { cause: '  ' }]]);
    expect(dueIn(fill(form, { typed: blank, budget }))).toEqual([
      { place: form.lines[0]!.code, name: form.lines[0]!.name, what: 'actual' },
    ]);
  });

  it('is only warned of it in July, and not of what July does not assess', () => {
    const filled = fill(form, { stage: 'half' });
    expect(dueIn(filled)).toEqual([]);
    const warned = filled.lines.filter(({ warnings }) => warnings.some(({ zh }) => zh.startsWith('没有完成值')));
    const assessed = filled.lines.filter(({ halfTarget }) => halfTarget !== null && !halfTarget.startsWith('≥0'));
    expect(warned.map(({ code }) => code)).toEqual(assessed.map(({ code }) => code));
  });
});

it('a rate of nothing is told as not applicable, and is no gap', () => {
  const form = FORMS.find(({ code }) => code === 'hunan')!;
  const none: FilledValue = {
    ...{ key: 'rate.hr_agree', state: 'not_applicable', value: null, numerator: '0', denominator: '0' },
    ...{ unit: '%', version: 1, position: '1', computedAt: null },
  };
  const due = dueIn(fill(form, { values: new Map([[none.key, none]]) })).map(({ place }) => place);
  expect(due).not.toContain('typing_rate');
  expect(due).toContain('exam_rate');
});
