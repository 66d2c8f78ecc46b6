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
  readonly reported: boolean;
  readonly position: string;
  readonly computedAt: Date;
}

/** Which stored values are asked for: those of some scopes, periods and keys. */
export interface Stored {
  readonly registryId: number;
  readonly scopes: readonly { org: string; own: boolean }[];
  readonly periods: readonly string[];
  readonly keys: readonly string[];
}

const PARTS = { metric_value: 'null', indicator_value: 'v.%::text' } as const;

/** Flows, rates, and running totals of periods that have a row of their own. */
export async function findValues(
  manager: EntityManager,
  table: keyof typeof PARTS,
  { registryId, scopes, periods, keys }: Stored,
): Promise<StoredValue[]> {
  const part = (name: string) => `${PARTS[table].replace('%', name)} as ${name}`;
  return manager.query(
    `select v.key, v.org, v.own, v.period, v.state, v.value::text, ${part('numerator')}, ${part('denominator')},
        v.version, v.period < to_char(g.first_day, 'YYYY') as reported, v.position, v.computed_at as "computedAt"
      from json_to_recordset($2::json) as s (org text, own boolean)
      join ${table} v on v.registry_id = $1 and v.org = s.org and v.own = s.own
      join registry g on g.registry_id = $1
      -- Arrays, so that the key is asked for these orgs alone, and not for the periods of all.
      where v.org = any($5) and v.own = any($6) and v.period = any($3) and v.key = any($4)`,
    [
      registryId,
      JSON.stringify(scopes),
      periods,
      keys,
      [...new Set(scopes.map(({ org }) => org))],
      [...new Set(scopes.map(({ own }) => own))],
    ],
  );
}

const TALLIED = `
  select t.posted_month as last from monthly_tally t
  where t.registry_id = $1 and t.org = o.org and t.posted_month <= ($2 || '-01')::date
  order by t.posted_month desc limit 1`;

const WRITTEN = `
  select e.posted_month as last from entry e
  where e.registry_id = $1 and e.org = o.org and e.posted_month <= ($2 || '-01')::date and e.position <= $3
  order by e.posted_month desc limit 1`;

/**
 * The last month with entries on or before one, `YYYY-MM`: the months after it have no rows, though a stock is there
 * what it was (R11). Null where there is none. From the end of each org's key, for tallies are as many as the ledger is
 * old; at a position from the entries up to it.
 */
export async function findLastMonth(
  manager: EntityManager,
  registryId: number,
  lastMonth: string,
  position?: string,
): Promise<string | null> {
  const [last] = await manager.query(
    `select to_char(max(m.last), 'YYYY-MM') as month
      from org o cross join lateral (${position === undefined ? TALLIED : WRITTEN}) m
      where o.registry_id = $1`,
    [registryId, lastMonth, ...(position === undefined ? [] : [position])],
  );
  return last.month;
}
