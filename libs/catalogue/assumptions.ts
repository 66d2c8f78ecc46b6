import type { IndicatorKey } from './indicators';
import { label, type Label } from './label';
import type { MetricKey } from './metrics';

/** What we took a figure to mean where the reports do not say, and no setting chooses. */
export const ASSUMPTIONS: { readonly [key in MetricKey | IndicatorKey]?: Label } = {
  'match.remobilise_requested': label(
    '只计初筛已同意后的再次动员；对初筛拒绝者的再次劝说不计。',
    'Only second requests to those who agreed at first; asking a refuser again does not count.',
  ),
  'workup.exam_completed': label(
    '有结论即为完成，不合格的也计。',
    'An examination with a result is complete, also when the donor is unfit.',
  ),
  'donation.completed': label(
    '每次采集计一例，同一捐献者的二次捐献另计。',
    'Each collection is one; a second donation of the same donor is another.',
  ),
  'donation.last_minute_withdrawals': label(
    '以患者预处理开始为界，由登记人判定并填写该日期。',
    'Late is after the patient’s conditioning began, on the day that is logged with it.',
  ),
  'registry.effective_stock_eop': label(
    '暂不可用的减去，恢复可用的加回；为患者保留的仍算有效。',
    'Who is temporarily unavailable is taken off and added again later; who is reserved for a patient stays.',
  ),
  'blood.collected_tonnes': label(
    '每单位 200 毫升，按每毫升 1 克折算。',
    'A unit is 200 ml, taken at a gram a millilitre.',
  ),
  'rate.annual_release': label(
    '本期捐献除以期末库容，不折算为全年。',
    'The donations of the period by the stock at its end; nothing is annualised.',
  ),
  'rate.exam_complete': label(
    '两者都按本期登记计，上期开始、本期完成的会使比率超过 100%。',
    'Both are of the period: what began before it and ended in it can bring the rate above 100 %.',
  ),
  'common.carryover_rate': label('分母为调整后的全年预算数。', 'Of the adjusted budget of the year.'),
  'common.budget_deviation_rate': label(
    '报告只印结果，未说明算法；此处按偏差数的绝对值除以年初预算数。',
    'The reports print it without saying how; here the absolute deviation by the initial budget.',
  ),
  'common.three_public_change_rate': label(
    '上年数由单位填报，不从上年台账推算；下降时为负。',
    'The year before is entered by the office, not taken from its ledger; a decrease is negative.',
  ),
  'finance.three_public_change_rate': label(
    '上年数由单位填报，不从上年台账推算；下降时为负。',
    'The year before is entered by the office, not taken from its ledger; a decrease is negative.',
  ),
  'satisfaction.donors': label(
    '问卷在别处统计，这里只录结果与出处；各机构的结果不相加、不平均。',
    'Counted elsewhere and entered with its source; never added or averaged over orgs.',
  ),
};
