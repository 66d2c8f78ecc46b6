import type { EntityManager } from 'typeorm';

export type ValueState = 'value' | 'zero' | 'missing' | 'not_applicable';

export interface StoredValue {
  readonly key: string;
  readonly org: string;
  readonly own: boolean;
  readonly period: string;
  readonly state: ValueState;
  readonly value: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly version: number;
  readonly position: string;
  readonly computedAt: Date;
}

const SCOPES = `json_to_recordset($2::json) as s (org text, own boolean)`;

// What has no children keeps no rows of its own entries: they are its whole.
const OF_SCOPE = `v.registry_id = $1 and v.org = s.org and v.own = (s.own and exists (
  select from org child where child.registry_id = $1 and child.parent = s.org))`;

/** Flows, and running totals of periods that have a row of their own. */
export async function findMetricValues(
  manager: EntityManager,
  registryId: number,
  scopes: readonly { org: string; own: boolean }[],
  periods: readonly string[],
  keys: readonly string[],
): Promise<StoredValue[]> {
  return manager.query(
    `select v.key, v.org, s.own, v.period, v.state, v.value::text, null as numerator, null as denominator, v.version,
        v.position, v.computed_at as "computedAt"
      from ${SCOPES} join metric_value v on ${OF_SCOPE}
      where v.period = any($3) and v.key = any($4)`,
    [registryId, JSON.stringify(scopes), periods, keys],
  );
}

// The last month with entries on or before one: a month after it has no rows, though its stock is what it was (R11).
const LAST_MONTH = `(select to_char(max(t.posted_month), 'YYYY-MM') from monthly_tally t
  where t.registry_id = $1 and t.posted_month <= ($3 || '-01')::date)`;

/** Running totals as they stood in the last month with entries on or before a month. */
export async function findLastMonthValues(
  manager: EntityManager,
  registryId: number,
  scopes: readonly { org: string; own: boolean }[],
  lastMonth: string,
  keys: readonly string[],
): Promise<StoredValue[]> {
  return manager.query(
    `select v.key, v.org, s.own, v.period, v.state, v.value::text, null as numerator, null as denominator, v.version,
        v.position, v.computed_at as "computedAt"
      from ${SCOPES} join metric_value v on ${OF_SCOPE}
      where v.period = ${LAST_MONTH} and v.key = any($4)`,
    [registryId, JSON.stringify(scopes), lastMonth, keys],
  );
}

export async function findIndicatorValues(
  manager: EntityManager,
  registryId: number,
  scopes: readonly { org: string; own: boolean }[],
  periods: readonly string[],
  keys: readonly string[],
): Promise<StoredValue[]> {
  return manager.query(
    `select v.key, v.org, s.own, v.period, v.state, v.value::text, v.numerator::text, v.denominator::text, v.version,
        v.position, v.computed_at as "computedAt"
      from ${SCOPES} join indicator_value v on ${OF_SCOPE}
      where v.period = any($3) and v.key = any($4)`,
    [registryId, JSON.stringify(scopes), periods, keys],
  );
}

/** Rates as they stood in the last month with entries on or before a month. */
export async function findLastMonthIndicatorValues(
  manager: EntityManager,
  registryId: number,
  scopes: readonly { org: string; own: boolean }[],
  lastMonth: string,
  keys: readonly string[],
): Promise<StoredValue[]> {
  return manager.query(
    `select v.key, v.org, s.own, v.period, v.state, v.value::text, v.numerator::text, v.denominator::text, v.version,
        v.position, v.computed_at as "computedAt"
      from ${SCOPES} join indicator_value v on ${OF_SCOPE}
      where v.period = ${LAST_MONTH} and v.key = any($4)`,
    [registryId, JSON.stringify(scopes), lastMonth, keys],
  );
}

export interface TargetRow {
  readonly org: string;
  readonly period: string;
  readonly key: string;
  readonly operator: 'ge' | 'le' | 'eq';
  readonly value: string;
}

export async function findTargets(
  manager: EntityManager,
  registryId: number,
  period: string,
  org: string | null,
): Promise<TargetRow[]> {
  return manager.query(
    `select org, period, key, operator, trim_scale(value)::text as value from target
      where registry_id = $1 and period = $2 and ($3::text is null or org = $3) order by org, key`,
    [registryId, period, org],
  );
}
