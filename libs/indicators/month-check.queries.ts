import type { EntityManager } from 'typeorm';

/** A month's count that stands far from the org's own past. All numbers are decimal strings. */
export interface Outlier {
  readonly kind: string;
  /** What the org, with all below it, logged of the kind in the month; `"0"` where it has nothing. */
  readonly quantity: string;
  /** Of the months before it of which something was reported. */
  readonly median: string;
  /** The median of their distances from the median. */
  readonly mad: string;
  /** The robust z-score, to two decimals. */
  readonly score: string;
  /** How many months it is held against. */
  readonly months: number;
}

export interface OutlierRule {
  readonly months: number;
  readonly fewest: number;
  readonly threshold: string;
  readonly leastMad: string;
}

/**
 * Robust z-scores of a month's counts by kind, 0.6745 × (count − median) ÷ MAD, over the months before it in which
 * something of the kind was reported: a month of which nothing is known is no month of 0.
 */
export async function findOutliers(
  manager: EntityManager,
  scope: { readonly registryId: number; readonly org: string; readonly firstDay: string },
  kinds: readonly string[],
  rule: OutlierRule,
): Promise<Outlier[]> {
  return manager.query(
    `with monthly as materialized (
        select t.kind, t.posted_month as month, sum(t.quantity) as quantity
        from monthly_tally t
        where t.registry_id = $1 and t.kind = any($4::text[])
          and t.org = any(array(select c.org from org_closure c where c.registry_id = $1 and c.ancestor = $2))
          and t.posted_month between ($3::date - make_interval(months => $5))::date and $3::date
        group by t.kind, t.posted_month
      ),
      past as (select kind, quantity from monthly where month < $3::date),
      middle as (
        select kind, count(*)::int as months, (percentile_cont(0.5) within group (order by quantity))::numeric as median
        from past group by kind having count(*) >= $6
      ),
      spread as (
        select p.kind, m.median, m.months,
          (percentile_cont(0.5) within group (order by abs(p.quantity - m.median)))::numeric as mad
        from past p join middle m using (kind) group by p.kind, m.median, m.months
      ),
      scored as (
        select s.*, coalesce(n.quantity, 0) as quantity,
          0.6745 * (coalesce(n.quantity, 0) - s.median) / greatest(s.mad, $8::numeric) as score
        from spread s left join monthly n on n.kind = s.kind and n.month = $3::date
      )
      select kind, trim_scale(quantity)::text as quantity, trim_scale(median)::text as median,
        trim_scale(mad)::text as mad, round(score, 2)::text as score, months
      from scored where abs(score) >= $7::numeric
      order by abs(score) desc, kind`,
    [scope.registryId, scope.org, scope.firstDay, kinds, rule.months, rule.fewest, rule.threshold, rule.leastMad],
  );
}
