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
  /** The values that are there stand on all entries up to this one, and on none after it; `'0'` if that is not known. */
  readonly computedTo: string;
}

/** Waits for the registry's other worker, if there is one, and keeps the next one waiting until commit (R20). */
export async function lockRecompute(manager: EntityManager, registryId: number): Promise<void> {
  await manager.query('insert into recompute_head (registry_id) values ($1) on conflict do nothing', [registryId]);
  await manager.query('select from recompute_head where registry_id = $1 for update', [registryId]);
}

/** What waits to be computed, and the position up to which the ledger is read for it. */
export interface TakenMarks {
  readonly position: string;
  /** Where the values stand that were computed before. */
  readonly computedTo: string;
  /** By which definitions; null if nothing was computed, or nobody knows. */
  readonly definitions: string | null;
  /** By which choices of settings: the number of the last one, 0 without any. */
  readonly settings: number;
  readonly cells: readonly TouchedCell[];
}

/**
 * Takes the marks that it sees, and the position of the same moment: one statement, because it sees one moment. Entry
 * and mark commit together and positions follow commits, so that every entry up to this position has its mark taken
 * here or before, and every later one keeps its mark. A value that stands on the entries up to here so counts an entry
 * exactly if its mark is gone, whichever cells are computed and whatever commits meanwhile.
 */
export async function takeMarks(manager: EntityManager, registryId: number): Promise<TakenMarks> {
  const [taken] = await manager.query(
    `with taken as (
        delete from recompute_mark where registry_id = $1 returning org, posted_month, kind
      )
      select coalesce((select position from registry_head where registry_id = $1), 0) as position,
        (select position from recompute_head where registry_id = $1) as "computedTo",
        (select definitions from recompute_head where registry_id = $1) as definitions,
        (select settings from recompute_head where registry_id = $1) as settings,
        coalesce(
          (select json_agg(cell) from (select distinct org, posted_month, kind from taken) cell), '[]'
        ) as cells`,
    [registryId],
  );
  return taken;
}

/**
 * How the statements of a recompute are planned, until commit. Their inputs are lists that the planner knows nothing
 * of, and tables that have just been written: it takes both for a row or two and nests loops over thousands. Hashing
 * some hundred thousand subjects in memory also beats sorting them on disk.
 */
export async function planForRecompute(manager: EntityManager): Promise<void> {
  await manager.query(
    `select set_config('enable_nestloop', 'off', true), set_config('enable_sort', 'off', true),
        set_config('work_mem', '192MB', true)`,
  );
}

/**
 * @param definitions of the program, by which the values were computed
 * @param settings the last of the registry's choices that is in them
 */
export async function markComputed(
  manager: EntityManager,
  scope: Scope,
  definitions: string,
  settings: number,
): Promise<void> {
  await manager.query(
    `update recompute_head set position = $2, computed_at = now(), definitions = $3, settings = $4
      where registry_id = $1`,
    [scope.registryId, scope.position, definitions, settings],
  );
}
