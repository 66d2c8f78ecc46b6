import type { IndicatorKey } from './indicators';
import { label, type Label } from './label';
import type { MetricKey } from './metrics';
import type { ReasonCode } from './reasons';
import type { Move } from './worklists';

export type StageKey = 'screen' | 'remobilise' | 'hr' | 'exam' | 'donation';

export const LOSS_WAYS = ['refused', 'mismatch', 'unfit', 'retracted', 'closed'] as const;
export const LOSS_SIDES = ['donor', 'patient'] as const;

/** What takes a request off its way. */
export interface Loss extends Move {
  readonly how: (typeof LOSS_WAYS)[number];
  /** Whose doing it is; null of a request that was closed as donated without a donation. */
  readonly side: (typeof LOSS_SIDES)[number] | null;
  /** Where the entry itself names none. */
  readonly reason?: ReasonCode;
}

/** A step of the pathway: a request enters it, and passes it or comes to nothing. */
export interface Stage {
  readonly key: StageKey;
  readonly label: Label;
  readonly enters: Move;
  readonly passes: Move;
  /** What ends the way after the stage was entered and before the next one is, besides `REQUEST_LOSSES`. */
  readonly fails: readonly Loss[];
  /** The figures that the forms print of it. */
  readonly requested?: MetricKey;
  readonly succeeded: MetricKey;
  readonly rate?: IndicatorKey;
}

/** The pathway from a first request to a donation, as the year's report tells it. */
export const STAGES: readonly [Stage, ...Stage[]] = [
  {
    key: 'screen',
    label: label('初筛', 'First mobilisation'),
    enters: { kind: 'ScreenRequested' },
    passes: { kind: 'ScreenAnswered', outcomes: ['agreed'] },
    fails: [{ kind: 'ScreenAnswered', outcomes: ['refused'], how: 'refused', side: 'donor' }],
    requested: 'match.screen_requested',
    succeeded: 'match.screen_agreed',
    rate: 'rate.screen_agree',
  },
  {
    key: 'remobilise',
    label: label('再动员', 'Second mobilisation'),
    enters: { kind: 'RemobiliseRequested' },
    passes: { kind: 'RemobiliseAnswered', outcomes: ['agreed'] },
    fails: [{ kind: 'RemobiliseAnswered', outcomes: ['refused'], how: 'refused', side: 'donor' }],
    requested: 'match.remobilise_requested',
    succeeded: 'match.remobilise_agreed',
    rate: 'rate.remobilise_agree',
  },
  {
    key: 'hr',
    label: label('高分辨', 'High resolution'),
    enters: { kind: 'HrTypingRequested' },
    passes: { kind: 'HrTypingAnswered', outcomes: ['agreed'] },
    fails: [
      { kind: 'HrTypingAnswered', outcomes: ['refused'], how: 'refused', side: 'donor' },
      { kind: 'HrTypingConcluded', outcomes: ['mismatch'], how: 'mismatch', side: 'donor', reason: 'MM' },
    ],
    requested: 'match.hr_requested',
    succeeded: 'match.hr_agreed',
    rate: 'rate.hr_agree',
  },
  {
    key: 'exam',
    label: label('体检', 'Examination'),
    enters: { kind: 'ExamStarted' },
    passes: { kind: 'ExamConcluded', outcomes: ['fit'] },
    fails: [{ kind: 'ExamConcluded', outcomes: ['unfit'], how: 'unfit', side: 'donor' }],
    requested: 'workup.exam_started',
    succeeded: 'workup.exam_completed',
    rate: 'rate.exam_complete',
  },
  {
    key: 'donation',
    label: label('捐献', 'Donation'),
    enters: { kind: 'MobilisationStarted' },
    passes: { kind: 'DonationCompleted' },
    fails: [],
    succeeded: 'donation.completed',
  },
];

/** What ends a request for good, at whatever stage it is. */
export const REQUEST_LOSSES: readonly Loss[] = [
  { kind: 'DonorRetracted', how: 'retracted', side: 'donor' },
  { kind: 'RequestClosed', outcomes: ['donor_side'], how: 'closed', side: 'donor' },
  { kind: 'RequestClosed', outcomes: ['patient_side'], how: 'closed', side: 'patient' },
  { kind: 'RequestClosed', outcomes: ['donated'], how: 'closed', side: null },
];

/** Days after the first request within which passing a stage is told. */
export const CONVERSION_WINDOWS = [30, 60, 90, 180, 365] as const;
