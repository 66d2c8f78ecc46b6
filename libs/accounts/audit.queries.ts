import type { EntityManager } from 'typeorm';

export async function callRecordActs(manager: EntityManager, registryId: number, acts: string): Promise<void> {
  await manager.query('select record_acts($1, $2::json)', [registryId, acts]);
}
