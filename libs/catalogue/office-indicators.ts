import { PERCENT, type IndicatorDefinition } from './indicator-definition';
import { label } from './label';

/** The rates that every public body is asked for, as far as what it reports comes to them. */
export const OFFICE_INDICATORS = [
  {
    key: 'finance.execution_rate',
    label: label('预算执行率', 'budget execution rate'),
    numerator: 'finance.executed',
    denominator: 'finance.adjusted_budget',
    ...PERCENT,
  },
  {
    key: 'staff.control_rate',
    label: label('编制内在职人员控制率', 'on-establishment staff control rate'),
    numerator: 'staff.on_establishment',
    denominator: 'staff.quota',
    ...PERCENT,
  },
  {
    key: 'common.budget_adjustment_rate',
    label: label('预算调整率', 'budget adjustment rate'),
    numerator: 'finance.budget_adjustment',
    denominator: 'finance.initial_budget',
    ...PERCENT,
  },
  {
    key: 'common.payment_progress_conformity',
    label: label('支付进度符合率', 'conformity of payment progress'),
    numerator: 'finance.payment_actual',
    denominator: 'finance.payment_planned',
    ...PERCENT,
  },
  {
    key: 'common.budget_execution_rate',
    label: label('预算执行率（共性）', 'budget execution rate (common)'),
    numerator: 'finance.executed',
    denominator: 'finance.adjusted_budget',
    ...PERCENT,
  },
  {
    key: 'common.carryover_rate',
    label: label('结转结余率', 'carry-over rate'),
    numerator: 'finance.carryover',
    denominator: 'finance.adjusted_budget',
    ...PERCENT,
  },
  {
    key: 'common.public_expense_control_rate',
    label: label('公用经费控制率', 'public-use expenditure control rate'),
    numerator: 'finance.public_expenditure',
    denominator: 'finance.public_budget',
    ...PERCENT,
  },
  {
    key: 'common.procurement_execution_rate',
    label: label('政府采购执行率', 'procurement execution rate'),
    numerator: 'finance.procurement_actual',
    denominator: 'finance.procurement_budget',
    ...PERCENT,
  },
  {
    key: 'common.nontax_completion_rate',
    label: label('非税收入预算完成率', 'non-tax income completion rate'),
    numerator: 'finance.nontax_actual',
    denominator: 'finance.nontax_budget',
    ...PERCENT,
  },
  {
    key: 'common.performance_coverage_rate',
    label: label('绩效管理覆盖率', 'performance management coverage'),
    numerator: 'finance.projects_assessed',
    denominator: 'finance.projects',
    ...PERCENT,
  },
  {
    key: 'common.asset_utilisation_rate',
    label: label('固定资产利用率', 'fixed asset utilisation'),
    numerator: 'asset.fixed_assets_used',
    denominator: 'asset.fixed_assets',
    ...PERCENT,
  },
  {
    key: 'common.staff_control_rate',
    label: label('在职人员控制率', 'staff control rate'),
    numerator: 'staff.on_establishment',
    denominator: 'staff.quota',
    ...PERCENT,
  },
  {
    key: 'common.org_building_timely_rate',
    label: label('组织建设工作及时完成率', 'organisational tasks on time'),
    numerator: 'office.tasks_timely',
    denominator: 'office.tasks_planned',
    ...PERCENT,
  },
  {
    key: 'common.training_timely_rate',
    label: label('业务学习与培训及时完成率', 'trainings on time'),
    numerator: 'training.timely',
    denominator: 'training.planned',
    ...PERCENT,
  },
] as const satisfies readonly IndicatorDefinition[];
