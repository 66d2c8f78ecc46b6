import type { EntityManager } from 'typeorm';

/** A place in a registry's ledger: everything written up to it, and nothing after. */
export interface LedgerMoment {
  readonly position: string;
  /** When its last write was recorded; null before the first. */
  readonly recordedAt: Date | null;
  /** The seal that it was asked by. */
  readonly seal?: { readonly period: string; readonly number: number; readonly hash: string };
}

/** The place that today's values stand at, or the ledger's end. */
export async function findPlaces(
  manager: EntityManager,
  registryId: number,
): Promise<{ computed: string; last: string; firstRecordedAt: Date | null; now: Date }> {
  const [places] = await manager.query(
    `select coalesce(c.position, 0) as computed, h.position as last, clock_timestamp() as now, (
        select w.recorded_at from ledger_write w where w.registry_id = $1 order by w.position limit 1
      ) as "firstRecordedAt"
      from registry_head h left join recompute_head c using (registry_id) where h.registry_id = $1`,
    [registryId],
  );
  return places;
}

export async function findRecordedAt(
  manager: EntityManager,
  registryId: number,
  position: string,
): Promise<Date | null> {
  const [write] = await manager.query(
    `select recorded_at as "recordedAt" from ledger_write where registry_id = $1 and position <= $2
      order by position desc limit 1`,
    [registryId, position],
  );
  return write?.recordedAt ?? null;
}

/**
 * The last position that was recorded before a moment; 0 if there is none. The times never go back from one
 * position to the next (they are taken under the head's lock), so it is looked for by halves and needs no index of its
 * own, which every write would have to keep.
 */
export async function findPositionAt(manager: EntityManager, registryId: number, moment: Date): Promise<string> {
  const [found] = await manager.query(
    `with recursive half (low, high) as (
        select 0::bigint, h.position from registry_head h where h.registry_id = $1
        union all
        select case when early then middle else half.low end, case when early then half.high else middle - 1 end
        from half
        cross join lateral (select (half.low + half.high + 1) / 2 as middle) cut
        cross join lateral (
          select coalesce(bool_and(w.recorded_at < $2), true) as early
          from (
            select recorded_at from ledger_write
            where registry_id = $1 and position <= cut.middle order by position desc limit 1
          ) w
        ) looked
        where half.low < half.high
      )
      select low as position from half where low = high`,
    [registryId, moment],
  );
  return found.position;
}

/** Choices of settings that today's values do not follow yet; a registry without values waits for none. */
export const CHOICES_WAITING = `(
    select count(*) from recompute_head c join setting s on s.registry_id = c.registry_id and s.number > c.settings
    where c.registry_id = $1 and c.position > 0
  )`;

/** How much today's values lack: the marked cells that wait for a worker, and the choices that do. */
export async function countWaitingWork(manager: EntityManager, registryId: number): Promise<number> {
  const [found] = await manager.query(
    `select ((select count(*) from recompute_mark where registry_id = $1) + ${CHOICES_WAITING})::int as waiting`,
    [registryId],
  );
  return found.waiting;
}
