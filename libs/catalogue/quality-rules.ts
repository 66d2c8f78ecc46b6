import { label } from './label';
import type { QualityRule } from './quality-rule';
import { STAGES } from './stages';

const RECOUNT = label(
  '核对两项登记：少登的补登，重复的冲销',
  'compare both: log what is missing, take back what stands twice',
);

/** Pairs of figures that cannot be otherwise, whatever the month. */
const IN_A_MONTH = [
  {
    code: 'donors_beyond_donations',
    label: label('捐献人数多于捐献例数', 'more donors than donations'),
    left: 'donation.donors_distinct',
    operator: '<=',
    right: 'donation.completed',
  },
  {
    code: 'confirmed_beyond_revisited',
    label: label('有效回访多于入库回访', 'more reached than re-contacted'),
    left: 'retention.confirmed',
    operator: '<=',
    right: 'retention.revisited',
  },
  {
    code: 'stock_below_zero',
    label: label('库容为负：退库多于在库', 'stock below zero: more withdrawn than listed'),
    left: 'registry.stock_eop',
    operator: '>=',
    right: 0,
  },
  {
    code: 'available_beyond_stock',
    label: label('有效库容大于库容', 'more available than listed'),
    left: 'registry.effective_stock_eop',
    operator: '<=',
    right: 'registry.stock_eop',
  },
] as const;

/** Pairs of which the right one comes first, perhaps in an earlier month. */
const SINCE_THE_START = [
  {
    code: 'screen_agreed_beyond_requested',
    label: label('初筛同意多于初筛', 'more agreed than were asked (first mobilisation)'),
    left: 'match.screen_agreed',
    right: 'match.screen_requested',
  },
  {
    code: 'remobilise_agreed_beyond_requested',
    label: label('再动员同意多于再动员', 'more agreed than were asked (second mobilisation)'),
    left: 'match.remobilise_agreed',
    right: 'match.remobilise_requested',
  },
  {
    code: 'hr_agreed_beyond_requested',
    label: label('高分同意多于高分辨', 'more agreed than were asked (typing)'),
    left: 'match.hr_agreed',
    right: 'match.hr_requested',
  },
  {
    code: 'exams_completed_beyond_started',
    label: label('体检完成多于体检', 'more examinations completed than started'),
    left: 'workup.exam_completed',
    right: 'workup.exam_started',
  },
  {
    code: 'components_passed_beyond_prepared',
    label: label('制备合格单位多于制备单位', 'more component units passed than prepared'),
    left: 'blood.component_units_passed',
    right: 'blood.component_units',
  },
  {
    code: 'components_issued_beyond_prepared',
    label: label('发放成分血多于制备', 'more component units issued than prepared'),
    left: 'blood.issued_component_units',
    right: 'blood.component_units',
  },
] as const;

/** The rules of data quality. The days and shares are assumptions. */
export const QUALITY_RULES: readonly QualityRule[] = [
  {
    code: 'month_missing',
    label: label('应报未报', 'owed and not reported'),
    task: label('补登这个月的登记；确实没有的，报送月份即作零报告', 'log it; if there was none, submitting says so'),
    severity: 'wrong',
    kind: 'completeness',
  },
  {
    code: 'recorded_late',
    label: label('登记不及时', 'recorded late'),
    task: label('查明拖延原因，按月登记；确属补录的说明理由', 'find out why, and log month by month'),
    severity: 'late',
    kind: 'lateness',
    days: 31,
    share: '20',
    fewest: 3,
  },
  {
    code: 'many_adjustments',
    label: label('调整过多', 'many adjustments'),
    task: label('在结账前把当月登记补齐', 'log a month whole before it is closed'),
    severity: 'late',
    kind: 'adjustments',
    share: '10',
    fewest: 3,
  },
  {
    code: 'outlier',
    label: label('数量异常', 'far from its own past'),
    task: label('核对数量；确实如此的，确认并写明原因', 'check the count; if it is right, say why'),
    severity: 'doubtful',
    kind: 'outlier',
  },
  ...IN_A_MONTH.map(
    (pair) => ({ ...pair, task: RECOUNT, severity: 'wrong', kind: 'contradiction', over: 'month' }) as const,
  ),
  ...SINCE_THE_START.map(
    (pair) =>
      ({
        ...pair,
        task: RECOUNT,
        severity: 'wrong',
        kind: 'contradiction',
        operator: '<=',
        over: 'start',
      }) as const,
  ),
  {
    code: 'entry_gap',
    label: label('缺少前置登记', 'stands on nothing'),
    task: label('补登前置登记，或冲销这条登记', 'log what should stand before, or take the entry back'),
    severity: 'wrong',
    kind: 'gap',
  },
  {
    code: 'donation_not_followed_up',
    label: label('捐献后没有随访', 'donation without a follow-up'),
    task: label('联系捐献者并登记随访', 'reach the donor and log the follow-up'),
    severity: 'late',
    kind: 'lack',
    on: 'donor',
    begins: { kind: 'DonationCompleted' },
    lacks: { kind: 'FollowUpRecorded', outcomes: ['well', 'complaint'] },
    afterwards: true,
    days: 60,
  },
  {
    code: 'closed_as_donated_without_donation',
    label: label('以已捐献关闭却没有捐献', 'closed as donated without a donation'),
    task: label('补登采集捐献，或更正关闭原因', 'log the donation, or correct why it was closed'),
    severity: 'wrong',
    kind: 'lack',
    on: 'case',
    begins: { kind: 'RequestClosed', outcomes: ['donated'] },
    lacks: { kind: 'DonationCompleted' },
    afterwards: false,
    days: 0,
  },
  {
    code: 'exam_concluded_twice',
    label: label('一次体检有两个结论', 'one examination concluded twice'),
    task: label('冲销多余的结论，或补登另一次体检', 'take one back, or log the other examination'),
    severity: 'wrong',
    kind: 'repeat',
    repeats: 'ExamConcluded',
    between: 'ExamStarted',
  },
  {
    code: 'screen_requested_twice',
    label: label('一个请求有两次初筛', 'one request with two first mobilisations'),
    task: label('冲销重复的初筛，或改用另一个请求编号', 'take one back, or give it a request of its own'),
    severity: 'doubtful',
    kind: 'repeat',
    repeats: 'ScreenRequested',
  },
  {
    code: 'case_silent',
    label: label('请求久无进展', 'a request of which nothing is heard'),
    task: label('查明进展并登记，或登记请求关闭', 'find out and log it, or log that it is closed'),
    severity: 'doubtful',
    kind: 'silence',
    begins: 'ScreenRequested',
    days: 180,
    stops: STAGES.flatMap(({ fails }) => fails.map(({ kind, outcomes }) => ({ kind, outcomes }))),
    over: ['RequestClosed', 'DonorRetracted', 'DonationCompleted'],
  },
];

const BY_CODE = new Map(QUALITY_RULES.map((rule) => [rule.code, rule]));

export function findQualityRule(code: string): QualityRule | undefined {
  return BY_CODE.get(code);
}
