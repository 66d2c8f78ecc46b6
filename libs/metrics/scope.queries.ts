import type { EntityManager } from 'typeorm';

/** Which orgs' entries a value is made of: an org with all below it, or its own alone (本级). */
export interface ValueScope {
  readonly org: string;
  readonly own: boolean;
}

/** The orgs above these (and themselves), in both readings: with all below them, and their own entries alone. */
export async function findScopesAbove(
  manager: EntityManager,
  registryId: number,
  orgs: readonly string[],
): Promise<{ org: string; own: boolean }[]> {
  return manager.query(
    `select distinct c.ancestor as org, false as own
      from org_closure c where c.registry_id = $1 and c.org = any($2)
      union
      select o.parent, true from org o
      where o.registry_id = $1 and o.parent = any($2)`,
    [registryId, orgs],
  );
}

/** Every scope of the registry that values are kept for. */
export async function findAllScopes(manager: EntityManager, registryId: number): Promise<ValueScope[]> {
  return manager.query(
    `select org, false as own from org where registry_id = $1
      union
      select parent, true from org where registry_id = $1 and parent is not null`,
    [registryId],
  );
}
