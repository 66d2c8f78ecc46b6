import type { EntityManager } from 'typeorm';
import { CHOICES_WAITING } from './as-of.queries';
import type { LedgerProgress } from './registry.queries';

/** How far the ledger and its values have come, without what it takes longer to find out. */
export type LedgerPulse = Pick<LedgerProgress, 'position' | 'computedPosition' | 'computedAt' | 'waiting'>;

/** Nothing while there is no such registry. */
export async function findPulse(manager: EntityManager, registryId: number): Promise<LedgerPulse | undefined> {
  const [pulse] = await manager.query(
    `select h.position, coalesce(c.position, 0) as "computedPosition", c.computed_at as "computedAt",
        ((select count(*) from recompute_mark m where m.registry_id = $1) + ${CHOICES_WAITING})::int as waiting
      from registry_head h left join recompute_head c using (registry_id)
      where h.registry_id = $1`,
    [registryId],
  );
  return pulse;
}
