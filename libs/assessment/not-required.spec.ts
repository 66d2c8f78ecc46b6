import { fillForm } from './fill';
import { HUNAN_FORM } from './forms/hunan-form';
import { notRequired } from './not-required';
import { HUNAN_PACK } from './packs/hunan-pack';
import { RULE_PACKS } from './packs/shipped-packs';

describe('what a rule pack does not require', () => {
  it.each(RULE_PACKS)('is nothing of what the default rules do, of $code', (pack) => {
    expect(notRequired(pack)).toEqual([]);
  });

  it('is told on the form, where an office asks for no cause at all', () => {
    const lax = { ...HUNAN_PACK, causeWhen: [] };
    const [told] = fillForm(HUNAN_FORM, lax, { stage: 'year', values: new Map() }).warnings;
    expect(told?.zh).toBe(
      '评分规则“湖南省自评规则”的要求比通用规则松：未完成指标值也可以不写原因；偏差再大也可以不写原因；' +
        '定性指标未完全达成也可以不写原因；预算执行率再低也可以不写原因。',
    );
  });

  it('is told where it asks only far beyond the default mark', () => {
    expect(notRequired({ ...HUNAN_PACK, causeBeyond: '10000', causeBelowExecution: '0' })).toMatchObject([
      { zh: expect.stringMatching(/偏差不超过 ±10000% .*通用规则为 ±30%.*；预算执行率达到 0% .*通用规则为 90%/) },
    ]);
  });
});
