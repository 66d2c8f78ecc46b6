import { PERCENT, type IndicatorDefinition } from './indicator-definition';
import { label } from './label';

/** The rates of the pathway. */
export const PATHWAY_INDICATORS = [
  {
    key: 'rate.screen_agree',
    label: label('初筛成功率', 'first mobilisation agreement rate'),
    numerator: 'match.screen_agreed',
    denominator: 'match.screen_requested',
    ...PERCENT,
  },
  {
    key: 'rate.remobilise_agree',
    label: label('再动员成功率', 'second mobilisation agreement rate'),
    numerator: 'match.remobilise_agreed',
    denominator: 'match.remobilise_requested',
    ...PERCENT,
  },
  {
    key: 'rate.hr_agree',
    label: label('高分成功率', 'high-resolution stage success rate'),
    numerator: 'match.hr_agreed',
    denominator: 'match.hr_requested',
    ...PERCENT,
  },
  {
    key: 'rate.exam_complete',
    label: label('体检成功率', 'examination completion rate'),
    numerator: 'workup.exam_completed',
    denominator: 'workup.exam_started',
    ...PERCENT,
  },
  {
    key: 'rate.annual_release',
    label: label('年度出库率', 'annual release rate'),
    numerator: 'donation.completed',
    denominator: 'registry.stock_eop',
    unit: '万分之',
    scale: 10000,
    decimals: 1,
    version: 1,
    since: '2000-01',
  },
  {
    key: 'rate.stock_utilisation',
    label: label('库容使用率', 'cumulative stock utilisation'),
    numerator: 'donation.completed_cumulative',
    denominator: 'registry.enrolled_cumulative',
    ...PERCENT,
    decimals: 1,
  },
  {
    key: 'rate.revisit_coverage',
    label: label('回访覆盖率', 're-contact coverage'),
    numerator: 'retention.revisited',
    denominator: 'registry.stock_eop',
    ...PERCENT,
  },
  {
    key: 'rate.attrition',
    label: label('流失率', 'attrition rate'),
    numerator: 'match.closed_lost',
    denominator: 'match.closed',
    ...PERCENT,
  },
  {
    key: 'rate.retraction',
    label: label('反悔率', 'retraction rate'),
    numerator: 'match.cases_retracted',
    denominator: 'match.cases_agreed',
    ...PERCENT,
  },
  {
    // The reference leaves to each office at which stage a volunteer's consent is counted. At the first mobilisation,
    // which holds where nothing else is set, it is the same as `rate.screen_agree`.
    key: 'rate.volunteer_agree',
    label: label('报名志愿者同意率', 'volunteer agreement rate'),
    numerator: 'match.screen_agreed',
    denominator: 'match.screen_requested',
    ...PERCENT,
  },
] as const satisfies readonly IndicatorDefinition[];
