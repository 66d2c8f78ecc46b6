import { filledOf, formOf } from '../support/filled-forms';
import { requireNothingDue } from '../../libs/self-assessment/due';

it('asks a rate whose part was typed for its reason, without saying that the rate was typed', () => {
  const form = filledOf(formOf('hunan'), { typed: new Map([['donations', { actual: '140', reason: '含外省代采' }]]) });
  expect(() => requireNothingDue(form)).toThrow(
    '还有 1 项须写理由：“年度出库率”。 1 lines lack a reason: “年度出库率”.',
  );
});
