import { filledOf, formOf } from '../support/filled-forms';
import { formOfStored, type StoredForm } from '../../libs/self-assessment/stored-form';

const FORM = filledOf(formOf('hunan'), { typed: new Map([['donations', { actual: '140', reason: '含外省代采' }]]) });

describe('a form that a step kept', () => {
  it('is the form', () => {
    expect(formOfStored(JSON.parse(JSON.stringify(FORM)) as StoredForm)).toEqual(FORM);
  });

  it('has the reason that was kept with what was typed', () => {
    const lines = FORM.lines.map(({ reason, typed, ...line }) => ({ ...line, typed: typed && { ...typed, reason } }));
    expect(formOfStored({ ...FORM, lines })).toEqual(FORM);
  });
});
