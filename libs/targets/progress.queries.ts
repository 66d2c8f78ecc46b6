import type { EntityManager } from 'typeorm';

export interface MonthlyValue {
  readonly key: string;
  /** The month, `YYYY-MM`. */
  readonly period: string;
  readonly value: string;
}

/** What some metrics of an org were in some months, `YYYY-MM`; a month without a row is missing. */
export async function findMonthlyValues(
  manager: EntityManager,
  registryId: number,
  org: string,
  keys: readonly string[],
  months: readonly string[],
): Promise<MonthlyValue[]> {
  return manager.query(
    `select key, period, value::text as value from metric_value
      where registry_id = $1 and org = $2 and not own and period = any($3) and key = any($4)
        and state in ('value', 'zero')`,
    [registryId, org, months, keys],
  );
}

// Of each org and month one row is looked for; what stands of years before is not read. The limit keeps the planner to that.
const toldBy = (table: string, upTo = '') => `
  select o.org, m.month::date
  from org o
  cross join generate_series(
    ($3 || '-01')::date - interval '3 years', ($3 || '-01')::date, interval '1 month'
  ) as m (month)
  cross join lateral (
    select from ${table} t
    where t.registry_id = $1 and t.org = o.org and t.posted_month = m.month::date ${upTo} limit 1
  ) one
  where o.registry_id = $1`;

const TALLIED = toldBy('monthly_tally');
const WRITTEN = toldBy('entry', 'and t.position <= $5');

/**
 * The last month on or before one, of three years, `YYYY-MM`, that is reported: in which at least half of the orgs right
 * below the registry that were not closed have entries. What one city has sent of a new month is not yet the registry's,
 * but it is that city's. Null where there is none. The orgs are today's, or those of a position, and so are the entries.
 */
export async function findLastReportedMonth(
  manager: EntityManager,
  { registryId, org, orgsAsOf, position }: { registryId: number; org: string; orgsAsOf?: string; position?: string },
  lastMonth: string,
): Promise<string | null> {
  const [last] = await manager.query(
    `with root as materialized (select org from org where registry_id = $1 and parent is null),
      reporting as materialized (
        select o.org, o.closed_on from orgs_at($1, $4) o join root on o.parent = root.org
      ),
      told as materialized (${position === undefined ? TALLIED : WRITTEN}),
      reported as (
        select distinct c.ancestor as org, t.month
        from org_closure c join told t on t.org = c.org
        where c.registry_id = $1 and (c.ancestor = $2 or c.ancestor = any(array(select org from reporting)))
      ),
      counted as (
        select month, count(*) filter (where org = any(array(select org from reporting))) as orgs,
          bool_or(org = $2 and org <> (select org from root)) as own
        from reported group by month
      )
      select to_char(max(c.month), 'YYYY-MM') as month
      from counted c
      where c.own or 2 * c.orgs >= (
        select count(*) from reporting p where p.closed_on is null or p.closed_on >= c.month
      )`,
    [registryId, org, lastMonth, orgsAsOf ?? null, ...(position === undefined ? [] : [position])],
  );
  return last.month;
}
