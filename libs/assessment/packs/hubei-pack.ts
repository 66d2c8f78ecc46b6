import { label } from '../../catalogue/label';
import type { RulePack } from '../rule-packs';
import { BUDGET_TIER, DEFAULT_PACK } from './default-pack';

const BANDS = {
  reached: { from: '100', to: '80' },
  partly: { from: '80', to: '50' },
  not_reached: { from: '50', to: '0' },
} as const;

export const HUBEI_PACK: RulePack = {
  ...DEFAULT_PACK,
  code: 'hubei',
  since: '2020',
  label: label('湖北式自评规则', 'Hubei-style self-evaluation rules'),
  weights: [
    { tier: BUDGET_TIER, points: '20' },
    { tier: '产出指标', points: '40' },
    { tier: '效益和满意度指标', of: ['效益指标', '满意度指标'], points: '40' },
  ],
  bands: DEFAULT_PACK.bands.map((band) => ({ ...band, ...BANDS[band.level] })),
  assumptions: [
    label(
      '见于 2020 年区县项目表：预算执行 20 分，产出 40 分，效益 40 分，未完成的“≤”指标按“分值×指标值÷完成值”；满意度并入效益，等级和其余各项沿用通用规则。同式的另一种表把 80 分分为产出 60%、效益 40%。',
      'As on district forms of 2020: execution 20, output 40, effect 40, missed ≤ targets by the ratio. That satisfaction is within the effect, the grades and all else follow the default rules. A sibling form splits the 80 points 60 : 40.',
    ),
    ...DEFAULT_PACK.assumptions,
  ],
};
