import type { DataSource } from 'typeorm';
import { callPruneAudit } from './audit.queries';

/** R22: what the database itself holds to, whatever is configured. */
export const AUDIT_MONTHS_AT_LEAST = 6;

/**
 * Removes a registry's acts of whole months that are older than the months to keep, and leaves a checkpoint from which
 * the rest of the chain still verifies. The database refuses to keep fewer than six months.
 *
 * @returns how many acts went
 */
export async function pruneAudit(
  dataSource: DataSource,
  registryId: number,
  keepMonths: number,
  actor: string,
): Promise<number> {
  return dataSource.transaction('READ COMMITTED', (manager) => callPruneAudit(manager, registryId, keepMonths, actor));
}
