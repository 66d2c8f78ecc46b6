/**
 * The cells that a waiting mark may still change, as sub-queries after those of the recount: for the values of orgs
 * above it, of periods around its month and, of stocks, of all later ones. A mark goes in the transaction that writes
 * its cells, so that every other cell has to be right at once.
 */
export const WAITING = `
  mark as materialized (
    select distinct org, posted_month as month, kind from recompute_mark where registry_id = $1
  ),
  -- Stocks reach to the last month with entries: where only marked entries reach, they may not stand yet.
  computed as (
    select coalesce(max(e.posted_month), '-infinity') as month from entry e
    where e.registry_id = $1 and not exists (
      select from recompute_mark w
      where w.registry_id = $1 and (w.position, w.org, w.posted_month, w.kind)
        = (e.position, e.org, e.posted_month, e.kind)
    )
  ),
  unsettled as materialized (
    select s.org, s.own, p.code as period, f.key
    from mark w join scope s on s.member = w.org join feed f on f.kind = w.kind join period p on p.month = w.month
    where f.adds_up in ('sum', 'distinct', 'reported')
    union
    select s.org, s.own, p.code, f.key
    from (select org, kind, min(month) as month from mark group by org, kind) w join scope s on s.member = w.org
    join feed f on f.kind = w.kind join span p on p.last_month >= w.month
    where f.adds_up in ('stock', 'cumulative')
    union
    select s.org, s.own, p.code, m.key
    from (select distinct org, own from scope) s, span p, computed c, metric m
    where p.first_month > c.month and m.adds_up in ('stock', 'cumulative')
    union
    select s.org, s.own, y.year, m.key
    from (select distinct org from mark where kind = 'OpeningYearTotal') w join scope s on s.member = w.org
    join metric m on m.adds_up in ('sum', 'distinct')
    cross join (
      select distinct attributes ->> 'year' as year from entry where registry_id = $1 and kind = 'OpeningYearTotal'
    ) y
  ),
  waiting as materialized (
    select 'metric_value' as "table", org, own, period, key from unsettled
    union all
    select distinct 'indicator_value', u.org, u.own, u.period, i.key
    from unsettled u join indicator i on u.key in (i.upper, i.lower)
  )`;
