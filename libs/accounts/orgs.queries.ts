import type { EntityManager } from 'typeorm';

export interface OrgNames {
  readonly nameZh: string;
  readonly nameEn: string;
}

/** @returns false when the code is taken */
export async function insertOrg(
  manager: EntityManager,
  registryId: number,
  { org, parent, level, nameZh, nameEn }: OrgNames & { readonly org: string; parent: string; level: string },
): Promise<boolean> {
  const [found] = await manager.query(
    `with made as (
        insert into org (registry_id, org, parent, level, name_zh, name_en) values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing returning org
      ) select json_agg(org) as made from made`,
    [registryId, org, parent, level, nameZh, nameEn],
  );
  return found.made !== null;
}

export interface KeptOrg extends OrgNames {
  readonly level: string;
  readonly closedOn: string | null;
}

/** Keeps other changes of it waiting until commit. */
export async function lockOrg(manager: EntityManager, registryId: number, org: string): Promise<KeptOrg | undefined> {
  const [kept] = await manager.query(
    `select level, name_zh as "nameZh", name_en as "nameEn", closed_on as "closedOn" from org
      where registry_id = $1 and org = $2 for update`,
    [registryId, org],
  );
  return kept;
}

export async function updateOrg(
  manager: EntityManager,
  registryId: number,
  org: string,
  { nameZh, nameEn, closedOn }: Omit<KeptOrg, 'level'>,
): Promise<void> {
  await manager.query('update org set name_zh = $3, name_en = $4, closed_on = $5 where registry_id = $1 and org = $2', [
    registryId,
    org,
    nameZh,
    nameEn,
    closedOn,
  ]);
}

/** The last day that the org and those below it have entries of, and whether one below it is open. */
export async function findStaying(
  manager: EntityManager,
  registryId: number,
  org: string,
): Promise<{ lastDay: string | null; openBelow: string | null }> {
  const [staying] = await manager.query(
    `select (select max(e.occurred_on) from entry e where e.registry_id = $1 and e.org = $2) as "lastDay", (
        select min(o.org) from org o where o.registry_id = $1 and o.parent = $2 and o.closed_on is null
      ) as "openBelow"`,
    [registryId, org],
  );
  return staying;
}
