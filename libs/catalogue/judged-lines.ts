import { label } from './label';
import type { ReportedValue } from './reported-value';

const JUDGED = { unit: '%', judged: true } as const;

/** The lines that are judged in words; the value is how far they are reached. */
export const JUDGED_LINES = [
  {
    key: 'registry.sampling_timeliness',
    kind: 'SamplingTimeliness',
    label: label('报名采样完成及时性', 'timeliness of sampling'),
    ...JUDGED,
  },
  {
    key: 'registry.typing_variety',
    kind: 'TypingVariety',
    label: label('丰富入库分型种类', 'variety of types listed'),
    ...JUDGED,
  },
  {
    key: 'it.service_coverage',
    kind: 'ServiceCoverage',
    label: label('系统服务覆盖全省', 'coverage of the system'),
    ...JUDGED,
  },
  {
    key: 'common.plan_longterm_sound',
    kind: 'LongTermPlanSound',
    label: label('中长期规划制定健全性', 'long-term plan is sound'),
    ...JUDGED,
  },
  {
    key: 'common.plan_work_sound',
    kind: 'WorkPlanSound',
    label: label('工作计划制定健全性', 'work plan is sound'),
    ...JUDGED,
  },
  {
    key: 'common.goal_reasonable',
    kind: 'GoalReasonable',
    label: label('绩效目标合理性', 'goals are reasonable'),
    ...JUDGED,
  },
  {
    key: 'common.indicator_clear',
    kind: 'IndicatorClear',
    label: label('绩效指标明确性', 'indicators are clear'),
    ...JUDGED,
  },
  {
    key: 'common.budget_scientific',
    kind: 'BudgetScientific',
    label: label('预算编制科学性', 'budget is well founded'),
    ...JUDGED,
  },
  {
    key: 'common.budget_standardised',
    kind: 'BudgetStandardised',
    label: label('预算编制规范性', 'budget follows the rules'),
    ...JUDGED,
  },
  {
    key: 'common.budget_rules_sound',
    kind: 'BudgetRulesSound',
    label: label('预算管理制度健全性', 'budget rules are sound'),
    ...JUDGED,
  },
  {
    key: 'common.funds_compliant',
    kind: 'FundsCompliant',
    label: label('资金使用合规性', 'funds are used by the rules'),
    ...JUDGED,
  },
  {
    key: 'common.base_info_complete',
    kind: 'BaseInfoComplete',
    label: label('基础信息完善性', 'basic information is complete'),
    ...JUDGED,
  },
  {
    key: 'common.disclosure',
    kind: 'Disclosure',
    label: label('预决算信息公开度', 'budgets are disclosed'),
    ...JUDGED,
  },
  {
    key: 'common.nontax_compliant',
    kind: 'NontaxCompliant',
    label: label('非税收入管理合规性', 'non-tax income is managed by the rules'),
    ...JUDGED,
  },
  {
    key: 'common.asset_rules_sound',
    kind: 'AssetRulesSound',
    label: label('资产管理制度健全性', 'asset rules are sound'),
    ...JUDGED,
  },
  {
    key: 'common.asset_standardised',
    kind: 'AssetStandardised',
    label: label('资产管理规范性', 'assets are managed by the rules'),
    ...JUDGED,
  },
  {
    key: 'common.project_rules_sound',
    kind: 'ProjectRulesSound',
    label: label('项目管理制度健全性', 'project rules are sound'),
    ...JUDGED,
  },
  {
    key: 'common.project_rules_followed',
    kind: 'ProjectRulesFollowed',
    label: label('项目管理制度执行规范性', 'project rules are followed'),
    ...JUDGED,
  },
  {
    key: 'common.staff_rules_sound',
    kind: 'StaffRulesSound',
    label: label('人员管理制度健全性', 'staff rules are sound'),
    ...JUDGED,
  },
  {
    key: 'common.staff_rules_effective',
    kind: 'StaffRulesEffective',
    label: label('人员管理制度执行有效性', 'staff rules work'),
    ...JUDGED,
  },
  {
    key: 'common.discipline_effective',
    kind: 'DisciplineEffective',
    label: label('纪检监察工作有效性', 'supervision works'),
    ...JUDGED,
  },
] as const satisfies readonly ReportedValue[];
