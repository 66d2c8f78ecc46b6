import type { DataSource, EntityManager } from 'typeorm';
import type { DemonstrationOrg } from './registry';
import type { DemonstrationTarget } from './targets';

export interface RegistryRow {
  readonly registryId: number;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly firstDay: string;
}

/** @returns whether the registry of that number is a demonstration; nothing when there is none */
export async function findDemonstrationMark(manager: EntityManager, registryId: number): Promise<boolean | undefined> {
  const [registry] = await manager.query('select demonstration from registry where registry_id = $1', [registryId]);
  return registry?.demonstration;
}

export async function insertRegistry(manager: EntityManager, registry: RegistryRow): Promise<void> {
  const { registryId, nameZh, nameEn, firstDay } = registry;
  await manager.query(
    `insert into registry (registry_id, name_zh, name_en, first_day, demonstration) values ($1, $2, $3, $4, true)
      on conflict do nothing`,
    [registryId, nameZh, nameEn, firstDay],
  );
}

export async function insertOrgs(
  manager: EntityManager,
  registryId: number,
  orgs: readonly DemonstrationOrg[],
): Promise<void> {
  await manager.query(
    `insert into org (registry_id, org, parent, level, name_zh, name_en)
      select $1, o.org, o.parent, o.level, o."nameZh", o."nameEn"
      from json_to_recordset($2::json) as o (org text, parent text, level text, "nameZh" text, "nameEn" text)
      on conflict do nothing`,
    [registryId, JSON.stringify(orgs)],
  );
}

/** Its ledger and its values are at their beginning, with all months open from the first day's on. */
export async function insertLedgerHead(manager: EntityManager, registryId: number, firstDay: string): Promise<void> {
  await manager.query(
    `insert into registry_head (registry_id, first_open_month) values ($1, date_trunc('month', $2::date))
      on conflict do nothing`,
    [registryId, firstDay],
  );
}

export async function insertRecomputeHead(manager: EntityManager, registryId: number): Promise<void> {
  await manager.query('insert into recompute_head (registry_id) values ($1) on conflict do nothing', [registryId]);
}

export async function insertTargets(
  manager: EntityManager,
  registryId: number,
  targets: readonly DemonstrationTarget[],
): Promise<void> {
  await manager.query(
    `insert into target (registry_id, org, period, key, version, operator, value, recorded_at, recorded_by)
      select $1, t.org, t.period, t.key, 1, t.operator, t.value, now(), 'demonstration'
      from json_to_recordset($2::json) as t (org text, period text, key text, operator text, value numeric)
      on conflict do nothing`,
    [registryId, JSON.stringify(targets)],
  );
}

/** Whether all of these ids are in the ledger. */
export async function areStored(dataSource: DataSource, registryId: number, ids: readonly string[]): Promise<boolean> {
  const [found] = await dataSource.query(
    'select count(*)::int as stored from entry where registry_id = $1 and id = any($2::uuid[])',
    [registryId, ids],
  );
  return found.stored === new Set(ids).size;
}

/** The first open month, `YYYY-MM`, if it was never closed; null when it was reopened. */
export async function findUnclosedMonth(manager: EntityManager, registryId: number): Promise<string | null> {
  const [unclosed] = await manager.query(
    `select to_char(h.first_open_month, 'YYYY-MM') as month from registry_head h
      where h.registry_id = $1 and not exists (
        select from month_event e where e.registry_id = $1 and e.month = h.first_open_month
      )`,
    [registryId],
  );
  return unclosed?.month ?? null;
}
