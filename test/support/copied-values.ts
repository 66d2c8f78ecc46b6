import type { DataSource } from 'typeorm';
import { INDICATORS } from '../../libs/catalogue/indicators';
import { parsePeriod, periodsWithin, type Period } from '../../libs/core/period';
import { findIndicatorsAsOf, findMetricsAsOf } from '../../libs/indicators/values-as-of.queries';
import type { StoredValue } from '../../libs/indicators/values.queries';
import { ALL_METRICS } from '../../libs/metrics/feeds';
import { findAllScopes } from '../../libs/metrics/scope.queries';

/** The stored values of a registry as they were at a position of its ledger. */
export interface CopiedValues {
  readonly position: string;
  readonly rows: readonly string[];
}

const ROW = `concat_ws(' ', org, own, period, key, state, value, version`;

/** Keeps a copy of the values that stand now; nothing may be waiting. */
export async function copyValues(source: DataSource, registryId: number): Promise<CopiedValues> {
  const [copied] = await source.query(
    `select (select position from recompute_head where registry_id = $1) as position,
      (select count(*)::int from recompute_mark where registry_id = $1) as waiting, array(
        select ${ROW}) from metric_value where registry_id = $1
        union all
        select ${ROW}, coalesce(numerator::text, '-'), denominator) from indicator_value where registry_id = $1
      ) as rows`,
    [registryId],
  );
  if (copied.waiting > 0) throw new Error(`${copied.waiting} marks wait`);
  return { position: copied.position, rows: copied.rows.sort() };
}

/** Every value of the years as it stood at a position, asked for today; of the periods that had begun by then. */
export async function valuesAsOf(
  source: DataSource,
  registryId: number,
  position: string,
  years: readonly string[],
): Promise<string[]> {
  const { manager } = source;
  const [{ month }] = await source.query(
    `select to_char(max(posted_month), 'YYYY-MM') as month from entry where registry_id = $1 and position <= $2`,
    [registryId, position],
  );
  const periods = years.flatMap(periodsOf).filter(({ firstMonth }) => firstMonth <= (month ?? ''));
  if (periods.length === 0) return [];
  const scopes = await findAllScopes(manager, registryId);
  const asked = { registryId, position, scopes, periods, metrics: ALL_METRICS };
  const metrics = (await findMetricsAsOf(manager, asked)).map(rowOf);
  const rates = await findIndicatorsAsOf(manager, asked, INDICATORS);
  return [...metrics, ...rates.map((rate) => `${rowOf(rate)} ${rate.numerator ?? '-'} ${rate.denominator}`)].sort();
}

function rowOf({ org, own, period, key, state, value, version }: StoredValue): string {
  return [org, own ? 't' : 'f', period, key, state, ...(value === null ? [] : [value]), version].join(' ');
}

function periodsOf(year: string): Period[] {
  return (['month', 'quarter', 'half', 'year'] as const).flatMap((grain) => periodsWithin(parsePeriod(year), grain));
}
