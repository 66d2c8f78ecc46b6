import type { EntityManager } from 'typeorm';

/** A cell that entries have touched: one org's own entries of one kind in one posted month (`YYYY-MM-DD`). */
export interface TouchedCell {
  readonly org: string;
  readonly posted_month: string;
  readonly kind: string;
}

/** What one recompute works on. */
export interface Scope {
  readonly registryId: number;
  /** Values stand on entries up to this position. */
  readonly position: string;
}

/** Waits for the registry's other worker, if there is one, and keeps the next one waiting until commit (R20). */
export async function lockRecompute(manager: EntityManager, registryId: number): Promise<boolean> {
  const rows = await manager.query('select from recompute_head where registry_id = $1 for update', [registryId]);
  return rows.length > 0;
}

/** Takes the marks that it sees. What is committed later keeps its mark. */
export async function takeMarks(manager: EntityManager, registryId: number): Promise<TouchedCell[]> {
  return manager.query(
    `with taken as (
        delete from recompute_mark where registry_id = $1 returning org, posted_month, kind
      )
      select distinct org, posted_month, kind from taken`,
    [registryId],
  );
}

/**
 * How the statements of a recompute are planned, until commit. Their inputs are lists that the planner knows nothing
 * of, and tables that have just been written: it takes both for a row or two and nests loops over thousands. Hashing
 * some hundred thousand subjects in memory also beats sorting them on disk.
 */
export async function planForRecompute(manager: EntityManager): Promise<void> {
  await manager.query(`select set_config('enable_nestloop', 'off', true), set_config('work_mem', '192MB', true)`);
}

export async function findLedgerPosition(manager: EntityManager, registryId: number): Promise<string> {
  const [head] = await manager.query('select position from registry_head where registry_id = $1', [registryId]);
  return head.position;
}

export async function markComputed(manager: EntityManager, scope: Scope): Promise<void> {
  await manager.query('update recompute_head set position = $2, computed_at = now() where registry_id = $1', [
    scope.registryId,
    scope.position,
  ]);
}
