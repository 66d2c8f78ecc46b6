import { label } from '../../catalogue/label';
import type { RulePack } from '../rule-packs';
import { BUDGET_TIER, DEFAULT_PACK } from './default-pack';

export const SICHUAN_PACK: RulePack = {
  ...DEFAULT_PACK,
  code: 'sichuan',
  since: '2023',
  label: label('四川省自评规则', 'Sichuan self-evaluation rules'),
  weights: [
    { tier: BUDGET_TIER, points: '10' },
    { tier: '绩效指标', of: ['产出指标', '效益指标', '满意度指标'], points: '90' },
  ],
  assumptions: [
    label(
      '见于 2023 年的表式：预算执行 10 分，绩效指标合计 90 分，预算执行率低于 90% 须写原因；计分方法、等次和等级沿用通用规则。',
      'As on a form of 2023: execution 10, the targets 90 together, a cause below an execution of 90%. The scoring, bands and grades follow the default rules.',
    ),
    ...DEFAULT_PACK.assumptions,
  ],
};
