import { parseTarget, printTarget } from '../../core/target-text';
import { fillForm, type FormInput } from '../fill';
import type { FilledValue, TypedLine } from '../filled-form';
import { JIANGSU_PACK } from '../packs/jiangsu-pack';
import { JIANGSU_FORM } from './jiangsu-form';

/** All lines of the published 2024 target table of a provincial registry: name, half-year and full-year target. */
const PUBLISHED: readonly (readonly [name: string, half: string, full: string])[] = [
  ['中长期规划制定健全性', '健全', '健全'],
  ['工作计划制定健全性', '健全', '健全'],
  ['绩效目标合理性', '合理', '合理'],
  ['绩效指标明确性', '明确', '明确'],
  ['预算编制科学性', '科学', '科学'],
  ['预算编制规范性', '规范', '规范'],
  ['预算调整率', '＝0%', '＝0%'],
  ['支付进度符合率', '＝100%', '＝100%'],
  ['预算执行率', '＝20%', '＝100%'],
  ['结转结余率', '＝0%', '＝0%'],
  ['公用经费控制率', '≤100%', '≤100%'],
  ['“三公经费”变动率', '≤0%', '≤0%'],
  ['政府采购执行率', '＝100%', '＝100%'],
  ['非税收入预算完成率', '≥100%', '≥100%'],
  ['预算管理制度健全性', '健全', '健全'],
  ['资金使用合规性', '合规', '合规'],
  ['绩效管理覆盖率', '＝100%', '＝100%'],
  ['基础信息完善性', '完善', '完善'],
  ['预决算信息公开度', '公开', '公开'],
  ['非税收入管理合规性', '合规', '合规'],
  ['资产管理制度健全性', '健全', '健全'],
  ['资产管理规范性', '规范', '规范'],
  ['固定资产利用率', '＝100%', '＝100%'],
  ['项目管理制度健全性', '健全', '健全'],
  ['项目管理制度执行规范性', '规范', '规范'],
  ['人员管理制度健全性', '健全', '健全'],
  ['人员管理制度执行有效性', '有效', '有效'],
  ['在职人员控制率', '＝100%', '＝100%'],
  ['组织建设工作及时完成率', '＝100%', '＝100%'],
  ['业务学习与培训及时完成率', '＝100%', '＝100%'],
  ['纪检监察工作有效性', '有效', '有效'],
  ['举办业务培训班', '≥0期', '≥1期'],
  ['捐献志愿者联谊活动', '≥0次', '≥1次'],
  ['成功捐献数', '≥50例', '≥100例'],
  ['发布公益广告', '≥0次', '≥1次'],
  ['日常维护信息系统数量', '≥1个', '≥1个'],
  ['完成等保测评及安全运维服务报告篇数', '≥0篇', '≥1篇'],
  ['拨付采样费人数', '≥4000人', '≥10000人'],
  ['报名采样完成及时性', '及时', '及时'],
  ['拨捐献者慰问金例数', '≥50例', '≥100例'],
  ['人体器官捐献志愿登记人数', '≥20000人', '≥50000人'],
  ['举办人体器官捐献缅怀纪念活动次数', '≥1次', '≥1次'],
  ['举办业务培训班场次', '≥0次', '≥1次'],
  ['报名志愿者同意率', '≥80%', '≥80%'],
  ['捐献成功数', '≥50人', '≥100人'],
  ['增加样本量丰富入库分型种类', '增加', '增加'],
  ['增加登记志愿者库容量', '增加', '增加'],
  ['系统服务覆盖全省', '全覆盖', '全覆盖'],
  ['捐献者满意度', '≥0%', '≥95%'],
  ['培训对象满意度', '≥0%', '≥95%'],
  ['系统使用对象满意度', '≥0%', '≥95%'],
];

function valueOf(key: string, value: string, more: Partial<FilledValue> = {}): [string, FilledValue] {
  const rest = { numerator: null, denominator: null, unit: '', version: 1, position: '9', computedAt: null };
  return [key, { key, state: value === '0' ? 'zero' : 'value', value, ...rest, ...more }];
}

function fill(stage: 'year' | 'half', change: Partial<FormInput> = {}) {
  const filled = fillForm(JIANGSU_FORM, JIANGSU_PACK, { stage, values: new Map(), ...change });
  return { ...filled, line: (code: string) => filled.lines.find((each) => each.code === code)! };
}

/** Every line typed with its own target: nothing is missed. */
function reached(stage: 'year' | 'half'): ReadonlyMap<string, TypedLine> {
  return new Map(
    JIANGSU_FORM.lines.map((line) => {
      const target = parseTarget(stage === 'year' ? line.target : line.halfTarget!);
      return [line.code, { actual: target.kind === 'label' ? target.label : target.value }];
    }),
  );
}

describe('the target table of a registry', () => {
  it('has the 51 published lines in their order, with 重点工作 between the second tier and the name', () => {
    expect(JIANGSU_FORM.lines.map(({ name }) => name)).toEqual(PUBLISHED.map(([name]) => name));
    expect(JIANGSU_FORM.tiers).toEqual(['一级指标', '二级指标', '重点工作', '三级指标']);
    expect(JIANGSU_FORM.lines.every(({ path }) => path.length === 3)).toBe(true);
    expect(JIANGSU_FORM.lines.filter(({ path }) => path[2] !== '')).toHaveLength(12);
  });

  it.each(PUBLISHED.map((line, at) => [at, ...line] as const))(
    'reads line %i, %s, and writes it back as printed',
    (at, _, half, full) => {
      expect(printTarget(parseTarget(half))).toBe(half);
      expect(printTarget(parseTarget(full))).toBe(full);
      const [year, july] = [fill('year').lines[at]!, fill('half').lines[at]!];
      expect(year).toMatchObject({ target: full, halfTarget: half, fullTarget: full });
      expect(july).toMatchObject({ target: half, halfTarget: half, fullTarget: full });
    },
  );

  it('is met in every line at the year’s end by what was set, without score, total or grade', () => {
    const filled = fill('year', { typed: reached('year') });
    expect(filled.lines.every(({ targetMet, score }) => targetMet === true && score === null)).toBe(true);
    expect(filled.lines.every(({ deviation }) => /^0(\.00)?%$/.test(deviation!))).toBe(true);
    expect(filled).toMatchObject({ total: null, grade: null, complete: true, stage: 'year' });
  });

  it('is held against the half-year targets in July, of which the 8 of ≥0 are not assessed', () => {
    const filled = fill('half', { typed: reached('half') });
    const open = filled.lines.filter(({ targetMet }) => targetMet === null);
    expect(open).toHaveLength(8);
    expect(
      open.every(({ target, deviation, causeRequired }) => /^≥0/.test(target) && !deviation && !causeRequired),
    ).toBe(true);
    expect(open[0]!.warnings[0]!.zh).toContain('本半年不考核');
    expect(filled.lines.filter(({ targetMet }) => targetMet === true)).toHaveLength(43);
  });

  it('warns of ＝ on a rate that runs up through the year, which more than planned would miss', () => {
    const line = fill('half', { typed: new Map([['budget_execution_rate', { actual: '41.5' }]]) }).line(
      'budget_execution_rate',
    );
    expect(line).toMatchObject({ target: '＝20%', targetMet: false, deviation: '107.50%' });
    expect(line.warnings[0]!.zh).toContain('建议改用“≥”');
    const warned = fill('half').lines.filter(({ warnings }) => warnings.some(({ zh }) => zh.includes('累计')));
    expect(warned.map(({ code }) => code)).toEqual(['budget_execution_rate']);
  });

  it('fills the worded lines from the conclusions that were reported, with their source and evidence', () => {
    const documents = { source: '年度工作计划', evidence: ['E-12'] };
    const values = new Map([
      valueOf('common.plan_work_sound', '100', { conclusion: '健全', documents }),
      valueOf('common.funds_compliant', '70', { conclusion: '基本合规' }),
      valueOf('common.disclosure', '85'),
    ]);
    const filled = fill('year', { values });
    expect(filled.line('plan_work_sound')).toMatchObject({
      ...{ actual: '健全', targetMet: true, deviation: '0%', causeRequired: null, evidence: ['E-12'] },
      source: { kind: 'metric', document: '年度工作计划' },
    });
    expect(filled.line('funds_compliant')).toMatchObject({ actual: '基本合规', targetMet: false, deviation: null });
    expect(filled.line('funds_compliant').causeRequired).not.toBeNull();
    expect(filled.line('disclosure')).toMatchObject({ actual: '公开', targetMet: true });
    expect(filled.line('goal_reasonable')).toMatchObject({ actual: null, state: 'missing', targetMet: null });
  });

  it.each([
    ['196937', '195000', '增加', true],
    ['195000', '195000', '未增加', false],
    ['190000', '195000', '未增加', false],
  ])('says of a stock of %s after %s that it has %s', (now, before, word, met) => {
    const filled = fill('year', {
      values: new Map([valueOf('registry.stock_eop', now)]),
      before: new Map([valueOf('registry.stock_eop', before)]),
    });
    expect(filled.line('stock_growth')).toMatchObject({
      actual: word,
      targetMet: met,
      numerator: now,
      denominator: before,
    });
  });

  it('does not judge growth without a year before', () => {
    const line = fill('year', { values: new Map([valueOf('registry.stock_eop', '196937')]) }).line('stock_growth');
    expect(line).toMatchObject({ actual: null, state: 'missing', note: { zh: expect.stringContaining('上年末') } });
  });

  it('counts a volunteer event as one 次, and keeps the training of organ donation apart from all courses', () => {
    const values = new Map([valueOf('outreach.volunteer_events', '3'), valueOf('training.sessions', '2')]);
    const filled = fill('year', { values });
    expect(filled.line('volunteer_events')).toMatchObject({ actual: '3', unit: '次', targetMet: true });
    expect(filled.line('trainings')).toMatchObject({ actual: '2', unit: '期' });
    expect(filled.line('organ_trainings')).toMatchObject({ actual: null, state: 'missing' });
  });

  it('carries the forecast to the year’s end, and how likely the full-year target is', () => {
    const forecast = {
      ...{ value: '118', low: '108', high: '129', method: { zh: '按上年同月', en: 'as last year' } },
      likelihood: { percent: '97', words: { zh: '很可能达到', en: 'very likely' }, warning: false },
    };
    const filled = fill('half', { forecasts: new Map([['donations', forecast]]) });
    expect(filled.line('donations').forecast).toEqual(forecast);
    expect(filled.line('donors').forecast).toBeNull();
  });
});
