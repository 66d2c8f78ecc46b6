import { label } from '../../catalogue/label';
import type { RulePack } from '../rule-packs';
import { DEFAULT_PACK } from './default-pack';

export const SUZHOU_PACK: RulePack = {
  ...DEFAULT_PACK,
  code: 'suzhou',
  since: '2023',
  label: label('苏州市自评规则', 'Suzhou self-evaluation rules'),
  weights: null,
  assumptions: [
    label(
      '公布的自评表不印分值，不计分、不评等级；偏差按公布表的算法（45 行全部吻合）。公布表的原因分析一栏全部空白，何时须写原因沿用通用规则。',
      'The published form prints no weights: no score and no grade. The deviation is reckoned as published, in all 45 rows. Its cause column is empty: when a cause is due follows the default rules.',
    ),
    ...DEFAULT_PACK.assumptions,
  ],
};
