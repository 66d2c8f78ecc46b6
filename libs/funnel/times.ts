import type { DataSource } from 'typeorm';
import { WAY, type MilestoneDefinition } from '../catalogue/milestones';
import { parsePeriod } from '../core/period';
import { asOf, type AsOf } from './as-of';
import { readCaseCursor, writeCaseCursor } from './case-cursor';
import { daysOf } from './day-span';
import { requirePair } from './milestone';
import { countOpen, findOpen, type OpenCase } from './open-cases.queries';
import { findPairs, findTimes, type PairCase, type TimeRow } from './times.queries';

export interface TimesQuestion {
  readonly registryId: number;
  readonly org: string;
  readonly own?: boolean;
  readonly period: string;
  /** Keys of two milestones. */
  readonly from: string;
  readonly to: string;
  readonly by?: 'month' | 'org';
  /** A past day, time or position of the ledger; its end unless said. */
  readonly asOf?: string;
}

export interface TimeFigure extends TimeRow {
  /** Cases that had the earlier milestone on the period's last day, and neither the later one nor an ending. */
  readonly open: number | null;
}

/**
 * Days from one milestone to another, of the pairs whose later one lies in the period (R18): the first standing one on or
 * after the day of the first standing earlier one. Decimal strings with one decimal. `WithoutPauses`: without the days on
 * which the patient's side held the case.
 */
export interface Times {
  readonly from: MilestoneDefinition;
  readonly to: MilestoneDefinition;
  readonly period: string;
  /** The day on which `open` is asked. */
  readonly day: string;
  readonly asOf: AsOf;
  /** Months in which nothing was reached have no row, and months do not say how many are open. */
  readonly times: readonly TimeFigure[];
}

/** @throws {DomainError} when a milestone, the period or the position cannot be read */
export async function readTimes({ manager }: Pick<DataSource, 'manager'>, question: TimesQuestion): Promise<Times> {
  const { registryId, org, own = false, by } = question;
  const { from, to } = requirePair(question.from, question.to);
  const { first, last } = daysOf(parsePeriod(question.period));
  const known = await asOf(manager, registryId, question.asOf);
  const scope = { registryId, org, own, byOrg: by === 'org', position: known.position };
  const moves = { from: from.move, to: to.move };
  const [rows, open] = await Promise.all([
    findTimes(manager, { ...scope, ...moves, first, last }, by === 'month'),
    by === 'month' ? [] : countOpen(manager, { ...scope, ...moves, day: last, way: WAY }),
  ]);
  const openOf = new Map(open.map((one) => [`${one.org} ${one.own}`, one.open]));
  const times = rows.map((row) => ({ ...row, open: openOf.get(`${row.org} ${row.own}`) ?? null }));
  return { from, to, period: question.period, day: last, asOf: known, times };
}

export interface TimesCasesQuestion extends Omit<TimesQuestion, 'by'> {
  /** Those that reached the later milestone in the period, or those still open on its last day. */
  readonly state: 'reached' | 'open';
  readonly after?: string;
  readonly limit?: number;
}

export interface TimesCases {
  readonly asOf: AsOf;
  readonly cases: readonly (PairCase | OpenCase)[];
  readonly next: string | null;
}

/** The cases behind a figure of days, a page at a time. @throws {DomainError} as `readTimes` */
export async function readTimesCases(
  { manager }: Pick<DataSource, 'manager'>,
  question: TimesCasesQuestion,
): Promise<TimesCases> {
  const { registryId, org, own = false, limit = 50 } = question;
  const { from, to } = requirePair(question.from, question.to);
  const { first, last } = daysOf(parsePeriod(question.period));
  const after = readCaseCursor(question.after);
  const known = await asOf(manager, registryId, question.asOf);
  const scope = { registryId, org, own, byOrg: false, position: known.position, from: from.move, to: to.move };
  if (question.state === 'reached') {
    const found = await findPairs(manager, { ...scope, first, last }, after, limit + 1);
    return { asOf: known, ...page(found, limit, ({ reachedOn }) => reachedOn) };
  }
  const asked = { sinceMilestone: false, milestone: null, band: null, after, limit: limit + 1 };
  const found = await findOpen(manager, { ...scope, day: last, way: WAY }, asked);
  return { asOf: known, ...page(found, limit, ({ beganOn }) => beganOn) };
}

/** A page and the mark of the next one, of rows of which one more was asked for. */
export function page<Row extends { readonly caseCode: string }>(
  found: readonly Row[],
  limit: number,
  dayOf: (row: Row) => string,
): { cases: Row[]; next: string | null } {
  const cases = found.slice(0, limit);
  const last = cases.at(-1);
  const next = found.length > limit && last ? writeCaseCursor({ day: dayOf(last), caseCode: last.caseCode }) : null;
  return { cases, next };
}
