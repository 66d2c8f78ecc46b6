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

/** Keeps other writers of the registry waiting until commit. */
export async function lockWriters(manager: EntityManager, registryId: number): Promise<void> {
  await manager.query('select from lock_registry($1)', [registryId]);
}

/** The position at which what the transaction does to orgs stands in their history. */
export async function takeOrgPosition(manager: EntityManager, registryId: number, actor: string): Promise<void> {
  await manager.query(`select take_position($1, $2, 'org')`, [registryId, actor]);
}

export interface Staying {
  /** The last day of which an entry of the org stands. */
  readonly lastDay: string | null;
  /** An org right below it that is open after the day. */
  readonly openBelow: string | null;
  /** When the org above it closes. */
  readonly closedAbove: string | null;
}

/** What keeps an org from closing on a day, or from being open after it. */
export async function findStaying(
  manager: EntityManager,
  registryId: number,
  org: string,
  day: string | null,
): Promise<Staying> {
  const [staying] = await manager.query(
    `select (
        select max(e.occurred_on) from entry e
        where e.registry_id = $1 and e.org = $2 and e.reverses is null
          and not exists (select from entry r where r.registry_id = $1 and r.reverses = e.id)
      ) as "lastDay", (
        select min(o.org) from org o
        where o.registry_id = $1 and o.parent = $2 and (o.closed_on is null or o.closed_on > $3::date)
      ) as "openBelow", (
        select a.closed_on from org o join org a on a.registry_id = o.registry_id and a.org = o.parent
        where o.registry_id = $1 and o.org = $2
      ) as "closedAbove"`,
    [registryId, org, day],
  );
  return staying;
}
