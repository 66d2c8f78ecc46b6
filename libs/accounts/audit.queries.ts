import type { EntityManager } from 'typeorm';

export async function callRecordActs(manager: EntityManager, registryId: number, acts: string): Promise<void> {
  await manager.query('select record_acts($1, $2::json)', [registryId, acts]);
}

export async function callPruneAudit(
  manager: EntityManager,
  registryId: number,
  keepMonths: number,
  actor: string,
): Promise<number> {
  const [{ gone }] = await manager.query('select prune_audit($1, $2, $3) as gone', [registryId, keepMonths, actor]);
  return Number(gone);
}
