import type { DataSource } from 'typeorm';
import { WAY, type MilestoneDefinition } from '../catalogue/milestones';
import { DomainError } from '../core/domain-error';
import { parsePeriod } from '../core/period';
import { asOf, type AsOf } from './as-of';
import { readCaseCursor } from './case-cursor';
import {
  findCohortCases,
  findCohorts,
  findLosses,
  findLostCases,
  type CohortCase,
  type CohortPart,
  type CohortRow,
  type LossRow,
} from './cities.queries';
import { daysOf } from './day-span';
import { funnelPlace, type FunnelPlace } from './funnel-limits';
import { requirePair } from './milestone';
import { page } from './times';
import { wilson } from './wilson';

/** Days after the first request within which milestones count, unless said. */
export const USUAL_WINDOW = 180;

export interface CitiesQuestion {
  readonly registryId: number;
  /** Its own cases and those of each org below it are compared. */
  readonly org: string;
  /** The cohort: in which the first request lies. */
  readonly period: string;
  readonly from: string;
  readonly to: string;
  /** Days; 0 for however long it took. */
  readonly window?: number;
  readonly asOf?: string;
}

export interface CohortRate extends CohortRow {
  /** 95 % by Wilson, in percent; null where there is nothing to divide by. */
  readonly interval: { readonly lower: string; readonly upper: string } | null;
}

export interface CityRate extends CohortRate {
  /** Where a city of its size may lie by chance alone, and whether it does; null where there is nothing to compare. */
  readonly funnel: FunnelPlace | null;
}

/** Cohort rates side by side: no ranks, but which of them chance alone does not explain. */
export interface Cities {
  readonly from: MilestoneDefinition;
  readonly to: MilestoneDefinition;
  readonly period: string;
  readonly window: number | null;
  readonly asOf: AsOf;
  /** All of them together: what they are compared with. */
  readonly whole: CohortRate;
  readonly cities: readonly CityRate[];
  readonly losses: readonly LossRow[];
}

/** @throws {DomainError} when a milestone, the period, the window or the position cannot be read */
export async function readCities({ manager }: Pick<DataSource, 'manager'>, question: CitiesQuestion): Promise<Cities> {
  const { from, to, scope, known } = await resolve({ manager }, question, { own: false, byOrg: true });
  const [rows, losses] = await Promise.all([findCohorts(manager, scope), findLosses(manager, scope, WAY)]);
  const [whole, ...cities] = rows.map((row) => ({
    ...row,
    interval: row.total > 0 ? wilson(row.hits, row.total) : null,
  }));
  if (!whole) throw new Error('grouping over all of them gives a row');
  return {
    from,
    to,
    period: question.period,
    window: scope.window,
    asOf: known,
    whole,
    cities: cities.map((city) => ({ ...city, funnel: city.total > 0 ? funnelPlace(city, whole) : null })),
    losses,
  };
}

export interface CityCasesQuestion extends CitiesQuestion {
  readonly own?: boolean;
  readonly part: CohortPart;
  /** Of the lost ones: whose doing it was, and why. */
  readonly side?: 'donor' | 'patient';
  readonly reason?: string;
  readonly after?: string;
  readonly limit?: number;
}

/** The cases behind a part of a rate, or those that were lost, a page at a time. @throws {DomainError} as `readCities` */
export async function readCityCases(
  { manager }: Pick<DataSource, 'manager'>,
  question: CityCasesQuestion,
): Promise<{ asOf: AsOf; cases: readonly CohortCase[]; next: string | null }> {
  const { part, side = null, reason = null, limit = 50 } = question;
  const after = readCaseCursor(question.after);
  const { scope, known } = await resolve({ manager }, question, { own: question.own ?? false, byOrg: false });
  const asked = { after, limit: limit + 1 };
  const found =
    part === 'lost'
      ? await findLostCases(manager, scope, WAY, { ...asked, side, reason })
      : await findCohortCases(manager, scope, { ...asked, part });
  return { asOf: known, ...page(found, limit, ({ requestedOn }) => requestedOn) };
}

async function resolve(
  { manager }: Pick<DataSource, 'manager'>,
  question: CitiesQuestion,
  whose: { readonly own: boolean; readonly byOrg: boolean },
) {
  const { registryId, org, window = USUAL_WINDOW } = question;
  const { from, to } = requirePair(question.from, question.to);
  const days = daysOf(parsePeriod(question.period));
  if (!Number.isInteger(window) || window < 0 || window > 3650) {
    throw new DomainError(
      'window_not_readable',
      { zh: '观察期应为 0 至 3650 天的整数，0 表示不限。', en: 'The window is 0 to 3650 whole days; 0 is no limit.' },
      { field: 'window' },
    );
  }
  const known = await asOf(manager, registryId, question.asOf);
  const asked = { ...whose, registryId, org, position: known.position, ...days, from: from.move, to: to.move };
  return {
    from,
    to,
    known,
    scope: { ...asked, window: window || null, today: known.today },
  };
}
