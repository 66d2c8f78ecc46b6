import { label } from '../../catalogue/label';
import type { RulePack } from '../rule-packs';
import { DEFAULT_PACK } from './default-pack';

export const JIANGSU_PACK: RulePack = {
  ...DEFAULT_PACK,
  code: 'jiangsu',
  since: '2024',
  label: label('江苏省自评规则', 'Jiangsu self-evaluation rules'),
  weights: null,
  assumptions: [
    label(
      '公布的目标表不印分值，不计分、不评等级；偏差和原因分析的要求沿用通用规则，待以财政部门的通知核对。',
      'The published table prints no weights: no score and no grade. Deviation and causes follow the default rules until checked against the notice.',
    ),
    ...DEFAULT_PACK.assumptions,
  ],
};
