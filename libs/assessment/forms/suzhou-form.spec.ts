import { effectiveDefinitions } from '../../catalogue/effective';
import { parseTarget, printTarget } from '../../core/target-text';
import { deviatesBeyond } from '../deviation';
import { fillForm, type FormInput } from '../fill';
import type { BudgetFigures, FilledValue, TypedLine } from '../filled-form';
import { SUZHOU_PACK } from '../packs/suzhou-pack';
import { DISTRICT_FORM } from './district-form';
import { SUZHOU_FORM } from './suzhou-form';

type Published = readonly [code: string, name: string, target: string, actual: string, deviation: string, met: boolean];

/** All lines of the published 2023 self-evaluation of a city Red Cross, with the deviation that it prints. */
const PUBLISHED: readonly Published[] = [
  ['plan_work_sound', '工作计划制定健全性', '健全', '健全', '0%', true],
  ['plan_longterm_sound', '中长期规划制定健全性', '健全', '健全', '0%', true],
  ['goal_reasonable', '绩效目标合理性', '合理', '合理', '0%', true],
  ['indicator_clear', '绩效指标明确性', '明确', '明确', '0%', true],
  ['budget_standardised', '预算编制规范性', '规范', '规范', '0%', true],
  ['budget_scientific', '预算编制科学性', '科学', '科学', '0%', true],
  ['disclosure', '预决算信息公开度', '公开', '公开', '0%', true],
  ['performance_coverage_rate', '绩效管理覆盖率', '=100%', '100', '0.00%', true],
  ['funds_compliant', '资金使用合规性', '合规', '合规', '0%', true],
  ['base_info_complete', '基础信息完善性', '完善', '完善', '0%', true],
  ['nontax_compliant', '非税收入管理合规性', '合规', '合规', '0%', true],
  ['budget_rules_sound', '预算管理制度健全性', '健全', '健全', '0%', true],
  ['asset_rules_sound', '资产管理制度健全性', '健全', '健全', '0%', true],
  ['asset_standardised', '资产管理规范性', '规范', '规范', '0%', true],
  ['asset_utilisation_rate', '固定资产利用率', '=100%', '100', '0.00%', true],
  ['project_rules_sound', '项目管理制度健全性', '健全', '健全', '0%', true],
  ['project_rules_followed', '项目管理制度执行规范性', '规范', '规范', '0%', true],
  ['staff_rules_effective', '人员管理制度执行有效性', '有效', '有效', '0%', true],
  ['staff_rules_sound', '人员管理制度健全性', '健全', '健全', '0%', true],
  ['staff_control_rate', '在职人员控制率', '=100%', '100', '0.00%', true],
  ['org_building_timely_rate', '组织建设工作及时完成率', '=100%', '100', '0.00%', true],
  ['discipline_effective', '纪检监察工作有效性', '有效', '有效', '0%', true],
  ['training_timely_rate', '业务学习与培训及时完成率', '=100%', '100', '0.00%', true],
  ['public_expense_control_rate', '公用经费控制率', '<=100%', '100', '0.00%', true],
  ['procurement_execution_rate', '政府采购执行率', '=100%', '100', '0.00%', true],
  ['payment_progress_conformity', '支付进度符合率', '=100%', '100', '0.00%', true],
  ['budget_execution_rate', '预算执行率', '=100%', '100', '0.00%', true],
  ['carryover_rate', '结转结余率', '=0%', '3.67', '100%', false],
  ['budget_adjustment_rate', '预算调整率', '=0%', '8.61', '100%', false],
  ['three_public_change_rate', '“三公经费”变动率', '<=0%', '115.53', '100%', false],
  ['budget_deviation_rate', '预算偏差率', '=0%', '2.24', '100%', false],
  ['nontax_completion_rate', '非税收入预算完成率', '>=100%', '231.41', '131.41%', true],
  ['community_service', '支持博爱家园建设，基层社区群众广泛开展人道服务。', '较好', '较好', '0%', true],
  ['first_aid_spread', '有力推动社会公众救护知识、技能普及', '较好', '较好', '0%', true],
  [
    'sustained_growth',
    '增强红会三救三献业务工作能力，保障单位的持续健康发展',
    '持续健康发展',
    '持续健康发展',
    '0%',
    true,
  ],
  ['trainee_satisfaction', '公益性救护培训人员满意度', '>=90%', '95', '5.56%', true],
  ['beneficiary_satisfaction', '支持博爱家园建设，服务对象满意度', '>=85%', '90', '5.88%', true],
  ['wechat', '维护微信公众号', '=1个', '1', '0.00%', true],
  ['blood_projects', '开展无偿献血宣传项目', '=1个', '1', '0.00%', true],
  ['homes_awarded', '评选优秀博爱家园', '=8个', '8', '0.00%', true],
  ['online_events', '开展线上宣传活动', '=2次', '2', '0.00%', true],
  ['donor_day', '开展骨髓捐献者日志愿者相关活动', '=1次', '1', '0.00%', true],
  ['homes_new', '新建博爱家园', '=10个', '10', '0.00%', true],
  ['first_aiders', '培训初级救护员', '>=5000人', '6000', '20.00%', true],
  ['rescue_drills', '红十字应急救援队综合演练', '=2次', '1', '-50.00%', false],
];

/** Its budget table in 万元: initial, adjustment, adjusted, executed, printed rate. */
const BUDGET: readonly (readonly [string, string, string?, string?, string?, string?])[] = [
  ['total', '1075.37', '101.36', undefined, '1140.78', '96.94%'],
  ['basic', '785.72', '98.02', undefined, '848.8', '96.05%'],
  ['project', '289.65', '3.34', undefined, '291.98', '99.66%'],
  ['own:systems', '9.11', undefined, '9.11', '9.11', '100.00%'],
  ['own:publicity', '9.77', undefined, '9.77', '9.77', '100.00%'],
  ['own:premises', '24.5', undefined, '24.5', '24.5', '100.00%'],
  ['own:archives', '3', undefined, '3', '3', '100.00%'],
  ['own:surveys', '4.75', undefined, '4.75', '4.75', '100.00%'],
  ['own:courses', '29.44', undefined, '29.44', '29.44', '100.00%'],
  ['own:rents', '40', undefined, '40', '40', '100.00%'],
  ['own:first-aid', '45', undefined, '45', '45', '100.00%'],
  ['own:party', '2.1', undefined, '2.1', '2.1', '100.00%'],
  ['own:equipment', '5', undefined, '5', '3.99', '79.80%'],
  ['own:health', '4.62', undefined, '4.62', '4.62', '100.00%'],
  ['own:meals', '15.81', undefined, '15.81', '15.81', '100.00%'],
  ['own:services', '93.55', undefined, '93.55', '93.55', '100.00%'],
  ['own:bodies', '3', undefined, '3', '3', '100.00%'],
];

/** Initial + adjustment, where the published table prints 1176.7299999999998 and 292.98999999999995. */
const ADJUSTED = new Map([
  ['total', '1176.73'],
  ['basic', '883.74'],
  ['project', '292.99'],
]);

const TYPED = new Map<string, TypedLine>(PUBLISHED.map(([code, , , actual]) => [code, { actual }]));
const BUDGET_TYPED = new Map<string, BudgetFigures>(
  BUDGET.map(([code, initial, adjustment, adjusted, executed]) => [
    code,
    { name: code, initial, adjustment, adjusted, executed },
  ]),
);

function fill(change: Partial<FormInput> = {}) {
  const given = { stage: 'year', values: new Map(), typed: TYPED, budget: BUDGET_TYPED, ...change } as const;
  return fillForm(SUZHOU_FORM, SUZHOU_PACK, given);
}

function valueOf(key: string, value: string): [string, FilledValue] {
  const rest = { numerator: null, denominator: null, unit: '', version: 1, position: '9', computedAt: null };
  return [key, { key, state: 'value', value, ...rest }];
}

describe('the form of a city Red Cross', () => {
  const filled = fill();

  it('has the 45 published lines under their names', () => {
    expect(SUZHOU_FORM.lines.map(({ code, name, target }) => [code, name, target])).toEqual(
      PUBLISHED.map(([code, name, target]) => [code, name, target]),
    );
  });

  it.each(PUBLISHED)(
    'prints %s with its target as it was printed, its deviation and whether it is met',
    (code, ...told) => {
      const [name, target, actual, printed, met] = told;
      expect(printTarget(parseTarget(target))).toBe(target);
      expect(filled.lines.find((line) => line.code === code)).toMatchObject({
        ...{ name, target, actual, deviation: printed, targetMet: met, score: null, weight: null },
      });
    },
  );

  it('asks for the cause of the 5 missed lines and of the one beyond 30%, and of no other', () => {
    const missed = PUBLISHED.filter(([, , , , , met]) => !met).map(([code]) => code);
    expect(missed).toHaveLength(5);
    const due = filled.lines.filter(({ causeRequired }) => causeRequired !== null);
    expect(due.map(({ code }) => code).sort()).toEqual([...missed, 'nontax_completion_rate'].sort());
    expect(due.every(({ cause }) => cause === null)).toBe(true);
    expect(filled.lines.filter((line) => deviatesBeyond(line.deviation, '30'))).toHaveLength(6);
  });

  it('keeps the cause beside the requirement once it is written', () => {
    const typed = new Map(TYPED).set('rescue_drills', { actual: '1', cause: ' 一次演练因汛情取消。 ' });
    const line = fill({ typed }).lines.find(({ code }) => code === 'rescue_drills');
    expect(line).toMatchObject({ cause: '一次演练因汛情取消。', causeRequired: { zh: '未完成年度指标值' } });
  });

  it.each(BUDGET)('gives the rate of the budget row %s as printed, without float residue', (...row) => {
    const [code, initial, adjustment, adjusted, executed, rate] = row;
    const found = filled.budget.find((each) => each.code === code)!;
    expect(found).toMatchObject({ initial, adjustment: adjustment ?? null, executed, rate, score: null });
    expect(found.adjusted).toBe(adjusted ?? ADJUSTED.get(code!));
  });

  it('warns of the 3.34 that the published project rows leave out of their sum, and of no other sum', () => {
    const warned = filled.budget.filter(({ warnings }) => warnings.length > 0);
    expect(warned.map(({ code }) => code)).toEqual(['project']);
    expect(warned[0]!.warnings.map(({ zh }) => zh)).toEqual([
      '“项目支出”的调整预算数 292.99 与各项（14 行）之和 289.65 不一致，相差 3.34。',
      '“项目支出”的执行数 291.98 与各项（14 行）之和 288.64 不一致，相差 3.34。',
    ]);
  });

  it('lists the office’s own rows under the row that they make up', () => {
    expect(filled.budget.map(({ code }) => code)).toEqual(BUDGET.map(([code]) => code));
    expect(filled.budget.filter(({ own }) => own)).toHaveLength(14);
  });

  it('has no total and no grade, for it prints no weights', () => {
    expect(filled).toMatchObject({ total: null, totalWeight: null, grade: null, complete: true });
    expect(fill({ declaredTotal: '100' }).declared?.differs?.zh).toContain('不计分');
  });

  it('says that the line of the budget execution is not the rate of the table', () => {
    expect(filled.warnings.map(({ zh }) => zh)).toContain('“预算执行率”填 100%，预算表为 96.94%，两处不一致。');
  });

  it('has one adjustment rate: the published one where the office divides by the adjusted budget', () => {
    const told = '“预算调整率”填 8.61%，预算表为 9.43%（预算调整数 ÷ 年初预算数），两处不一致。';
    expect(filled.warnings.map(({ zh }) => zh)).toContain(told);
    const chosen = { key: 'budget_adjustment', choice: 'adjusted', since: '2023-01', number: 1 };
    const meanings = { definitions: effectiveDefinitions([chosen]), month: '2023-12' } as const;
    const warned = fill({ meanings }).warnings.map(({ zh }) => zh);
    expect(warned.filter((text) => text.includes('预算调整率'))).toEqual([]);
    const line = { ...DISTRICT_FORM.lines.find(({ code }) => code === 'budget_adjustment')!, weight: null };
    const form = { ...SUZHOU_FORM, lines: [line], keyTasks: [] };
    const given = { stage: 'year', values: new Map(), budget: BUDGET_TYPED } as const;
    const reckoned = (by: Partial<FormInput>) => fillForm(form, SUZHOU_PACK, { ...given, ...by }).lines[0];
    expect(reckoned({})).toMatchObject({
      ...{ actual: '9.43', numerator: '101.36', denominator: '1075.37' },
      source: { formula: '预算调整数 ÷ 年初预算数 × 100（预算总金额）', version: 1 },
    });
    expect(reckoned({ meanings })).toMatchObject({
      ...{ actual: '8.61', numerator: '101.36', denominator: '1176.73' },
      source: { formula: '预算调整数 ÷ 调整预算数 × 100（预算总金额）', version: 1001 },
    });
  });

  it('names the paper that each actual is from, and the office may name another', () => {
    const typed = new Map(TYPED).set('wechat', { actual: '1', source: '宣传工作台账' });
    const lines = fill({ typed }).lines;
    const documentOf = (code: string) => lines.find((line) => line.code === code)!.source.document;
    expect(documentOf('asset_rules_sound')).toBe('固定资产年终盘点');
    expect(documentOf('wechat')).toBe('宣传工作台账');
  });

  it('tells its key tasks from the figures until the office writes its own', () => {
    const values = new Map([valueOf('registry.enrolled', '2748'), valueOf('donation.completed', '25')]);
    const { tasks } = fill({ values, tasks: new Map([['homes', '新建14个博爱家园。']]) });
    expect(tasks).toHaveLength(6);
    expect(tasks[0]).toMatchObject({ typed: false });
    expect(tasks[0]!.completion).toBe('开展捐献者日活动1次；新增入库2748人份，实现捐献25例，回访无记录。');
    expect(tasks.find(({ code }) => code === 'homes')).toMatchObject({ completion: '新建14个博爱家园。', typed: true });
  });
});
