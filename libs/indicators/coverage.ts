import type { EntityManager } from 'typeorm';
import { DUTY_ROWS } from '../catalogue/duties';
import { INDICATORS } from '../catalogue/indicators';
import type { IndicatorDefinition } from '../catalogue/indicator-definition';
import { dateInShanghai, parsePeriod, periodsWithin, type PeriodCode } from '../core/period';
import { ALL_METRICS } from '../metrics/feeds';
import { findCoverage, type Coverage } from './coverage.queries';

/** The kinds that feed each part of a key: a metric is one part, a rate has two. A part that nobody owes is left out. */
const PARTS_BY_KEY: ReadonlyMap<string, readonly (readonly string[])[]> = partsByKey();

/**
 * How many of the orgs right below the registry that owe a figure have reported it for every month of a period that is
 * over; while none is, for the running one (R10). A nil return is a report. Keys that nobody owes, and orgs that are
 * not the registry's root, have no row.
 *
 * @throws {DomainError} when the period cannot be read
 */
export async function readCoverage(
  manager: EntityManager,
  registryId: number,
  org: string,
  period: PeriodCode,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Coverage>> {
  const fed = keys.flatMap((key) =>
    (PARTS_BY_KEY.get(key) ?? []).flatMap((kinds, part) => kinds.map((kind) => ({ key, part, kind }))),
  );
  const months = periodsWithin(parsePeriod(period), 'month').map(({ code }) => code);
  const running = dateInShanghai(new Date()).slice(0, 7);
  const over = months.filter((month) => month < running);
  const asked = over.length > 0 ? over : months.filter((month) => month === running);
  if (fed.length === 0 || asked.length === 0) return new Map();
  const firstDays = asked.map((month) => `${month}-01`);
  const rows = await findCoverage(manager, { registryId, org }, firstDays, DUTY_ROWS, fed);
  return new Map(rows.map(({ key, owe, reported }) => [key, { owe, reported }]));
}

function partsByKey(): ReadonlyMap<string, readonly (readonly string[])[]> {
  const owed = new Set<string>(DUTY_ROWS.map(({ kind }) => kind));
  const kinds = new Map(ALL_METRICS.map(({ key, counts }) => [key, [...new Set(counts.map(({ kind }) => kind))]]));
  const parts = (keys: readonly string[]) =>
    keys.map((key) => kinds.get(key) ?? []).filter((of) => of.some((kind) => owed.has(kind)));
  const indicators: readonly IndicatorDefinition[] = INDICATORS;
  return new Map([
    ...ALL_METRICS.map(({ key }) => [key, parts([key])] as const),
    ...indicators.map(({ key, numerator, denominator }) => [key, parts([numerator, denominator])] as const),
  ]);
}
