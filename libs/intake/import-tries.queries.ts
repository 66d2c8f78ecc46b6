import type { EntityManager } from 'typeorm';

/**
 * Counts that an import is begun. Does not wait for somebody who is just deciding on it.
 *
 * @returns how often that was so since it last came further, without its end being known; undefined: nothing is to be
 * done for it, or it could not be counted
 */
export async function beginTry(
  manager: EntityManager,
  registryId: number,
  importId: string,
): Promise<number | undefined> {
  const [begun] = await manager.query(
    `with begun as (
        update import set unended = unended + 1
        where (registry_id, import_id) in (
          select registry_id, import_id from import
          where registry_id = $1 and import_id = $2 and state in ('received', 'accepted', 'posting')
          for no key update skip locked
        )
        returning unended
      )
      select unended from begun`,
    [registryId, importId],
  );
  return begun?.unended;
}

/** @returns how often it has failed since it last came further */
export async function endTry(
  manager: EntityManager,
  registryId: number,
  importId: string,
  failed: boolean,
): Promise<number> {
  const [ended] = await manager.query(
    `with ended as (
        update import set unended = 0, faults = faults + $3::int where registry_id = $1 and import_id = $2
        returning faults
      )
      select faults from ended`,
    [registryId, importId, failed ? 1 : 0],
  );
  return ended.faults;
}
