import { label } from '../../catalogue/label';
import type { RulePack } from '../rule-packs';
import { DEFAULT_PACK } from './default-pack';

export const HUNAN_PACK: RulePack = {
  ...DEFAULT_PACK,
  code: 'hunan',
  since: '2024',
  label: label('湖南省自评规则', 'Hunan self-evaluation rules'),
  grades: [
    { code: 'excellent', label: '优秀', from: '90' },
    { code: 'good', label: '良好', from: '80' },
    { code: 'medium', label: '中等', from: '60' },
    { code: 'poor', label: '较差', from: '0' },
  ],
  assumptions: [
    label(
      '公布的报告只见“优秀”和总分；一级指标分值（10、50、30、10）、计分方法和其他等级名称沿用通用规则，待以财政部门的通知核对。',
      'Published reports show the label 优秀 and totals only; the weights (10, 50, 30, 10), the scoring and the other labels follow the default rules until checked against the notice.',
    ),
    ...DEFAULT_PACK.assumptions,
  ],
};
