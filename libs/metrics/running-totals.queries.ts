import type { EntityManager } from 'typeorm';
import type { Feed, VersionRow } from './feeds';
import { MEMBERS, VALUE_COLUMNS, type PeriodMonth } from './metric-value.queries';
import type { Scope } from './recompute.queries';
import type { ValueScope } from './scope.queries';

/** A running total of a scope. */
export interface RunningCell {
  readonly org: string;
  readonly own: boolean;
  readonly key: string;
}

/**
 * Stock and cumulative figures (R11): everything posted up to the end of each period, from the first entry on, by the
 * version in force at that end (R15).
 *
 * @param base the month, `YYYY-MM`, whose values are taken as they stand for all that was posted up to it: by the only
 * version of each of these feeds. Left out: everything is added up
 * @returns what was not written, because of what stood in the base all may have been taken back since. How many entries
 * stand is not kept, only that one does
 */
export async function insertRunningTotals(
  manager: EntityManager,
  scope: Scope,
  scopes: readonly ValueScope[],
  periods: readonly PeriodMonth[],
  feeds: readonly Feed[],
  versions: readonly VersionRow[],
  base?: string,
): Promise<RunningCell[]> {
  return manager.query(
    `with ${MEMBERS},
      ending as (
        select period, last as ends, max(month) as last
        from json_to_recordset($4::json) as p (period text, month date, last date) group by period, p.last
      ),
      feed as (
        select * from json_to_recordset($5::json) as f
          (key text, kind text, outcome text, reason text, times numeric, since date, until date)
      ),
      kind_of as (select distinct key, kind, since, until from feed),
      version_of as (
        select * from json_to_recordset($6::json) as v (key text, version int, since date, until date)
      ),
      base as materialized (
        select v.org, v.own, v.key, v.value from metric_value v join scope s on s.org = v.org and s.own = v.own
        where v.registry_id = $1 and v.org = any(array(select org from scope)) and v.period = $9
          and v.key = any(array(select key from version_of))
      ),
      monthly as materialized (
        select m.org, m.own, t.posted_month, k.key, k.since, sum(t.originals - t.reversals) as standing,
          sum(t.quantity * coalesce(f.times, 0)) as value
        from monthly_tally t
        join member m on m.member = t.org
        join kind_of k on k.kind = t.kind
        left join feed f on f.key = k.key and f.since = k.since and f.kind = t.kind
          and f.outcome in ('', t.outcome) and f.reason in ('', t.reason)
        where t.registry_id = $1 and t.org = any(array(select member from member)) and t.kind = any($7)
          and t.posted_month > $8::date
        group by m.org, m.own, t.posted_month, k.key, k.since
        union all
        select b.org, b.own, $8::date, b.key, v.since, 1, b.value from base b join version_of v on v.key = b.key
      ),
      running as materialized (
        select org, own, key, since, posted_month,
          lead(posted_month) over months as next_month,
          sum(standing) over months as standing,
          sum(value) over months as value
        from monthly
        window months as (partition by org, own, key, since order by posted_month)
      ),
      unsure as materialized (
        select distinct org, own, key from running join base using (org, own, key) where standing <= 0
      ),
      written as (
        insert into metric_value (${VALUE_COLUMNS})
        select $1, r.org, r.own, e.period, r.key, case when r.value = 0 then 'zero' else 'value' end,
          trim_scale(r.value), v.version, $2, now()
        from running r
        join ending e on e.last >= r.posted_month and (r.next_month is null or e.last < r.next_month)
        join version_of v on v.key = r.key and v.since = r.since and e.ends >= v.since and e.ends < v.until
        where r.standing > 0 and (r.org, r.own, r.key) not in (select org, own, key from unsure)
      )
      select org, own, key from unsure`,
    [
      scope.registryId,
      scope.position,
      JSON.stringify(scopes),
      JSON.stringify(periods),
      JSON.stringify(feeds),
      JSON.stringify(versions),
      [...new Set(feeds.map((feed) => feed.kind))],
      base === undefined ? '-infinity' : `${base}-01`,
      base ?? '',
    ],
  );
}
