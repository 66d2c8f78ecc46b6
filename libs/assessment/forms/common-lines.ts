import { INDICATORS } from '../../catalogue/indicators';
import type { LineSource } from '../forms';
import type { LineRow } from './line-rows';

/** The lines that every public body is asked for, under the names of the common framework. */
const NAMES = {
  plan_longterm_sound: '中长期规划制定健全性',
  plan_work_sound: '工作计划制定健全性',
  goal_reasonable: '绩效目标合理性',
  indicator_clear: '绩效指标明确性',
  budget_scientific: '预算编制科学性',
  budget_standardised: '预算编制规范性',
  budget_adjustment_rate: '预算调整率',
  payment_progress_conformity: '支付进度符合率',
  budget_execution_rate: '预算执行率',
  carryover_rate: '结转结余率',
  public_expense_control_rate: '公用经费控制率',
  three_public_change_rate: '“三公经费”变动率',
  procurement_execution_rate: '政府采购执行率',
  nontax_completion_rate: '非税收入预算完成率',
  budget_rules_sound: '预算管理制度健全性',
  funds_compliant: '资金使用合规性',
  performance_coverage_rate: '绩效管理覆盖率',
  base_info_complete: '基础信息完善性',
  disclosure: '预决算信息公开度',
  nontax_compliant: '非税收入管理合规性',
  asset_rules_sound: '资产管理制度健全性',
  asset_standardised: '资产管理规范性',
  asset_utilisation_rate: '固定资产利用率',
  project_rules_sound: '项目管理制度健全性',
  project_rules_followed: '项目管理制度执行规范性',
  staff_rules_sound: '人员管理制度健全性',
  staff_rules_effective: '人员管理制度执行有效性',
  staff_control_rate: '在职人员控制率',
  org_building_timely_rate: '组织建设工作及时完成率',
  training_timely_rate: '业务学习与培训及时完成率',
  discipline_effective: '纪检监察工作有效性',
  budget_deviation_rate: '预算偏差率',
} as const;

type CommonCode = keyof typeof NAMES;

export function common(code: CommonCode, target: string, halfTarget: string | null, paper?: string): LineRow {
  return [code, NAMES[code], target, halfTarget, null, sourceOf(code), paper];
}

/** Those that are counted are indicators of the catalogue, those that are judged are reported to the ledger. */
function sourceOf(code: CommonCode): LineSource {
  const key = `common.${code}` as const;
  const rate = INDICATORS.find((each) => each.key === key);
  if (rate) return { kind: 'indicator', key: rate.key };
  return { kind: 'metric', key: key as Extract<LineSource, { kind: 'metric' }>['key'] };
}
