import { label } from '../../catalogue/label';
import type { RulePack } from '../rule-packs';

/** The tier of the budget execution, on every form that scores it. */
export const BUDGET_TIER = '预算执行率';

export const DEFAULT_PACK: RulePack = {
  code: 'default',
  version: 1,
  since: '2020',
  label: label('通用自评规则', 'default self-evaluation rules'),
  weights: [
    { tier: BUDGET_TIER, points: '10' },
    { tier: '产出指标', points: '50' },
    { tier: '效益指标', points: '30' },
    { tier: '满意度指标', points: '10' },
  ],
  lowerBetterMissed: 'ratio',
  equals: 'upwards',
  zeroTargetMissed: '0',
  overAchieved: { beyond: '30', then: 'cause' },
  deviation: { decimals: 2, zeroTarget: '100%', same: '0%' },
  bands: [
    { level: 'reached', label: label('达成年度指标', 'reached'), from: '100', to: '80' },
    {
      level: 'partly',
      label: label('部分达成年度指标并具有一定效果', 'partly reached, with some effect'),
      from: '80',
      to: '60',
    },
    {
      level: 'not_reached',
      label: label('未达成年度指标且效果较差', 'not reached, with little effect'),
      from: '60',
      to: '0',
    },
  ],
  grades: [
    { code: 'excellent', label: '优', from: '90' },
    { code: 'good', label: '良', from: '80' },
    { code: 'medium', label: '中', from: '60' },
    { code: 'poor', label: '差', from: '0' },
  ],
  causeWhen: ['missed', 'beyond', 'not_fully_reached', 'low_execution'],
  causeBeyond: '30',
  causeBelowExecution: '90',
  assumptions: [
    label(
      '未完成的“≤”指标按“分值×指标值÷完成值”计分；另一种算法（超出一倍得 0 分）可在规则中改用。',
      'A missed ≤ target scores weight × target ÷ actual; the other variant in use (0 from twice the target) can be set.',
    ),
    label(
      '指标值为 0 或负数而未完成的，得 0 分；指标值与完成值均为 0 的，偏差记 0%；指标值为负数的，偏差除以其绝对值。',
      'A missed target of zero or below scores 0; 0 against 0 deviates by 0%; a negative target divides by its absolute value.',
    ),
    label(
      '偏差绝对值超过 30% 须写原因；预算执行率低于 90% 须写原因（见于四川省的表式）。',
      'A cause is due beyond a deviation of 30%, and below a budget execution of 90% (as on a form of Sichuan).',
    ),
    label(
      '超额完成过多（偏差超过 30%）的只要求说明原因，不自动扣分；可在规则中改为按超出部分扣减。',
      'A target passed by more than 30% asks for a cause and takes no points; the rules can be set to take off what is beyond.',
    ),
  ],
};
