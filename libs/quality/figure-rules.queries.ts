import type { EntityManager } from 'typeorm';
import { FOUND, type Look } from './found.queries';

/** The months that are over: closed, or ended and not after the last one that the registry has entries of. */
const OVER = `
  last_month as (
    select greatest(
      (select first_open_month from registry_head where registry_id = $1) - interval '1 month',
      least(date_trunc('month', $2::date) - interval '1 month', (
        select max(month) from org o cross join lateral (
          select max(t.posted_month) as month from monthly_tally t where t.registry_id = $1 and t.org = o.org
        ) latest where o.registry_id = $1
      ))
    )::date as month
  )`;

/** What those who submit have of each kind by month, with all below them (R9). */
const SUBMITTED = `
  submitter as materialized (
    select o.org, o.level, o.closed_on from org o
    join org above on above.registry_id = $1 and above.org = o.parent
    where o.registry_id = $1 and above.parent is null
  ),
  member as materialized (
    select s.org as submitter, c.org from submitter s
    join org_closure c on c.registry_id = $1 and c.ancestor = s.org
  ),
  reported as materialized (
    select m.submitter as org, t.posted_month as month, t.kind, sum(t.quantity) as quantity,
      sum(t.originals) + sum(t.reversals * case when t.original_month < t.posted_month then 1 else -1 end) as entries
    from monthly_tally t join member m on m.org = t.org
    where t.registry_id = $1 and t.org = any(array(select org from member))
    group by m.submitter, t.posted_month, t.kind
  )`;

/** @param duties which levels owe which kinds */
export async function findMissing(
  manager: EntityManager,
  { registryId, today }: Look,
  rules: readonly string[],
  duties: readonly { readonly level: string; readonly kind: string }[],
): Promise<void> {
  await manager.query(
    `with ${OVER}, ${SUBMITTED},
      begun as (select org, min(month) as month from reported group by org),
      owed as (
        select s.org, m.month::date, d.kind
        from submitter s join begun b using (org)
        cross join last_month l
        cross join lateral generate_series(b.month, l.month, interval '1 month') as m (month)
        join json_to_recordset($4::json) as d (level text, kind text) on d.level = s.level
        where s.closed_on is null or s.closed_on >= m.month
      )
      ${FOUND}
      select rule, o.org, to_char(o.month, 'YYYY-MM'), o.kind, 'missing', null, null
      from unnest($3::text[]) as rule cross join owed o
      left join reported r on r.org = o.org and r.month = o.month and r.kind = o.kind and r.entries > 0
      where r.org is null`,
    [registryId, today, rules, JSON.stringify(duties)],
  );
}

/** The arithmetic of one org and month stands in `libs/indicators/month-check.queries.ts`; a test holds them together. */
export async function findFarOut(
  manager: EntityManager,
  { registryId, today }: Look,
  rules: readonly string[],
  duties: readonly { readonly level: string; readonly kind: string }[],
  by: { readonly months: number; readonly fewest: number; readonly threshold: string; readonly leastMad: string },
): Promise<void> {
  await manager.query(
    `with ${OVER}, ${SUBMITTED},
      counted as materialized (
        select r.org, r.kind, r.month, r.quantity from reported r
        join submitter s using (org)
        join json_to_recordset($4::json) as d (level text, kind text) on d.level = s.level and d.kind = r.kind
        where r.entries > 0
      ),
      past as materialized (
        select n.org, n.kind, n.month, n.quantity as now, p.quantity
        from counted n cross join last_month l
        join counted p on p.org = n.org and p.kind = n.kind and p.month < n.month
          and p.month >= n.month - make_interval(months => $5)
        where n.month <= l.month
      ),
      middle as materialized (
        select org, kind, month, now, count(*)::int as months,
          (percentile_cont(0.5) within group (order by quantity))::numeric as median
        from past group by org, kind, month, now having count(*) >= $6
      ),
      spread as (
        select m.org, m.kind, m.month, m.now, m.months, m.median,
          (percentile_cont(0.5) within group (order by abs(p.quantity - m.median)))::numeric as mad
        from middle m join past p using (org, kind, month)
        group by m.org, m.kind, m.month, m.now, m.months, m.median
      ),
      scored as (
        select *, 0.6745 * (now - median) / greatest(mad, $8::numeric) as score from spread
      )
      ${FOUND}
      select rule, org, to_char(month, 'YYYY-MM'), kind, trim_scale(now)::text, trim_scale(median)::text,
        jsonb_build_object('score', round(score, 2)::text, 'mad', trim_scale(mad)::text, 'months', months)
      from unnest($3::text[]) as rule cross join scored where abs(score) >= $7::numeric`,
    [registryId, today, rules, JSON.stringify(duties), by.months, by.fewest, by.threshold, by.leastMad],
  );
}

/** Two figures that must be `left operator right`. */
export interface Pair {
  readonly code: string;
  readonly left: string;
  readonly operator: '<=' | '>=';
  /** A metric's key, or 0. */
  readonly right: string | 0;
  readonly over: 'month' | 'start';
}

/**
 * Told of the lowest orgs alone: of one whose figures hold the contradiction of an org below it only that one is named.
 * A right figure that is missing counts as 0 here: nothing cannot be more than nothing reported.
 */
export async function findContradictions(
  manager: EntityManager,
  { registryId }: Look,
  pairs: readonly Pair[],
): Promise<void> {
  const keys = pairs.flatMap(({ left, right }) => (right === 0 ? [left] : [left, right]));
  await manager.query(
    `with pair as materialized (
        select * from json_to_recordset($2::json) as p (code text, "left" text, operator text, "right" text, over text)
      ),
      monthly as materialized (
        select org, period, key, value from metric_value
        where registry_id = $1 and not own and key = any($3::text[]) and substr(period, 6, 1) in ('0', '1')
      ),
      side as materialized (
        select p.code, 'left' as side, v.org, case p.over when 'month' then v.period else '' end as period, sum(v.value) as value
        from pair p join monthly v on v.key = p."left" group by 1, 2, 3, 4
        union all
        select p.code, 'right', v.org, case p.over when 'month' then v.period else '' end, sum(v.value)
        from pair p join monthly v on v.key = p."right" group by 1, 2, 3, 4
      ),
      broken as materialized (
        select l.code, l.org, l.period, l.value, coalesce(r.value, 0) as bound
        from side l join pair p using (code)
        left join side r on r.side = 'right' and r.code = l.code and r.org = l.org and r.period = l.period
        where l.side = 'left'
          and case p.operator when '<=' then l.value > coalesce(r.value, 0) else l.value < coalesce(r.value, 0) end
      )
      ${FOUND}
      select b.code, b.org, b.period, '', trim_scale(b.value)::text, trim_scale(b.bound)::text, null
      from broken b
      where not exists (
        select from broken lower join org_closure c on c.registry_id = $1 and c.ancestor = b.org and c.org = lower.org
        where lower.code = b.code and lower.period = b.period and lower.org <> b.org
      )`,
    [registryId, JSON.stringify(pairs), keys],
  );
}
