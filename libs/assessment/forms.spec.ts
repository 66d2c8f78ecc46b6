import { effectiveDefinitions } from '../catalogue/effective';
import { INDICATORS } from '../catalogue/indicators';
import { METRICS } from '../catalogue/metrics';
import { figureOf } from './figure';
import { checkAgreement } from './form-agreement';
import type { FormDefinition } from './forms';
import { HUNAN_FORM } from './forms/hunan-form';
import { FORMS } from './forms/shipped-forms';
import { TargetUnitDiffers } from './line-target';
import { HUBEI_PACK } from './packs/hubei-pack';
import { HUNAN_PACK } from './packs/hunan-pack';
import { findPack } from './packs/shipped-packs';
import { SICHUAN_PACK } from './packs/sichuan-pack';
import { TargetNotReadable } from '../core/target-text';

const [first, ...rest] = HUNAN_FORM.lines;

function withFirst(change: Partial<FormDefinition['lines'][number]>): FormDefinition {
  return { ...HUNAN_FORM, lines: [{ ...first!, ...change }, ...rest] };
}

describe('a form', () => {
  it.each(FORMS)('$code agrees with its rule pack: weights of each tier, and 100 in all', (form) => {
    expect(() => checkAgreement(form, findPack(form.pack)!)).not.toThrow();
  });

  it('may be weighed by another pack whose tiers come to the same points, and by no other', () => {
    expect(() => checkAgreement(HUNAN_FORM, SICHUAN_PACK)).not.toThrow();
    expect(() => checkAgreement(HUNAN_FORM, HUBEI_PACK)).toThrow('“预算执行率”的分值合计为 10，应为 20');
  });

  it('is refused when a tier does not have its weight', () => {
    expect(() => checkAgreement(withFirst({ weight: '4' }), HUNAN_PACK)).toThrow('“产出指标”的分值合计为 51，应为 50');
  });

  it('is refused when it has a tier that the pack does not know', () => {
    const pack = { ...HUNAN_PACK, weights: HUNAN_PACK.weights!.filter(({ tier }) => tier !== '满意度指标') };
    expect(() => checkAgreement(HUNAN_FORM, pack)).toThrow('没有一级指标“满意度指标”');
  });

  it('is refused when the weights of the pack are not 100', () => {
    const pack = { ...HUNAN_PACK, weights: HUNAN_PACK.weights!.filter(({ tier }) => tier !== '满意度指标') };
    const form = { ...HUNAN_FORM, lines: HUNAN_FORM.lines.filter(({ path }) => path[0] !== '满意度指标') };
    expect(() => checkAgreement(form, pack)).toThrow('总分值为 90，应为 100');
  });

  it('is refused when a target has another unit than its figure', () => {
    expect(() => checkAgreement(withFirst({ target: '≥1.2万人' }), HUNAN_PACK)).toThrow('应以“人”为单位');
    expect(() => checkAgreement(withFirst({ target: '增加' }), HUNAN_PACK)).toThrow(TargetUnitDiffers);
  });

  it('is refused when a target cannot be read, or a code stands twice', () => {
    expect(() => checkAgreement(withFirst({ target: '12000人' }), HUNAN_PACK)).toThrow(TargetNotReadable);
    expect(() => checkAgreement(withFirst({ code: 'donations' }), HUNAN_PACK)).toThrow('编码 donations 重复');
  });
});

describe('a figure', () => {
  it.each([
    ['registry.recruited', '本期台账合计：招募登记'],
    ['retention.revisited', '本期有下列记录的人数（不重复计）：入库回访'],
    ['registry.stock_eop', '自建账起至期末累计：期初库容 + 入库 − 退库 + 捐献者转移（转入） − 捐献者转移（转出）'],
    [
      'match.closed_lost',
      '本期台账合计：请求关闭（捐献者方面：联系不上、迁移外出、暂时外出、超龄、健康原因、妊娠哺乳）',
    ],
    ['rate.screen_agree', '初筛同意 ÷ 初筛 × 100'],
    ['rate.annual_release', '捐献例数 ÷ 库容 × 10000'],
    ['blood.collected_tonnes', '本期台账合计：0.0002 × 全血采集量'],
    ['satisfaction.donors', '本期最后一次填报的数值：捐献者满意度'],
  ] as const)('%s says in words how it is reckoned', (key, formula) => {
    expect(figureOf(key).formula).toBe(formula);
  });

  it('says what a registry has chosen for the period, and not what it chose for later', () => {
    const chosen = [
      { number: 1, key: 'volunteer_agreement', choice: 'second_mobilisation', since: '2024-05' },
      { number: 2, key: 'volunteer_agreement', choice: 'hr_typing', since: '2025-01' },
    ];
    const told = (month: string) =>
      figureOf('rate.volunteer_agree', { definitions: effectiveDefinitions(chosen), month });
    expect(told('2023-12')).toMatchObject({ formula: '初筛同意 ÷ 初筛 × 100', version: 1 });
    expect(told('2024-12')).toMatchObject({
      formula: '再动员同意 ÷ 再动员 × 100',
      parts: { numerator: '再动员同意', denominator: '再动员' },
      version: 1001,
    });
  });

  it('is there for every key of the catalogue', () => {
    for (const { key } of [...METRICS, ...INDICATORS]) expect(figureOf(key).formula).not.toContain('undefined');
  });
});
