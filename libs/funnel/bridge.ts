import type { DataSource, EntityManager } from 'typeorm';
import { BRIDGE_TERMS, type BridgeTermKey } from '../catalogue/bridge-terms';
import type { Label } from '../catalogue/label';
import { STAGES, type Stage, type StageKey } from '../catalogue/stages';
import { readCursor, writeCursor } from '../core/cursor';
import { DomainError } from '../core/domain-error';
import { parsePeriod } from '../core/period';
import { KeyUnknown, readMetricValues, type Value } from '../indicators/values';
import { asOf, type AsOf } from './as-of';
import {
  findBridgeEntries,
  planForFunnel,
  sumBridge,
  type BridgeEntry,
  type BridgeScope,
  type LossFilter,
  type TermRow,
} from './bridge.queries';
import { daysOf } from './day-span';
import { findStage } from './find-stage';
import { STAGE_MOVES, type StageMove } from './stage-moves';

/** Before the first stage comes none: nothing leads over to it. */
const [, ...BRIDGED] = STAGES;

export interface BridgeTerm {
  readonly term: BridgeTermKey;
  readonly label: Label;
  /** How many entries its list has. */
  readonly entries: number;
  /** What they add to the figure, signed; the terms add up to it. */
  readonly value: string;
}

export interface LossCount {
  readonly how: string;
  readonly side: string | null;
  readonly reason: string | null;
  readonly cases: number;
}

/** R19: how a stage's figure of a period follows from those who passed the stage before. */
export interface Bridge {
  readonly stage: StageKey;
  readonly after: StageKey;
  readonly period: string;
  readonly org: string;
  readonly own: boolean;
  readonly asOf: AsOf;
  readonly key: string;
  /** The figure that is explained, as the forms print it; null where nothing was reported. */
  readonly requested: string | null;
  readonly terms: readonly BridgeTerm[];
  /** What `lost` is made of. */
  readonly losses: readonly LossCount[];
}

export interface BridgeQuestion {
  readonly registryId: number;
  readonly period: string;
  readonly org: string;
  readonly own?: boolean;
  readonly stage: string;
  /** A date, a time, a seal or a position of the ledger; unless said, that which the figures are computed to. */
  readonly asOf?: string;
}

/**
 * The bridge to a stage, in one moment with the figure that it explains.
 *
 * @throws {DomainError} when the period, the stage or the position cannot be read, or the period was only reported
 */
export async function readBridge(source: DataSource, question: BridgeQuestion): Promise<Bridge> {
  return source.transaction('REPEATABLE READ', async (manager) => {
    const { before, stage, scope, key, at } = await resolve(manager, question);
    const requested = await figureOf(manager, question, key, question.asOf === undefined ? undefined : at.position);
    await planForFunnel(manager);
    const rows = await sumBridge(manager, scope);
    return {
      stage: stage.key,
      after: before.key,
      period: question.period,
      org: scope.org,
      own: scope.own,
      asOf: at,
      key,
      requested,
      terms: termsOf(rows, before, stage),
      losses: rows.flatMap(({ how, side, reason, entries }) =>
        how === null ? [] : [{ how, side, reason, cases: entries }],
      ),
    };
  });
}

export interface BridgeList {
  readonly asOf: AsOf;
  readonly entries: readonly BridgeEntry[];
  readonly next: string | null;
}

/**
 * The entries of one term, a page at a time.
 *
 * @throws {DomainError} as `readBridge`, or when there is no such term, or the cursor cannot be read
 */
export async function readBridgeEntries(
  source: DataSource,
  question: BridgeQuestion & LossFilter & { readonly term: string; readonly after?: string; readonly limit?: number },
): Promise<BridgeList> {
  const term = (Object.keys(BRIDGE_TERMS) as BridgeTermKey[]).find((one) => one === question.term);
  if (!term) {
    throw new DomainError(
      'term_unknown',
      { zh: `衔接表里没有“${question.term}”这一项。`, en: `A bridge has no term "${question.term}".` },
      { field: 'term' },
    );
  }
  const after = readCursor(question.after);
  const limit = question.limit ?? 50;
  return source.transaction('REPEATABLE READ', async (manager) => {
    const { scope, at } = await resolve(manager, question);
    await planForFunnel(manager);
    const found = await findBridgeEntries(manager, scope, term, question, after, limit + 1);
    const entries = found.slice(0, limit);
    const last = entries.at(-1);
    const next = found.length > limit && last ? writeCursor({ day: last.occurredOn, id: last.id }) : null;
    return { asOf: at, entries, next };
  });
}

async function resolve(manager: EntityManager, question: BridgeQuestion) {
  const { registryId, org, own = false } = question;
  const stage = findStage(question.stage, BRIDGED);
  const before = STAGES[STAGES.indexOf(stage) - 1] ?? stage;
  const at = await asOf(manager, registryId, question.asOf, 'computed');
  const scope: BridgeScope = {
    registryId,
    org,
    own,
    ...daysOf(parsePeriod(question.period)),
    position: at.position,
    moves: movesTo(stage),
  };
  return { before, stage, scope, key: stage.requested ?? stage.succeeded, at };
}

async function figureOf(
  manager: EntityManager,
  { registryId, period, org, own }: BridgeQuestion,
  key: string,
  position: string | undefined,
): Promise<string | null> {
  const [figure] = await readMetricValues({ manager }, { registryId, period, org, own, keys: [key], position });
  if (!figure) throw new KeyUnknown(key);
  if (figure.reported) throw new OnlyReported(figure);
  return figure.value;
}

class OnlyReported extends DomainError {
  constructor({ period }: Value) {
    super(
      'only_reported',
      {
        zh: `${period} 年的数是台账之前报送的总数，没有逐例登记，请选台账开始后的期间。`,
        en: `What is known of ${period} are totals from before the ledger; choose a period that has entries.`,
      },
      { field: 'period' },
    );
  }
}

/** What a stage's figure counts enters it; whatever else ends the wait for it loses the request. */
function movesTo(stage: Stage): StageMove[] {
  const number = STAGES.indexOf(stage) + 1;
  const entering = stage.requested ? 'enters' : 'passes';
  return STAGE_MOVES.flatMap((move): StageMove[] => {
    if (move.stage === number && move.role === entering) return [{ ...move, role: 'enters' }];
    if (move.stage === number - 1 && move.role === 'passes') return [move];
    const loses = move.role === 'ends' || (move.stage === number - 1 && move.role === 'fails');
    return loses ? [{ ...move, role: 'ends' }] : [];
  });
}

function termsOf(rows: readonly TermRow[], before: Stage, stage: Stage): BridgeTerm[] {
  const whole = new Map(rows.filter((row) => row.whole).map((row) => [row.term, row]));
  return (Object.keys(BRIDGE_TERMS) as BridgeTermKey[]).map((term) => {
    const { entries, value } = whole.get(term) ?? { entries: 0, value: '0' };
    return { term, label: BRIDGE_TERMS[term](before, stage), entries, value };
  });
}
