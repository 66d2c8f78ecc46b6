import type { EntityManager } from 'typeorm';

/** Which orgs' entries a value is made of: an org with all below it, or its own alone (本级). */
export interface ValueScope {
  readonly org: string;
  readonly own: boolean;
  /** The org has no children: its own entries are all that it has. */
  readonly leaf: boolean;
}

const LEAF = `not exists (select from org child where child.registry_id = $1 and child.parent = o.org)`;

/** These orgs with their own entries alone, and they and the orgs above them with all below. */
export async function findScopesAbove(
  manager: EntityManager,
  registryId: number,
  orgs: readonly string[],
): Promise<ValueScope[]> {
  return manager.query(
    `select o.org, reading.own, ${LEAF} as leaf
      from org o cross join (values (false), (true)) as reading (own)
      where o.registry_id = $1 and (
        o.org = any($2)
        or not reading.own and o.org in (select ancestor from org_closure where registry_id = $1 and org = any($2))
      )`,
    [registryId, orgs],
  );
}

/** Every scope of the registry: each org in both readings. */
export async function findAllScopes(manager: EntityManager, registryId: number): Promise<ValueScope[]> {
  return manager.query(
    `select o.org, reading.own, ${LEAF} as leaf
      from org o cross join (values (false), (true)) as reading (own) where o.registry_id = $1`,
    [registryId],
  );
}
