import type { EntityManager } from 'typeorm';
import { turnsOf, type Feed, type VersionRow } from './feeds';
import type { Scope } from './recompute.queries';
import type { ValueScope } from './scope.queries';

/** Which months a period is made of; `last` is the period's last month. */
export interface PeriodMonth {
  readonly period: string;
  readonly month: string;
  readonly first: string;
  readonly last: string;
  readonly year: string;
  /** Tells the months, quarters, halves and the whole of one year apart in a mask. */
  readonly bit: number;
}

export interface StandingValue {
  readonly org: string;
  readonly own: boolean;
  readonly period: string;
  readonly key: string;
  readonly value: string;
}

/**
 * Forgets the values of these metrics in these scopes and periods.
 *
 * @returns what they were, of those that are to be known
 */
export async function deleteMetricValues(
  manager: EntityManager,
  registryId: number,
  keys: readonly string[],
  scopes: readonly ValueScope[],
  periods: readonly string[],
  known: readonly string[] = [],
): Promise<StandingValue[]> {
  return manager.query(
    `with gone as (
        delete from metric_value v
        using json_to_recordset($2::json) as s (org text, own boolean)
        where v.registry_id = $1 and v.org = s.org and v.own = s.own and v.org = any($5) and v.period = any($3)
          and v.key = any($4)
        returning v.org, v.own, v.period, v.key, v.value
      )
      select * from gone where key = any($6)`,
    [registryId, JSON.stringify(scopes), periods, keys, scopes.map((one) => one.org), known],
  );
}

// The orgs whose own entries make up a scope.
export const MEMBERS = `
  scope as (select * from json_to_recordset($3::json) as s (org text, own boolean)),
  member as (
    select s.org, s.own, c.org as member from scope s
    join org_closure c on c.registry_id = $1 and c.ancestor = s.org and (not s.own or c.org = s.org)
  )`;

export const VALUE_COLUMNS = `registry_id, org, own, period, key, state, value, version, position, computed_at`;

/** A feed of a sum: each month's entries count by the version of their month; else by that of the period's end. */
export interface SumFeed extends Feed {
  readonly adds: boolean;
}

const SUM_FEED = `json_to_recordset($5::json) as f
  (key text, kind text, outcome text, reason text, times numeric, since date, until date, adds boolean)`;

/**
 * Sums (R9): quantities added over orgs and months. A cell is missing, and gets no row, where no entry of its feeding
 * kinds stands: reversals strike their original when that lies in the period, and stand alone when it lies before.
 *
 * Months between two changes of any meaning are counted together, as of the day of the first (R15). A reversal goes by
 * the version of its original's month: it takes away what that was counted for.
 */
export async function insertSums(
  manager: EntityManager,
  scope: Scope,
  scopes: readonly ValueScope[],
  periods: readonly PeriodMonth[],
  feeds: readonly SumFeed[],
  versions: readonly VersionRow[],
): Promise<void> {
  await manager.query(
    `with ${MEMBERS},
      period as (select * from json_to_recordset($4::json) as p (period text, month date, first date, last date)),
      feed as (select * from ${SUM_FEED}),
      kind_of as (select distinct key, kind, since, until, adds from feed),
      version_of as (
        select * from json_to_recordset($6::json) as v (key text, version int, since date, until date)
      ),
      tally as materialized (
        select m.org, m.own, p.period, p.last,
          coalesce(($9::date[])[width_bucket(t.original_month, $9::date[])], '-infinity') as meant, t.kind, t.outcome, t.reason, sum(t.quantity) as quantity,
          sum(t.originals) as originals,
          coalesce(sum(t.reversals) filter (where t.original_month >= p.first), 0) as paired,
          coalesce(sum(t.reversals) filter (where t.original_month < p.first), 0) as alone
        from monthly_tally t
        join member m on m.member = t.org
        join period p on p.month = t.posted_month
        where t.registry_id = $1 and t.kind = any($7) and t.posted_month = any($8)
          and t.org = any(array(select member from member))
        group by m.org, m.own, p.period, p.last, meant, t.kind, t.outcome, t.reason
      ),
      standing as (
        select t.org, t.own, t.period, t.last, k.key
        from tally t join kind_of k on k.kind = t.kind
          and case when k.adds then t.meant else t.last end >= k.since
          and case when k.adds then t.meant else t.last end < k.until
        group by t.org, t.own, t.period, t.last, k.key
        having sum(t.originals - t.paired + t.alone) > 0
      ),
      counted as (
        select t.org, t.own, t.period, f.key, sum(t.quantity * f.times) as value
        from tally t
        join feed f on f.kind = t.kind and f.outcome in ('', t.outcome) and f.reason in ('', t.reason)
          and case when f.adds then t.meant else t.last end >= f.since
          and case when f.adds then t.meant else t.last end < f.until
        group by t.org, t.own, t.period, f.key
      )
      insert into metric_value (${VALUE_COLUMNS})
      select $1, s.org, s.own, s.period, s.key,
        case when coalesce(c.value, 0) = 0 then 'zero' else 'value' end,
        trim_scale(coalesce(c.value, 0)), v.version, $2, now()
      from standing s
      left join counted c using (org, own, period, key)
      join version_of v on v.key = s.key and s.last >= v.since and s.last < v.until`,
    [
      scope.registryId,
      scope.position,
      JSON.stringify(scopes),
      JSON.stringify(periods),
      JSON.stringify(feeds),
      JSON.stringify(versions),
      [...new Set(feeds.map((feed) => feed.kind))],
      [...new Set(periods.map((period) => period.month))],
      turnsOf(feeds),
    ],
  );
}

/** Of orgs without children the own values, which are those of the whole. */
export async function insertOwnOfLeaves(
  manager: EntityManager,
  registryId: number,
  keys: readonly string[],
  scopes: readonly ValueScope[],
  periods: readonly string[],
): Promise<void> {
  await manager.query(
    `insert into metric_value (${VALUE_COLUMNS})
      select registry_id, org, true, period, key, state, value, version, position, computed_at from metric_value
      where registry_id = $1 and org = any($2) and not own and period = any($3) and key = any($4)`,
    [registryId, scopes.map((one) => one.org), periods, keys],
  );
}
