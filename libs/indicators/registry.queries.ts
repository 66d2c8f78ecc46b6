import type { EntityManager } from 'typeorm';
import { CHOICES_WAITING } from './as-of.queries';

export interface RegistryRow {
  readonly registryId: number;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly firstDay: string;
  readonly demonstration: boolean;
}

export async function findRegistries(manager: EntityManager): Promise<RegistryRow[]> {
  return manager.query(
    `select registry_id as "registryId", name_zh as "nameZh", name_en as "nameEn", first_day as "firstDay",
        demonstration
      from registry order by registry_id`,
  );
}

/** The day on which a registry's ledger begins, `YYYY-MM-DD`: of what was before it there are reported totals alone. */
export async function findFirstDay(manager: EntityManager, registryId: number): Promise<string> {
  const [registry] = await manager.query(`select first_day as day from registry where registry_id = $1`, [registryId]);
  return registry.day;
}

/** How far the ledger has come, how far its values have, and what is between. */
export interface LedgerProgress {
  readonly position: string;
  readonly computedPosition: string;
  readonly computedAt: Date | null;
  /** When the first write to the ledger was recorded. */
  readonly begunAt: Date | null;
  /** Marked cells that no worker has computed yet, and choices of settings that the values do not follow yet. */
  readonly waiting: number;
  /** The first year that the registry has figures of, perhaps reported ones of before its ledger. */
  readonly firstYear: string | null;
  readonly latestMonth: string | null;
  /** The latest year, or while that has entries in fewer than six months the last of the three before it that has more. */
  readonly latestYear: string | null;
}

export async function findProgress(manager: EntityManager, registryId: number): Promise<LedgerProgress> {
  const [progress] = await manager.query(
    `with latest as materialized (
        select max(last.month) as month from org o
        cross join lateral (
          select max(t.posted_month) as month from monthly_tally t where t.registry_id = $1 and t.org = o.org
        ) last
        where o.registry_id = $1
      ),
      since as (
        select m.month::date from latest, generate_series(
          date_trunc('year', latest.month) - interval '3 years', latest.month, interval '1 month') as m (month)
      ),
      year as (
        select to_char(s.month, 'YYYY') as year, count(*) as months from since s
        where exists (
          select from org o join monthly_tally t on t.registry_id = $1 and t.org = o.org and t.posted_month = s.month
          where o.registry_id = $1
        )
        group by 1
      )
      select h.position, coalesce(c.position, 0) as "computedPosition", c.computed_at as "computedAt",
        ((select count(*) from recompute_mark m where m.registry_id = $1) + ${CHOICES_WAITING})::int as waiting,
        (select left(min(v.period), 4) from metric_value v
          where v.registry_id = $1 and v.org = (select org from org where registry_id = $1 and parent is null) and not v.own
        ) as "firstYear",
        (select w.recorded_at from ledger_write w where w.registry_id = $1 order by w.position limit 1) as "begunAt",
        (select to_char(month, 'YYYY-MM') from latest) as "latestMonth",
        (select year from year order by months >= 6 desc, year desc limit 1) as "latestYear"
      from registry_head h left join recompute_head c using (registry_id)
      where h.registry_id = $1`,
    [registryId],
  );
  return progress;
}

/** The last recount of the registry's values, and of its seals. */
export async function findLastVerification(
  manager: EntityManager,
  registryId: number,
): Promise<
  { finishedAt: Date; checked: string; drift: string; seals: { checked: number; drift: number } | null } | undefined
> {
  const [verification] = await manager.query(
    `select finished_at as "finishedAt", checked, drift, case when seals is not null then
        json_build_object('checked', seals -> 'checked', 'drift', seals -> 'drift') end as seals
      from verification
      where registry_id = $1 order by started_at desc limit 1`,
    [registryId],
  );
  return verification;
}
