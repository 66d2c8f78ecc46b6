import type { EntityManager } from 'typeorm';

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

/** How far the ledger has come, how far its values have, and what is between. */
export interface LedgerProgress {
  readonly position: string;
  readonly computedPosition: string;
  readonly computedAt: Date | null;
  /** Marked cells that no worker has computed yet. */
  readonly waiting: number;
  readonly latestMonth: string | null;
  /** The latest year with entries in at least six months, else the latest with any. */
  readonly latestYear: string | null;
}

export async function findProgress(manager: EntityManager, registryId: number): Promise<LedgerProgress> {
  const [progress] = await manager.query(
    `with month as (select distinct posted_month from monthly_tally where registry_id = $1),
      year as (select to_char(posted_month, 'YYYY') as year, count(*) as months from month group by 1)
      select h.position, c.position as "computedPosition", c.computed_at as "computedAt",
        (select count(*)::int from recompute_mark m where m.registry_id = $1) as waiting,
        (select to_char(max(posted_month), 'YYYY-MM') from month) as "latestMonth",
        (select year from year order by months >= 6 desc, year desc limit 1) as "latestYear"
      from registry_head h join recompute_head c using (registry_id)
      where h.registry_id = $1`,
    [registryId],
  );
  return progress;
}

/** The last recount of the registry's values. */
export async function findLastVerification(
  manager: EntityManager,
  registryId: number,
): Promise<{ finishedAt: Date; checked: string; drift: string } | undefined> {
  const [verification] = await manager.query(
    `select finished_at as "finishedAt", checked, drift from verification
      where registry_id = $1 order by started_at desc limit 1`,
    [registryId],
  );
  return verification;
}
