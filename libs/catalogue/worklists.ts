import type { KindCode } from './kind-code';
import { label, type Label } from './label';

/** Some entries: all of a kind, or those of some outcomes. */
export interface Move {
  readonly kind: KindCode;
  readonly outcomes?: readonly string[];
}

/** Who waits for what: an entry that begins a wait, until one of others stands for the same subject. */
export interface WorklistDefinition {
  readonly key: string;
  readonly label: Label;
  /** What is to be done about it. */
  readonly task: Label;
  readonly on: 'case' | 'donor';
  readonly begins: Move;
  readonly ends: readonly Move[];
  /** What ends the subject's waiting for good. */
  readonly over: readonly Move[];
  /**
   * Days after the beginning on which each step falls due. After the first, a step is waited for from halfway between
   * its own due day and the one before, and an ending move from then on takes it, with all before it.
   */
  readonly due: readonly [number, ...number[]];
}

const REQUEST_OVER: readonly Move[] = [
  { kind: 'RequestClosed' },
  { kind: 'DonorRetracted' },
  { kind: 'DonationCompleted' },
];

/** The days are assumptions, except 75 for typing results: 53 working days, as CMDP publishes for verification. */
export const WORKLISTS = [
  {
    key: 'screen_unanswered',
    label: label('初筛待答复', 'first mobilisations without an answer'),
    task: label('联系捐献者，登记初筛答复', 'reach the donor and log the answer'),
    on: 'case',
    begins: { kind: 'ScreenRequested' },
    ends: [{ kind: 'ScreenAnswered' }, { kind: 'RemobiliseRequested' }],
    over: REQUEST_OVER,
    due: [7],
  },
  {
    key: 'remobilise_unanswered',
    label: label('再动员待答复', 'second mobilisations without an answer'),
    task: label('联系捐献者，登记再动员答复', 'reach the donor and log the answer'),
    on: 'case',
    begins: { kind: 'RemobiliseRequested' },
    ends: [{ kind: 'RemobiliseAnswered' }, { kind: 'HrTypingRequested' }],
    over: REQUEST_OVER,
    due: [7],
  },
  {
    key: 'hr_unanswered',
    label: label('高分待答复', 'typing requests without an answer'),
    task: label('安排采血，登记高分答复', 'arrange the blood sample and log the answer'),
    on: 'case',
    begins: { kind: 'HrTypingRequested' },
    ends: [{ kind: 'HrTypingAnswered' }, { kind: 'HrTypingConcluded' }],
    over: REQUEST_OVER,
    due: [14],
  },
  {
    key: 'hr_result_awaited',
    label: label('高分待结果', 'typings without a result'),
    task: label('催问分型结果，登记高分结果', 'ask for the typing result and log it'),
    on: 'case',
    begins: { kind: 'HrTypingAnswered', outcomes: ['agreed'] },
    ends: [{ kind: 'HrTypingConcluded' }],
    over: REQUEST_OVER,
    due: [75],
  },
  {
    key: 'exam_due',
    label: label('待体检', 'examinations due'),
    task: label('安排体检', 'arrange the examination'),
    on: 'case',
    begins: { kind: 'HrTypingConcluded', outcomes: ['match'] },
    ends: [{ kind: 'ExamStarted' }],
    over: REQUEST_OVER,
    due: [30],
  },
  {
    key: 'exam_result_awaited',
    label: label('体检待结论', 'examinations without a conclusion'),
    task: label('催问体检结论并登记', 'ask for the conclusion and log it'),
    on: 'case',
    begins: { kind: 'ExamStarted' },
    ends: [{ kind: 'ExamConcluded' }],
    over: REQUEST_OVER,
    due: [14],
  },
  {
    key: 'donation_due',
    label: label('待捐献', 'donations due'),
    task: label(
      '与采集医院确认日期，或登记请求关闭',
      'settle the date with the collection centre, or log that it is closed',
    ),
    on: 'case',
    begins: { kind: 'ExamConcluded', outcomes: ['fit'] },
    ends: [{ kind: 'DonationCompleted' }],
    over: REQUEST_OVER,
    due: [30],
  },
  {
    key: 'follow_up_due',
    label: label('捐献后随访', 'follow-ups after donation'),
    task: label('联系捐献者，登记随访', 'reach the donor and log the follow-up'),
    on: 'donor',
    begins: { kind: 'DonationCompleted' },
    ends: [{ kind: 'FollowUpRecorded', outcomes: ['well', 'complaint'] }],
    over: [],
    due: [7, 30, 180, 365],
  },
] as const satisfies readonly WorklistDefinition[];

export type WorklistKey = (typeof WORKLISTS)[number]['key'];
