import { fillForm, type FormInput } from '../../libs/assessment/fill';
import type { FilledForm, FilledValue, TypedLine } from '../../libs/assessment/filled-form';
import type { FormDefinition } from '../../libs/assessment/forms';
import { FORMS } from '../../libs/assessment/forms/shipped-forms';
import { findPack } from '../../libs/assessment/packs/shipped-packs';
import { INDICATORS } from '../../libs/catalogue/indicators';
import { decimal, round } from '../../libs/core/decimal';
import { YEAR_2024 } from './demonstration-year';

export const UNIT = '某省造血干细胞捐献者资料库管理中心';

/** A form with the figures of the demonstration's 2024, a cause where one is due, and a budget. */
export function filledOf(form: FormDefinition, input: Partial<FormInput> = {}): FilledForm {
  const pack = findPack(form.pack);
  if (!pack) throw new Error(`no pack ${form.pack}`);
  const given: FormInput = {
    stage: 'year',
    org: '43',
    period: '2024',
    project: form.scope === 'project' ? '造血干细胞捐献工作经费' : '',
    values: figuresOf2024(),
    budget: new Map(
      (form.budget?.rows ?? []).map(({ code }, at) => [
        code,
        at === 0
          ? { initial: '130.5', adjusted: '130.5', executed: '129.19' }
          : { initial: '0', adjusted: '0', executed: '0' },
      ]),
    ),
    ...input,
  };
  const first = fillForm(form, pack, given);
  const causes = first.lines
    .filter(({ causeRequired }) => causeRequired !== null)
    .map(({ code }): [string, TypedLine] => [
      code,
      { cause: '原因：部分志愿者未能及时联系上；改进措施：半年内完成一轮核对。', ...given.typed?.get(code) },
    ]);
  return fillForm(form, pack, { ...given, typed: new Map([...(given.typed ?? []), ...causes]) });
}

export function formOf(code: string): FormDefinition {
  const form = FORMS.find((one) => one.code === code);
  if (!form) throw new Error(`no form ${code}`);
  return form;
}

/** The figures of the year, and rates with what they are made of. */
export function figuresOf2024(): Map<string, FilledValue> {
  const figures = new Map(Object.entries(YEAR_2024));
  return new Map(
    [...figures].map(([key, value]) => {
      const rate = INDICATORS.find((one) => one.key === key);
      const [numerator, denominator] = rate
        ? [figures.get(rate.numerator) ?? null, figures.get(rate.denominator) ?? null]
        : [null, null];
      const state = decimal(value).isZero() ? 'zero' : 'value';
      const common = {
        key,
        state,
        unit: '',
        version: 1,
        position: '77',
        computedAt: '2025-01-03T01:20:00.000Z',
      } as const;
      return [key, { ...common, value: rate ? round(decimal(value), 4) : value, numerator, denominator }];
    }),
  );
}
