import type { EntityManager } from 'typeorm';

/** The first registry that has nobody who can keep its accounts. */
export async function findRegistryWithoutAdministrator(
  manager: EntityManager,
  published: boolean,
): Promise<number | undefined> {
  const [registry] = await manager.query(
    `select r.registry_id as id from registry r
      where not exists (
        select from account a
        where a.registry_id = r.registry_id and a.role = 'administrator' and a.disabled_at is null
          and ($1 or not a.demonstration))
      order by r.registry_id limit 1`,
    [published],
  );
  return registry?.id;
}

/** One link at a time: the one printed last. */
export async function replaceSetupLink(
  manager: EntityManager,
  registryId: number,
  hash: Buffer,
  hours: number,
): Promise<void> {
  await deleteSetupLinks(manager);
  await manager.query(
    `insert into setup_link (registry_id, token_hash, ends_at) values ($1, $2, now() + make_interval(hours => $3))`,
    [registryId, hash, hours],
  );
}

export async function deleteSetupLinks(manager: EntityManager): Promise<void> {
  await manager.query('delete from setup_link', []);
}

/** @returns whether the link was good; it is no more */
export async function useSetupLink(manager: EntityManager, registryId: number, hash: Buffer): Promise<boolean> {
  const [rows] = await manager.query(
    `delete from setup_link where registry_id = $1 and token_hash = $2 returning ends_at > now() as good`,
    [registryId, hash],
  );
  return rows[0]?.good ?? false;
}

export interface NewRegistry {
  readonly registryId: number;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly firstDay: string;
}

/** A registry with its orgs, whose ledger begins after them: they are there from its beginning. */
export async function insertRegistry(
  manager: EntityManager,
  registry: NewRegistry,
  orgs: readonly NewOrg[],
): Promise<void> {
  const { registryId, nameZh, nameEn, firstDay } = registry;
  await manager.query(
    'insert into registry (registry_id, name_zh, name_en, first_day, demonstration) values ($1, $2, $3, $4, false)',
    [registryId, nameZh, nameEn, firstDay],
  );
  await insertOrgs(manager, registryId, orgs);
  await manager.query(
    `insert into registry_head (registry_id, first_open_month) values ($1, date_trunc('month', $2::date))`,
    [registryId, firstDay],
  );
  await manager.query('insert into recompute_head (registry_id) values ($1)', [registryId]);
}

export interface NewOrg {
  readonly org: string;
  readonly parent: string | null;
  readonly level: 'registry' | 'city';
  readonly nameZh: string;
  readonly nameEn: string;
}

async function insertOrgs(manager: EntityManager, registryId: number, orgs: readonly NewOrg[]): Promise<void> {
  await manager.query(
    `insert into org (registry_id, org, parent, level, name_zh, name_en)
      select $1, o.org, o.parent, o.level, o."nameZh", o."nameEn"
      from json_to_recordset($2::json) as o (org text, parent text, level text, "nameZh" text, "nameEn" text)`,
    [registryId, JSON.stringify(orgs)],
  );
}
