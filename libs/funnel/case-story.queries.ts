import type { EntityManager } from 'typeorm';

/** More than a request ever has. */
const AT_MOST = 500;

/** The ids of what a request is named by, or its donor's follow-ups and donations. */
export async function findIdsOfCase(manager: EntityManager, registryId: number, caseCode: string): Promise<string[]> {
  const found: { id: string }[] = await manager.query(
    `select id from entry where registry_id = $1 and case_code = $2 order by occurred_on, position, id limit $3`,
    [registryId, caseCode, AT_MOST],
  );
  return found.map(({ id }) => id);
}

export async function findIdsOfDonor(
  manager: EntityManager,
  registryId: number,
  donorCode: string,
  kinds: readonly string[],
): Promise<string[]> {
  const found: { id: string }[] = await manager.query(
    `select id from entry where registry_id = $1 and donor_code = $2 and kind = any($3) limit $4`,
    [registryId, donorCode, kinds, AT_MOST],
  );
  return found.map(({ id }) => id);
}
