import type { EntityManager } from 'typeorm';
import type { IndicatorDefinition } from '../catalogue/indicator-definition';
import { inForceOf } from '../catalogue/versions';
import { parsePeriod } from '../core/period';
import type { Scope } from '../metrics/recompute.queries';
import type { ValueScope } from '../metrics/scope.queries';

export async function deleteIndicatorValues(
  manager: EntityManager,
  registryId: number,
  scopes: readonly ValueScope[],
  periods: readonly string[],
  indicators: readonly IndicatorDefinition[],
): Promise<void> {
  await manager.query(
    `delete from indicator_value v
      using json_to_recordset($2::json) as s (org text, own boolean)
      where v.registry_id = $1 and v.org = s.org and v.own = s.own and v.org = any($4)
        and v.period = any($3) and v.key = any($5)`,
    [registryId, JSON.stringify(scopes), periods, scopes.map((one) => one.org), indicators.map((one) => one.key)],
  );
}

/**
 * Ratios of the metric values of the same org and period (R10, R12): not applicable where the denominator is 0, else
 * missing, and without a row, where a part is missing. Rounded half away from zero, once (R16). By the version in force
 * at the end of the period (R15).
 */
export async function insertIndicatorValues(
  manager: EntityManager,
  scope: Scope,
  scopes: readonly ValueScope[],
  periods: readonly string[],
  indicators: readonly IndicatorDefinition[],
): Promise<void> {
  const versions = indicators.flatMap((indicator) =>
    inForceOf(indicator).map(({ version, inForce }) => ({ ...version, ...inForce })),
  );
  const endings = periods.map((period) => ({ period, last: `${parsePeriod(period).lastMonth}-01` }));
  await manager.query(
    `with indicator as (
        select * from json_to_recordset($5::json) as i
          (key text, numerator text, denominator text, scale numeric, decimals int, version int, since date, until date)
      ),
      ending as (select * from json_to_recordset($9::json) as e (period text, last date)),
      ratio as (
        select d.org, d.own, d.period, i.key, n.value as numerator, d.value as denominator, i.version,
          case when d.value <> 0 then round(n.value * i.scale / d.value, i.decimals) end as value
        from json_to_recordset($3::json) as s (org text, own boolean)
        join metric_value d on d.registry_id = $1 and d.org = s.org and d.own = s.own and d.org = any($6)
          and d.period = any($4) and d.key = any($7)
        join ending e on e.period = d.period
        join indicator i on i.denominator = d.key and e.last >= i.since and e.last < i.until
        left join metric_value n on n.registry_id = $1 and n.org = d.org and n.own = d.own and n.period = d.period
          and n.key = i.numerator and n.org = any($6) and n.period = any($4) and n.key = any($8)
        where d.value = 0 or n.value is not null
      )
      insert into indicator_value (registry_id, org, own, period, key, state, value, numerator, denominator, version,
        position, computed_at)
      select $1, org, own, period, key,
        case when denominator = 0 then 'not_applicable' when numerator = 0 then 'zero' else 'value' end,
        value, numerator, denominator, version, $2, now()
      from ratio`,
    [
      scope.registryId,
      scope.position,
      JSON.stringify(scopes),
      periods,
      JSON.stringify(versions),
      scopes.map((one) => one.org),
      [...new Set(versions.map((one) => one.denominator))],
      [...new Set(versions.map((one) => one.numerator))],
      JSON.stringify(endings),
    ],
  );
}

/** Throws every value of the registry away. */
export async function deleteAllValues(manager: EntityManager, registryId: number): Promise<void> {
  await manager.query('delete from metric_value where registry_id = $1', [registryId]);
  await manager.query('delete from indicator_value where registry_id = $1', [registryId]);
}

/** The registries with marks, or with values that were computed by other definitions or choices than there are. */
export async function findRegistriesToCompute(manager: EntityManager, definitions: string): Promise<number[]> {
  const rows: { registry_id: number }[] = await manager.query(
    `select registry_id from recompute_mark
      union
      select h.registry_id from recompute_head h
      where h.position > 0 and (
        h.definitions is distinct from $1
        or h.settings <> coalesce((select max(s.number) from setting s where s.registry_id = h.registry_id), 0)
      )`,
    [definitions],
  );
  return rows.map((row) => row.registry_id);
}
