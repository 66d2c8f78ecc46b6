import type { EntityManager } from 'typeorm';
import { DUTY_ROWS } from '../catalogue/duties';
import type { Definitions } from '../catalogue/effective';
import { versionAt } from '../catalogue/versions';
import { dateInShanghai, parsePeriod, periodsWithin, type Month, type PeriodCode } from '../core/period';
import type { LedgerMoment } from './as-of.queries';
import { findCoverage, type Coverage } from './coverage.queries';
import { definitionsFor } from './value-meaning';

const OWED: ReadonlySet<string> = new Set(DUTY_ROWS.map(({ kind }) => kind));

/**
 * How many of the orgs right below the registry that owe a figure have reported it for every month of a period that is
 * over; while none is, for the running one (R10). A nil return is a report. Keys that nobody owes, and orgs that are
 * not the registry's root, have no row. As of a moment of the past: as many as owed it and had reported it then.
 *
 * @throws {DomainError} when the period cannot be read
 */
export async function readCoverage(
  manager: EntityManager,
  registryId: number,
  org: string,
  period: PeriodCode,
  keys: readonly string[],
  asOf?: LedgerMoment,
): Promise<ReadonlyMap<string, Coverage>> {
  const parts = partsAt(
    await definitionsFor(manager, { registryId, position: asOf?.position }),
    parsePeriod(period).lastMonth,
  );
  const fed = keys.flatMap((key) =>
    (parts.get(key) ?? []).flatMap((kinds, part) => kinds.map((kind) => ({ key, part, kind }))),
  );
  const months = periodsWithin(parsePeriod(period), 'month').map(({ code }) => code);
  const running = dateInShanghai(asOf?.recordedAt ?? new Date()).slice(0, 7);
  const over = months.filter((month) => month < running);
  const asked = over.length > 0 ? over : months.filter((month) => month === running);
  if (fed.length === 0 || asked.length === 0) return new Map();
  const firstDays = asked.map((month) => `${month}-01`);
  const rows = await findCoverage(manager, { registryId, org, position: asOf?.position }, firstDays, DUTY_ROWS, fed);
  return new Map(rows.map(({ key, owe, reported }) => [key, { owe, reported }]));
}

/**
 * The kinds that feed each part of a key, by the versions in force in a month (R15): a metric is one part, a rate has
 * two. A part that nobody owes is left out.
 */
function partsAt(definitions: Definitions, month: Month): ReadonlyMap<string, readonly (readonly string[])[]> {
  const kinds = new Map(
    definitions.metrics.map((metric) => {
      return [metric.key, [...new Set(versionAt(metric, month).counts.map(({ kind }) => kind))]];
    }),
  );
  const parts = (keys: readonly string[]) =>
    keys.map((key) => kinds.get(key) ?? []).filter((of) => of.some((kind) => OWED.has(kind)));
  const rates = definitions.indicators.map((indicator) => versionAt(indicator, month));
  return new Map([
    ...[...kinds.keys()].map((key) => [key, parts([key])] as const),
    ...rates.map(({ key, numerator, denominator }) => [key, parts([numerator, denominator])] as const),
  ]);
}
