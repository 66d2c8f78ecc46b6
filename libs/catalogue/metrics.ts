import type { KindCode } from './kinds';
import { label, type Label } from './label';
import type { ReasonCode } from './reasons';

/** One selection of entries that a metric counts, and how often each counts: `-1` takes away. */
export interface Count {
  readonly kind: KindCode;
  readonly outcome?: string;
  readonly reasons?: readonly ReasonCode[];
  readonly times?: '1' | '-1';
}

/**
 * How a metric adds up: `sum` over months and orgs; `distinct` subjects, never added; `stock` and `cumulative` from
 * the first entry to the period's end (R9, R11, R13).
 */
export type AddsUp = 'sum' | 'distinct' | 'stock' | 'cumulative';

export interface MetricDefinition {
  readonly key: string;
  readonly label: Label;
  readonly unit: string;
  readonly addsUp: AddsUp;
  /** The subject that a distinct metric counts. */
  readonly subject?: 'donor' | 'case';
  readonly counts: readonly Count[];
  readonly version: number;
  /** The month from which this version holds (R15). */
  readonly since: string;
}

const FIRST = { version: 1, since: '2000-01' } as const;

export const METRICS = [
  {
    key: 'registry.recruited',
    label: label('招募人数', 'volunteers recruited'),
    unit: '人',
    addsUp: 'sum',
    counts: [{ kind: 'RecruitmentRegistered' }],
    ...FIRST,
  },
  {
    key: 'registry.samples_collected',
    label: label('采样份数', 'samples collected'),
    unit: '份',
    addsUp: 'sum',
    counts: [{ kind: 'SampleCollected' }],
    ...FIRST,
  },
  {
    key: 'registry.samples_transited',
    label: label('中转血样', 'samples passed on'),
    unit: '份',
    addsUp: 'sum',
    counts: [{ kind: 'SampleDispatched' }],
    ...FIRST,
  },
  {
    key: 'registry.samples_damaged',
    label: label('血样损毁', 'samples destroyed or discarded'),
    unit: '份',
    addsUp: 'sum',
    counts: [
      { kind: 'SampleRejected', outcome: 'destroyed' },
      { kind: 'SampleRejected', outcome: 'discarded' },
    ],
    ...FIRST,
  },
  {
    key: 'registry.enrolled',
    label: label('新增入库', 'new donors listed'),
    unit: '人份',
    addsUp: 'sum',
    counts: [{ kind: 'DonorEnrolled' }],
    ...FIRST,
  },
  {
    key: 'registry.withdrawn',
    label: label('退库', 'donors withdrawn'),
    unit: '人份',
    addsUp: 'sum',
    counts: [{ kind: 'DonorWithdrawn' }],
    ...FIRST,
  },
  {
    key: 'registry.enrolled_cumulative',
    label: label('累计入库', 'records ever enrolled'),
    unit: '人份',
    addsUp: 'cumulative',
    counts: [{ kind: 'OpeningEnrolled' }, { kind: 'DonorEnrolled' }],
    ...FIRST,
  },
  {
    key: 'registry.stock_eop',
    label: label('库容', 'donors listed at period end'),
    unit: '人份',
    addsUp: 'stock',
    counts: [
      { kind: 'OpeningStock' },
      { kind: 'DonorEnrolled' },
      { kind: 'DonorWithdrawn', times: '-1' },
      { kind: 'DonorTransferred', outcome: 'in' },
      { kind: 'DonorTransferred', outcome: 'out', times: '-1' },
    ],
    ...FIRST,
  },
  {
    key: 'registry.effective_stock_eop',
    label: label('有效库容', 'donors listed and available at period end'),
    unit: '人份',
    addsUp: 'stock',
    counts: [
      { kind: 'OpeningStock' },
      { kind: 'DonorEnrolled' },
      { kind: 'DonorWithdrawn', outcome: 'from_available', times: '-1' },
      { kind: 'DonorStatusChanged', outcome: 'TU', times: '-1' },
      { kind: 'DonorStatusChanged', outcome: 'AV' },
      { kind: 'DonorTransferred', outcome: 'in' },
      { kind: 'DonorTransferred', outcome: 'out', times: '-1' },
    ],
    ...FIRST,
  },
  {
    key: 'retention.revisited',
    label: label('入库回访', 'volunteers re-contacted'),
    unit: '人份',
    addsUp: 'distinct',
    subject: 'donor',
    counts: [{ kind: 'RetentionContacted' }],
    ...FIRST,
  },
  {
    key: 'retention.confirmed',
    label: label('有效回访', 'volunteers reached and willing'),
    unit: '人份',
    addsUp: 'distinct',
    subject: 'donor',
    counts: [{ kind: 'RetentionContacted', outcome: 'confirmed' }],
    ...FIRST,
  },
  {
    key: 'match.screen_requested',
    label: label('初筛', 'first mobilisation requests'),
    unit: '人次',
    addsUp: 'sum',
    counts: [{ kind: 'ScreenRequested' }],
    ...FIRST,
  },
  {
    key: 'match.screen_agreed',
    label: label('初筛同意', 'first mobilisation agreed'),
    unit: '人次',
    addsUp: 'sum',
    counts: [{ kind: 'ScreenAnswered', outcome: 'agreed' }],
    ...FIRST,
  },
  {
    key: 'match.remobilise_requested',
    label: label('再动员', 'second mobilisation requests'),
    unit: '人次',
    addsUp: 'sum',
    counts: [{ kind: 'RemobiliseRequested' }],
    ...FIRST,
  },
  {
    key: 'match.remobilise_agreed',
    label: label('再动员同意', 'second mobilisation agreed'),
    unit: '人次',
    addsUp: 'sum',
    counts: [{ kind: 'RemobiliseAnswered', outcome: 'agreed' }],
    ...FIRST,
  },
  {
    key: 'match.hr_requested',
    label: label('高分辨', 'high-resolution typing requests'),
    unit: '人次',
    addsUp: 'sum',
    counts: [{ kind: 'HrTypingRequested' }],
    ...FIRST,
  },
  {
    key: 'match.hr_agreed',
    label: label('高分同意', 'agreed at high-resolution typing'),
    unit: '人次',
    addsUp: 'sum',
    counts: [{ kind: 'HrTypingAnswered', outcome: 'agreed' }],
    ...FIRST,
  },
  {
    key: 'workup.exam_started',
    label: label('体检', 'workup examinations started'),
    unit: '人次',
    addsUp: 'sum',
    counts: [{ kind: 'ExamStarted' }],
    ...FIRST,
  },
  {
    key: 'workup.exam_completed',
    label: label('实际体检完成', 'workup examinations completed'),
    unit: '人次',
    addsUp: 'sum',
    counts: [{ kind: 'ExamConcluded' }],
    ...FIRST,
  },
  {
    key: 'donation.completed',
    label: label('捐献例数', 'donations completed'),
    unit: '例',
    addsUp: 'sum',
    counts: [{ kind: 'DonationCompleted' }],
    ...FIRST,
  },
  {
    key: 'donation.donors_distinct',
    label: label('捐献成功人数', 'persons who donated'),
    unit: '人',
    addsUp: 'distinct',
    subject: 'donor',
    counts: [{ kind: 'DonationCompleted' }],
    ...FIRST,
  },
  {
    key: 'donation.completed_cumulative',
    label: label('累计捐献', 'donations since the start'),
    unit: '例',
    addsUp: 'cumulative',
    counts: [{ kind: 'OpeningDonated' }, { kind: 'DonationCompleted' }],
    ...FIRST,
  },
  {
    key: 'donation.last_minute_withdrawals',
    label: label('临阵悔捐', 'late retractions'),
    unit: '例',
    addsUp: 'sum',
    counts: [{ kind: 'DonorRetracted', outcome: 'late' }],
    ...FIRST,
  },
  {
    key: 'donation.followups_done',
    label: label('捐献后随访', 'post-donation follow-ups'),
    unit: '人次',
    addsUp: 'sum',
    counts: [{ kind: 'FollowUpRecorded' }],
    ...FIRST,
  },
  {
    key: 'match.closed',
    label: label('请求关闭', 'requests closed'),
    unit: '人次',
    addsUp: 'sum',
    counts: [{ kind: 'RequestClosed' }],
    ...FIRST,
  },
  {
    key: 'match.closed_lost',
    label: label('流失关闭', 'requests lost'),
    unit: '人次',
    addsUp: 'sum',
    counts: [{ kind: 'RequestClosed', outcome: 'donor_side', reasons: ['UC', 'MO', 'DO', 'MR'] }],
    ...FIRST,
  },
  {
    key: 'match.cases_agreed',
    label: label('曾同意的请求', 'requests once agreed'),
    unit: '例',
    addsUp: 'distinct',
    subject: 'case',
    counts: [
      { kind: 'ScreenAnswered', outcome: 'agreed' },
      { kind: 'RemobiliseAnswered', outcome: 'agreed' },
      { kind: 'HrTypingAnswered', outcome: 'agreed' },
    ],
    ...FIRST,
  },
  {
    key: 'match.cases_retracted',
    label: label('悔捐的请求', 'requests retracted'),
    unit: '例',
    addsUp: 'distinct',
    subject: 'case',
    counts: [{ kind: 'DonorRetracted' }],
    ...FIRST,
  },
] as const satisfies readonly MetricDefinition[];

export type MetricKey = (typeof METRICS)[number]['key'];
