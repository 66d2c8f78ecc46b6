import { label, type Label } from './label';
import { REQUEST_LOSSES, STAGES } from './stages';
import type { Move } from './worklists';

/** A point on the way of a request that days are counted from, or to. */
export interface MilestoneDefinition {
  readonly key: string;
  readonly label: Label;
  readonly move: Move;
}

/** In the order in which a request comes by them. */
export const MILESTONES = [
  { key: 'screen_requested', label: label('初筛', 'first mobilisation'), move: { kind: 'ScreenRequested' } },
  {
    key: 'screen_agreed',
    label: label('初筛同意', 'first mobilisation agreed'),
    move: { kind: 'ScreenAnswered', outcomes: ['agreed'] },
  },
  { key: 'remobilise_requested', label: label('再动员', 'second mobilisation'), move: { kind: 'RemobiliseRequested' } },
  {
    key: 'remobilise_agreed',
    label: label('再动员同意', 'second mobilisation agreed'),
    move: { kind: 'RemobiliseAnswered', outcomes: ['agreed'] },
  },
  { key: 'hr_requested', label: label('高分辨', 'typing requested'), move: { kind: 'HrTypingRequested' } },
  {
    key: 'hr_agreed',
    label: label('高分同意', 'typing agreed'),
    move: { kind: 'HrTypingAnswered', outcomes: ['agreed'] },
  },
  {
    key: 'hr_matched',
    label: label('高分相合', 'typing matched'),
    move: { kind: 'HrTypingConcluded', outcomes: ['match'] },
  },
  { key: 'exam_started', label: label('体检', 'examination'), move: { kind: 'ExamStarted' } },
  {
    key: 'exam_fit',
    label: label('体检合格', 'examination passed'),
    move: { kind: 'ExamConcluded', outcomes: ['fit'] },
  },
  { key: 'mobilisation_started', label: label('动员剂', 'mobilisation agent'), move: { kind: 'MobilisationStarted' } },
  { key: 'donated', label: label('捐献', 'donation'), move: { kind: 'DonationCompleted' } },
] as const satisfies readonly MilestoneDefinition[];

export type MilestoneKey = (typeof MILESTONES)[number]['key'];

/** The milestone that a request begins with: its day and org are the request's cohort and place (R18). */
export const FIRST_MILESTONE = MILESTONES[0];

/** What an entry is to the way of a request. */
export interface WayMove {
  readonly kind: string;
  /** Empty: any. */
  readonly outcome: string;
  /** Of two on one day the higher one comes later. */
  readonly step: number;
  /** Of two that end the request the higher one tells how; 0 while it may go on. */
  readonly ends: number;
  readonly milestone: string | null;
  /** Whose doing it is that the request came to nothing; null where it did not. */
  readonly side: 'donor' | 'patient' | null;
  /** Where the entry itself names none. */
  readonly reason: string | null;
}

const FAILS = STAGES.flatMap(({ fails }) => fails);

/** All that moves a request on, stops it for now, or ends it. A refusal ends it only as long as nothing follows. */
export const WAY: readonly WayMove[] = [
  ...MILESTONES.flatMap(({ key, move }, index) =>
    outcomesOf(move).map((outcome) => ({
      kind: move.kind,
      outcome,
      step: index * 2,
      ends: key === 'donated' ? 3 : 0,
      milestone: key,
      side: null,
      reason: null,
    })),
  ),
  ...FAILS.flatMap((fail) => {
    const { kind, side, reason = null } = fail;
    const step = MILESTONES.findIndex((one) => one.move.kind === kind) * 2 + 1;
    return outcomesOf(fail).map((outcome) => ({ kind, outcome, step, ends: 0, milestone: null, side, reason }));
  }),
  ...REQUEST_LOSSES.flatMap((loss) => {
    const { kind, side, reason = null } = loss;
    const ends = kind === 'RequestClosed' ? 2 : 1;
    return outcomesOf(loss).map((outcome) => ({ kind, outcome, step: 100, ends, milestone: null, side, reason }));
  }),
];

function outcomesOf(move: Move): readonly string[] {
  return move.outcomes ?? [''];
}
