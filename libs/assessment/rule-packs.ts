import { label, type Label } from '../catalogue/label';
import type { DecimalString } from '../core/decimal';

export type QualitativeLevel = 'reached' | 'partly' | 'not_reached';
export type GradeCode = 'excellent' | 'good' | 'medium' | 'poor';

export interface QualitativeBand {
  readonly level: QualitativeLevel;
  readonly label: Label;
  /** Per cent of the weight. The band ends at `to`, and begins just below the band above it. */
  readonly from: DecimalString;
  readonly to: DecimalString;
}

export interface Grade {
  readonly code: GradeCode;
  readonly label: string;
  readonly from: DecimalString;
}

/** How a jurisdiction weighs, scores and grades from a year on. */
export interface RulePack {
  readonly code: string;
  readonly version: number;
  /** The first year assessed by it. */
  readonly since: string;
  readonly label: Label;
  /** Points per first tier; they sum to 100. */
  readonly weights: readonly { readonly tier: string; readonly points: DecimalString }[];
  /** A missed ≤ target: weight × target ÷ actual, or weight × (1 − (actual − target) ÷ target). */
  readonly lowerBetterMissed: 'ratio' | 'linear';
  readonly bands: readonly QualitativeBand[];
  /** From the highest; each begins at `from` (included) and ends below the grade above it. */
  readonly grades: readonly Grade[];
  /** In per cent: a cause is compulsory beyond this deviation, and below this budget execution. */
  readonly causeBeyond: DecimalString;
  readonly causeBelowExecution: DecimalString;
  /** What no published source states, shown with the pack. */
  readonly assumptions: readonly Label[];
}

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
  ],
};

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

export const RULE_PACKS: readonly RulePack[] = [DEFAULT_PACK, HUNAN_PACK];
