import type { EntityManager } from 'typeorm';
import type { MetricDefinition } from '../catalogue/metric-definition';
import { inForceOf } from '../catalogue/versions';
import type { Scope } from './recompute.queries';
import type { ValueScope } from './scope.queries';

// Their own index holds the openings: without the pattern it is not used.
const YEAR_TOTALS = `e.registry_id = $1 and e.kind like 'Opening%' and e.kind = 'OpeningYearTotal' and e.position <= $2`;

/** The years before the ledger of which totals were ever reported, taken back or not. */
export async function findReportedYears(manager: EntityManager, scope: Scope): Promise<string[]> {
  const years: { year: string }[] = await manager.query(
    `select distinct e.attributes ->> 'year' as year from entry e where ${YEAR_TOTALS} order by 1`,
    [scope.registryId, scope.position],
  );
  return years.map(({ year }) => year);
}

/**
 * Totals that were reported of years before the ledger (R6): each stands for its year while nothing has taken it back.
 * A sum is added over orgs; a number of persons is what the org itself reported, since nobody knows who they were.
 */
export async function insertYearTotals(
  manager: EntityManager,
  scope: Scope,
  scopes: readonly ValueScope[],
  metrics: readonly MetricDefinition[],
): Promise<void> {
  const meanings = metrics.flatMap((metric) =>
    inForceOf(metric).map(({ version: { key, version, addsUp }, inForce }) => {
      return { key, version, adds: addsUp === 'sum', ...inForce };
    }),
  );
  await manager.query(
    `with scope as (select * from json_to_recordset($3::json) as s (org text, own boolean)),
      member as (
        select s.org, s.own, c.org as member from scope s
        join org_closure c on c.registry_id = $1 and c.ancestor = s.org and (not s.own or c.org = s.org)
      ),
      metric as (
        select * from json_to_recordset($4::json) as m
          (key text, version int, adds boolean, since date, until date)
      ),
      reported as (
        select e.org, e.attributes ->> 'year' as year, e.attributes ->> 'metric' as key, e.quantity from entry e
        where ${YEAR_TOTALS} and e.reverses is null and not exists (
          select from entry r where r.registry_id = $1 and r.reverses = e.id and r.position <= $2
        )
      )
      insert into metric_value (registry_id, org, own, period, key, state, value, version, position, computed_at)
      select $1, m.org, m.own, r.year, r.key, case when sum(r.quantity) = 0 then 'zero' else 'value' end,
        trim_scale(sum(r.quantity)), d.version, $2, now()
      from reported r
      join metric d on d.key = r.key and (r.year || '-12-01')::date >= d.since and (r.year || '-12-01')::date < d.until
      join member m on m.member = r.org and (d.adds or m.org = r.org)
      group by m.org, m.own, r.year, r.key, d.version`,
    [scope.registryId, scope.position, JSON.stringify(scopes), JSON.stringify(meanings)],
  );
}
