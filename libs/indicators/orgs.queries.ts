import type { EntityManager } from 'typeorm';

export interface OrgRow {
  readonly org: string;
  readonly parent: string | null;
  readonly level: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly closedOn: string | null;
}

/** The registry's orgs, the root first, then by code: those of today, or as they stood at a position of the ledger. */
export async function findOrgs(manager: EntityManager, registryId: number, position?: string): Promise<OrgRow[]> {
  const [from, asked] = position === undefined ? ['org where registry_id = $1', []] : ['orgs_at($1, $2)', [position]];
  return manager.query(
    `select org, parent, level, name_zh as "nameZh", name_en as "nameEn", closed_on as "closedOn"
      from ${from} order by parent is not null, org`,
    [registryId, ...asked],
  );
}

/** The code of the org that the registry itself is. */
export async function findRoot(manager: EntityManager, registryId: number): Promise<string | null> {
  const [root] = await manager.query('select org from org where registry_id = $1 and parent is null', [registryId]);
  return root?.org ?? null;
}

/** The orgs whose own entries some scopes are made of. */
export async function findMembers(
  manager: EntityManager,
  registryId: number,
  scopes: readonly { readonly org: string; readonly own: boolean }[],
): Promise<string[]> {
  const members: { org: string }[] = await manager.query(
    `select distinct c.org from json_to_recordset($2::json) as s (org text, own boolean)
      join org_closure c on c.registry_id = $1 and c.ancestor = s.org and (not s.own or c.org = s.org)`,
    [registryId, JSON.stringify(scopes)],
  );
  return members.map(({ org }) => org);
}
