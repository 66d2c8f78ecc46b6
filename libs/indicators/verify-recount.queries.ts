/**
 * What every derived value has to be, straight from the entries: named sub-queries of one statement, for the registry
 * `$1` and the definitions `$2` (`{metrics, indicators}`). They share nothing with the way the values were computed.
 */
export const RECOUNT = `
  metric as materialized (
    select m ->> 'key' as key, m ->> 'addsUp' as adds_up, m ->> 'subject' as subject,
      coalesce((m ->> 'overOrgs')::boolean, false) as over_orgs, m as told
    from jsonb_array_elements($2::jsonb -> 'metrics') m
  ),
  -- R15: what each definition says and ever said, and the month in which something else begins.
  meaning as materialized (
    select m.key, m.adds_up, m.subject, m.over_orgs, said -> 'counts' as counts, (said ->> 'version')::integer as version,
      case when row_number() over w = 1 then '-infinity' else to_date(said ->> 'since', 'YYYY-MM') end as begins,
      coalesce(lead(to_date(said ->> 'since', 'YYYY-MM')) over w, 'infinity') as ends
    from metric m, jsonb_array_elements(coalesce(m.told -> 'earlier', '[]') || jsonb_build_array(m.told)) said
    window w as (partition by m.key order by said ->> 'since', (said ->> 'version')::integer)
  ),
  indicator as materialized (
    select i ->> 'key' as key, said ->> 'numerator' as upper, said ->> 'denominator' as lower,
      (i ->> 'scale')::numeric as scale, power(10::numeric, (i ->> 'decimals')::integer) as steps,
      (said ->> 'version')::integer as version,
      case when row_number() over w = 1 then '-infinity' else to_date(said ->> 'since', 'YYYY-MM') end as begins,
      coalesce(lead(to_date(said ->> 'since', 'YYYY-MM')) over w, 'infinity') as ends
    from jsonb_array_elements($2::jsonb -> 'indicators') i,
      jsonb_array_elements(coalesce(i -> 'earlier', '[]') || jsonb_build_array(i)) said
    window w as (partition by i ->> 'key' order by said ->> 'since', (said ->> 'version')::integer)
  ),
  feed as materialized (
    select m.key, m.adds_up, m.subject, m.over_orgs, m.version, m.begins, m.ends, c ->> 'kind' as kind, c ->> 'outcome' as outcome,
      c -> 'reasons' as reasons, coalesce(c ->> 'times', '1')::numeric as times
    from meaning m, jsonb_array_elements(m.counts) c
  ),
  descent (org, member) as (
    select org, org from org where registry_id = $1
    union
    select d.org, o.org from descent d join org o on o.registry_id = $1 and o.parent = d.member
  ),
  scope as materialized (
    select org, false as own, member from descent
    union all
    select org, true, org from org where registry_id = $1
  ),
  reversal as materialized (
    select r.id, r.posted_month, o.id as original_id, o.posted_month as original_month
    from entry r join entry o on o.registry_id = $1 and o.id = r.reverses
    where r.registry_id = $1 and r.reverses is not null
  ),
  partner as (
    select id, original_month as month from reversal union all select original_id, posted_month from reversal
  ),
  line as materialized (
    select e.org, e.kind, e.outcome, e.reason, e.donor_code, e.case_code, e.quantity, e.posted_month as month,
      e.reverses is not null as reversal, partner.month as partner_month
    from entry e left join partner on partner.id = e.id
    where e.registry_id = $1
  ),
  lot as materialized (
    select org, kind, outcome, reason, month, partner_month, reversal, count(*) as entries, sum(quantity) as quantity
    from line group by org, kind, outcome, reason, month, partner_month, reversal
  ),
  period as materialized (
    select named.code, calendar.month, named.ends::date as ends
    from (select generate_series(min(month), max(month), interval '1 month')::date as month from lot) calendar,
      lateral (values (to_char(month, 'YYYY-MM'), month::timestamp),
        (to_char(month, 'YYYY"-Q"Q'), date_trunc('quarter', month::timestamp) + interval '2 months'),
        (to_char(month, 'YYYY"-H"') || case when extract(month from month) < 7 then 1 else 2 end,
          date_trunc('year', month::timestamp) + case when extract(month from month) < 7 then interval '5 months'
            else interval '11 months' end),
        (to_char(month, 'YYYY'), date_trunc('year', month::timestamp) + interval '11 months')) named (code, ends)
  ),
  span as materialized (
    select code, ends, min(month) as first_month, max(month) as last_month from period group by code, ends
  ),
  -- A month's entries of a sum mean what they meant in it, and a reversal what its original meant.
  addition as materialized (
    select f.key, f.adds_up, f.begins, f.ends, l.org, l.month, l.partner_month,
      sum(case when (f.outcome is null or f.outcome = l.outcome) and (f.reasons is null or f.reasons ? l.reason)
        then l.quantity * f.times else 0 end) as value
    from lot l join feed f on f.kind = l.kind
    where f.adds_up in ('stock', 'cumulative') or f.adds_up = 'sum'
      and daterange(f.begins, f.ends) @> case when l.reversal then l.partner_month else l.month end
    group by f.key, f.adds_up, f.begins, f.ends, l.org, l.month, l.partner_month
  ),
  sighting as materialized (
    select distinct f.key, f.version, l.org, l.month, l.partner_month,
      case when l.quantity > 0 and not l.reversal and (f.outcome is null or f.outcome = l.outcome)
          and (f.reasons is null or f.reasons ? l.reason)
        then case f.subject when 'donor' then l.donor_code else l.case_code end end collate "C" as subject
    from line l join feed f on f.kind = l.kind
    where f.adds_up = 'distinct'
  ),
  -- R9: an entry is struck, with its partner, where the partner lies in the same period; their org is the same.
  summed as (
    select s.org, s.own, p.code as period, a.key, sum(a.value) as value
    from addition a join scope s on s.member = a.org join period p on p.month = a.month
    where a.adds_up = 'sum'
      and not exists (select from period struck where struck.code = p.code and struck.month = a.partner_month)
    group by s.org, s.own, p.code, a.key
  ),
  -- Most subjects are seen once in a year, and so once in each of its periods: only the others are told apart.
  seen as (
    select org, own, key, version, month, partner_month, case when not alone then subject end as subject,
      count(subject) filter (where alone) as alone
    from (
      select s.org, s.own, g.*, g.partner_month is null and count(*) over (
        partition by g.subject, s.org, s.own, g.key, g.version, extract(year from g.month)) = 1 as alone
      from (select key, version, org as member, month, partner_month, subject from sighting) g join scope s using (member)
    ) subjects
    group by org, own, key, version, month, partner_month, case when not alone then subject end
  ),
  counted as (
    select s.org, s.own, p.code as period, s.key, sum(s.alone) + count(distinct s.subject) as value
    from seen s join period p on p.month = s.month
    join meaning m on (m.key, m.version) = (s.key, s.version) and daterange(m.begins, m.ends) @> p.ends
    where not exists (select from period struck where struck.code = p.code and struck.month = s.partner_month)
    group by s.org, s.own, p.code, s.key
  ),
  -- R11: what stands of all that was posted up to the period's last month with entries in the registry.
  stood as (
    select s.org, s.own, p.code as period, a.key, sum(a.value) as value
    from addition a join scope s on s.member = a.org join span p on p.last_month >= a.month
    where a.adds_up in ('stock', 'cumulative') and daterange(a.begins, a.ends) @> p.ends and (a.partner_month is null or a.partner_month > p.last_month)
    group by s.org, s.own, p.code, a.key
  ),
  -- The last of what an org reported in a period, of what was not taken back in it.
  reported as (
    select s.org, s.own, l.period, l.key, sum(l.quantity) as value
    from (
      select p.code as period, f.key, f.over_orgs, e.org, e.quantity, row_number() over (
        partition by p.code, f.key, e.org order by e.occurred_on desc, e.position desc, e.id desc) as rank
      from feed f join entry e on e.registry_id = $1 and e.kind = f.kind and e.reverses is null
      join period p on p.month = e.posted_month
      where f.adds_up = 'reported' and daterange(f.begins, f.ends) @> p.ends and not exists (
        select from reversal r join period struck on struck.month = r.posted_month
        where r.original_id = e.id and struck.code = p.code
      )
    ) l join scope s on s.member = l.org and (l.over_orgs or s.org = l.org)
    where l.rank = 1
    group by s.org, s.own, l.period, l.key
  ),
  -- R6: what was reported of years before the ledger, of what was never taken back.
  brought as (
    select s.org, s.own, e.attributes ->> 'year' as period, m.key, sum(e.quantity) as value
    from entry e
    join metric m on m.key = e.attributes ->> 'metric' and m.adds_up in ('sum', 'distinct')
    join scope s on s.member = e.org and (s.org = e.org or m.adds_up = 'sum')
    where e.registry_id = $1 and e.kind = 'OpeningYearTotal' and e.id not in (
      select id from reversal union all select original_id from reversal
    )
    group by s.org, s.own, e.attributes ->> 'year', m.key
  ),
  figure as materialized (
    select * from summed union all select * from counted union all select * from stood union all select * from reported
    union all select * from brought
  ),
  ending as materialized (
    select code, ends from span
    union
    select distinct period, to_date(period || '-12', 'YYYY-MM') from brought
  ),
  -- R10, R16: divided as whole numbers, so that nothing is rounded before the half is looked at.
  ratio as (
    select lower.org, lower.own, lower.period, i.key, i.version, upper.value as numerator, lower.value as denominator,
      case when lower.value <> 0 then
        sign(upper.value) * sign(lower.value)
          * div(2 * abs(upper.value) * i.scale * i.steps + abs(lower.value), 2 * abs(lower.value)) / i.steps
      end as value
    from indicator i
    join figure lower on lower.key = i.lower
    join ending e on e.code = lower.period and daterange(i.begins, i.ends) @> e.ends
    left join figure upper
      on upper.key = i.upper and (upper.org, upper.own, upper.period) = (lower.org, lower.own, lower.period)
    where lower.value = 0 or upper.value is not null
  ),
  expected as (
    select 'metric_value' as "table", f.org, f.own, f.period, f.key,
      jsonb_build_object('state', case when f.value = 0 then 'zero' else 'value' end, 'value', f.value,
        'version', m.version) as content
    from figure f join ending e on e.code = f.period
    join meaning m on m.key = f.key and daterange(m.begins, m.ends) @> e.ends
    union all
    select 'indicator_value', org, own, period, key,
      jsonb_build_object('state', case when denominator = 0 then 'not_applicable' when numerator = 0 then 'zero'
          else 'value' end,
        'value', value, 'numerator', numerator, 'denominator', denominator, 'version', version)
    from ratio
    union all
    select 'monthly_tally', org, true, to_char(month, 'YYYY-MM'),
      concat_ws('/', kind, coalesce(outcome, ''), coalesce(reason, ''),
        to_char(case when reversal then partner_month else month end, 'YYYY-MM')),
      jsonb_build_object('originals', coalesce(sum(entries) filter (where not reversal), 0),
        'reversals', coalesce(sum(entries) filter (where reversal), 0), 'quantity', sum(quantity))
    from lot
    group by org, month, kind, outcome, reason, case when reversal then partner_month else month end
  )`;
