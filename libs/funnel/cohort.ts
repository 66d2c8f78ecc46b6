import type { DataSource, EntityManager } from 'typeorm';
import type { Label } from '../catalogue/label';
import { CONVERSION_WINDOWS, STAGES, type StageKey } from '../catalogue/stages';
import { readCursor, writeCursor } from '../core/cursor';
import { decimal, round } from '../core/decimal';
import { DomainError } from '../core/domain-error';
import { parsePeriod } from '../core/period';
import { asOf, type AsOf } from './as-of';
import { planForFunnel, type LossFilter } from './bridge.queries';
import {
  COHORT_PARTS,
  countCohort,
  findCohortCases,
  type CohortCase,
  type CohortCounts,
  type CohortPart,
  type CohortScope,
} from './cohort.queries';
import { daysOf } from './day-span';
import { findStage } from './find-stage';
import { STAGE_MOVES } from './stage-moves';

/** A share with what it was made of. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
  /** Percent with two decimals; null where the denominator is 0. */
  readonly value: string | null;
}

/** Of the requests that are old enough, how many passed within so many days of their first request. */
export interface ConversionWindow extends Share {
  readonly days: number;
  /** Younger requests, of which it is not known yet. */
  readonly censored: number;
}

export interface CohortLoss {
  readonly how: string;
  readonly side: string | null;
  readonly reason: string | null;
  /** Whether the stage had been passed before. */
  readonly after: boolean;
  readonly cases: number;
}

/**
 * One stage of a cohort. Whoever reached it passed, is open in it, or was lost in it; whoever passed it reached the next,
 * waits for it, or was lost before it.
 */
export interface CohortStage {
  readonly stage: StageKey;
  readonly label: Label;
  readonly reached: number;
  readonly passed: number;
  readonly open: number;
  readonly lost: number;
  readonly waiting: number;
  readonly lostAfter: number;
  /** Of those open and waiting. */
  readonly held: number;
  /** Of `lost` and `lostAfter`. */
  readonly donorSide: number;
  readonly patientSide: number;
  readonly losses: readonly CohortLoss[];
  /** Of those who passed the stage before, how many reached this one; of the first, of all. */
  readonly fromBefore: Share;
  readonly success: Share;
  readonly windows: readonly ConversionWindow[];
}

/** R18: the requests that began in a period, followed to their end whatever the month. Never sealed. */
export interface Cohort {
  readonly period: string;
  readonly org: string;
  readonly own: boolean;
  readonly asOf: AsOf;
  readonly cases: number;
  readonly stages: readonly CohortStage[];
}

export interface CohortQuestion {
  readonly registryId: number;
  readonly period: string;
  readonly org: string;
  readonly own?: boolean;
  /** A date, a time, a seal or a position of the ledger; now unless said. */
  readonly asOf?: string;
}

/** @throws {DomainError} when the period or the position cannot be read */
export async function readCohort(source: DataSource, question: CohortQuestion): Promise<Cohort> {
  return source.transaction('REPEATABLE READ', async (manager) => {
    const { scope, at } = await resolve(manager, question);
    const counts = await countCohort(manager, scope);
    const { org, own } = scope;
    return { period: question.period, org, own, asOf: at, cases: counts.cases, stages: stagesOf(counts) };
  });
}

export interface CohortListQuestion extends CohortQuestion, LossFilter {
  readonly part: string;
  readonly stage: string;
  /** Compulsory for `complete`, `within` and `censored`. */
  readonly days?: number;
  readonly after?: string;
  readonly limit?: number;
}

export interface CohortList {
  readonly asOf: AsOf;
  readonly cases: readonly (Omit<CohortCase, 'reached'> & { readonly reached: StageKey })[];
  readonly next: string | null;
}

/**
 * The requests behind a number of a cohort, a page at a time.
 *
 * @throws {DomainError} when the period, the position, the stage, the part or the cursor cannot be read
 */
export async function readCohortCases(source: DataSource, question: CohortListQuestion): Promise<CohortList> {
  const { how, side, reason } = question;
  const stage = STAGES.indexOf(findStage(question.stage, STAGES)) + 1;
  const asked = { ...readPart(question), stage, how, side, reason };
  const after = readCursor(question.after);
  const limit = question.limit ?? 50;
  return source.transaction('REPEATABLE READ', async (manager) => {
    const { scope, at } = await resolve(manager, question);
    const found = await findCohortCases(manager, scope, asked, after, limit + 1);
    const cases = found.slice(0, limit).map((one) => ({ ...one, reached: stageAt(one.reached).key }));
    const last = cases.at(-1);
    const next = found.length > limit && last ? writeCursor({ day: last.firstRequestedOn, id: last.id }) : null;
    return { asOf: at, cases, next };
  });
}

async function resolve(manager: EntityManager, question: CohortQuestion): Promise<{ scope: CohortScope; at: AsOf }> {
  const { registryId, org, own = false } = question;
  const days = daysOf(parsePeriod(question.period));
  const at = await asOf(manager, registryId, question.asOf, 'last');
  await planForFunnel(manager);
  const scope: CohortScope = {
    registryId,
    org,
    own,
    ...days,
    position: at.position,
    moves: STAGE_MOVES,
    today: at.today,
    windows: CONVERSION_WINDOWS,
    stages: STAGES.length,
  };
  return { scope, at };
}

function readPart({ part, days }: CohortListQuestion): { part: CohortPart; days: number | null } {
  const known = COHORT_PARTS.find((one) => one === part);
  if (!known) {
    throw new DomainError(
      'part_unknown',
      {
        zh: `没有“${part}”这一项，可用 ${COHORT_PARTS.join('、')}。`,
        en: `There is no part "${part}"; use ${COHORT_PARTS.join(', ')}.`,
      },
      { field: 'part' },
    );
  }
  const needsDays = known === 'complete' || known === 'within' || known === 'censored';
  if (!needsDays) return { part: known, days: null };
  if (days !== undefined) return { part: known, days };
  throw new DomainError(
    'days_missing',
    { zh: '请说明多少天以内（days）。', en: 'Say within how many days (days).' },
    { field: 'days' },
  );
}

function stageAt(number: number) {
  return STAGES[number - 1] ?? STAGES[0];
}

function share(numerator: number, denominator: number): Share {
  const value =
    denominator === 0
      ? null
      : round(
          decimal(String(numerator))
            .times(100)
            .dividedBy(decimal(String(denominator))),
          2,
        );
  return { numerator, denominator, value };
}

function stagesOf({ cases, stages, losses, windows }: CohortCounts): CohortStage[] {
  return stages.map(({ stage, ...counts }, index): CohortStage => {
    const own = losses.filter((one) => one.stage === stage);
    const { key, label } = stageAt(stage);
    return {
      stage: key,
      label,
      ...counts,
      losses: own.map(({ how, side, reason, after, cases: lost }) => ({ how, side, reason, after, cases: lost })),
      fromBefore: share(counts.reached, stages[index - 1]?.passed ?? cases),
      success: share(counts.passed, counts.reached),
      windows: windows
        .filter((one) => one.stage === stage)
        .map(({ days, within, complete, censored }) => ({ days, ...share(within, complete), censored })),
    };
  });
}
