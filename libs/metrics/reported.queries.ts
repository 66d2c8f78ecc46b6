import type { EntityManager } from 'typeorm';
import { inForceOf } from '../catalogue/versions';
import type { MetricDefinition } from '../catalogue/metric-definition';
import type { PeriodMonth } from './metric-value.queries';
import type { Scope } from './recompute.queries';
import type { ValueScope } from './scope.queries';

/**
 * Reported values: in each period the last original that stands says the value, by the day it is of, then by the order
 * of writing. A share is what the org itself reported; what adds over orgs is the sum of what each org of the scope
 * reported last. Where nothing stands the value is missing, also beside a lone reversal: nobody reported anything.
 */
export async function insertReported(
  manager: EntityManager,
  scope: Scope,
  scopes: readonly ValueScope[],
  periods: readonly PeriodMonth[],
  metrics: readonly MetricDefinition[],
): Promise<void> {
  const feeds = metrics.flatMap((metric) =>
    inForceOf(metric).flatMap(({ version: { key, version, overOrgs = false, counts }, inForce }) =>
      counts.map(({ kind }) => ({ key, kind, version, over_orgs: overOrgs, ...inForce })),
    ),
  );
  await manager.query(
    `with scope as (select * from json_to_recordset($3::json) as s (org text, own boolean)),
      member as (
        select s.org, s.own, c.org as member from scope s
        join org_closure c on c.registry_id = $1 and c.ancestor = s.org and (not s.own or c.org = s.org)
      ),
      period as (select * from json_to_recordset($4::json) as p (period text, month date, last date)),
      feed as (
        select * from json_to_recordset($5::json) as f
          (key text, kind text, version int, over_orgs boolean, since date, until date)
      ),
      -- Arrays, so that the index of cells is asked for these alone.
      reversal as (
        select r.reverses, r.posted_month from entry r
        where r.registry_id = $1 and r.position <= $2 and r.reverses is not null
          and r.org = any(array(select member from member)) and r.kind = any($6) and r.posted_month = any($7)
      ),
      told as (
        select e.org, e.kind, e.posted_month, e.occurred_on, e.position, e.id, e.quantity,
          r.posted_month as reversed_in
        from entry e left join reversal r on r.reverses = e.id
        where e.registry_id = $1 and e.position <= $2 and e.reverses is null
          and e.org = any(array(select member from member)) and e.kind = any($6) and e.posted_month = any($7)
      ),
      latest as (
        select distinct on (p.period, f.key, t.org) p.period, f.key, f.version, f.over_orgs, t.org, t.quantity
        from told t
        join feed f on f.kind = t.kind
        join period p on p.month = t.posted_month and (t.reversed_in is null or t.reversed_in > p.last)
          and p.last >= f.since and p.last < f.until
        order by p.period, f.key, t.org, t.occurred_on desc, t.position desc, t.id desc
      ),
      value as (
        select m.org, m.own, l.period, l.key, l.version, sum(l.quantity) as value
        from latest l join member m on m.member = l.org and (l.over_orgs or m.member = m.org)
        group by m.org, m.own, l.period, l.key, l.version
      )
      insert into metric_value (registry_id, org, own, period, key, state, value, version, position, computed_at)
      select $1, org, own, period, key, case when value = 0 then 'zero' else 'value' end, trim_scale(value), version,
        $2, now()
      from value`,
    [
      scope.registryId,
      scope.position,
      JSON.stringify(scopes),
      JSON.stringify(periods),
      JSON.stringify(feeds),
      feeds.map((feed) => feed.kind),
      [...new Set(periods.map((period) => period.month))],
    ],
  );
}
