import { REQUEST_LOSSES, STAGES, type Loss, type Stage } from '../catalogue/stages';
import type { Move } from '../catalogue/worklists';

/** What an entry of a kind does to a request; an empty outcome stands for any. */
export interface StageMove {
  readonly kind: string;
  readonly outcome: string;
  readonly role: 'enters' | 'passes' | 'fails' | 'ends' | 'holds' | 'resumes';
  /** From 1; 0 of what belongs to no stage. */
  readonly stage: number;
  /** Of two moves of one day, which is taken to be the earlier. */
  readonly rank: number;
  readonly how: Loss['how'] | null;
  readonly side: Loss['side'];
  readonly reason: string | null;
}

type Unranked = Omit<StageMove, 'rank'>;

function moves(role: StageMove['role'], stage: number, move: Move | Loss): Unranked[] {
  const { how = null, side = null, reason = null } = 'how' in move ? move : {};
  return (move.outcomes ?? ['']).map((outcome) => ({ kind: move.kind, outcome, role, stage, how, side, reason }));
}

/** Of two answers of one day the yes is the later one, for the way goes on after it. */
function movesOf({ enters, passes, fails }: Stage, index: number): Unranked[] {
  const stage = index + 1;
  const failing = (answers: boolean) =>
    fails.filter(({ kind }) => (kind === passes.kind) === answers).flatMap((one) => moves('fails', stage, one));
  return [...moves('enters', stage, enters), ...failing(true), ...moves('passes', stage, passes), ...failing(false)];
}

/** All that moves a request on its way, in the order in which it is taken to happen on one day. */
export const STAGE_MOVES: readonly StageMove[] = [
  ...STAGES.flatMap(movesOf),
  ...moves('holds', 0, { kind: 'RequestHeld' }),
  ...moves('resumes', 0, { kind: 'RequestResumed' }),
  ...REQUEST_LOSSES.flatMap((one) => moves('ends', 0, one)),
].map((move, rank) => ({ ...move, rank }));
