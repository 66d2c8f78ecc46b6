import type { EntityManager } from 'typeorm';
import type { Sentence } from '../core/domain-error';

export interface DrillRow {
  registryId: number;
  startedAt: Date;
  file: string | null;
  bytes: number | null;
  entries: string | null;
  checked: number | null;
  drift: number | null;
  audit: Drill['audit'];
  problem: (Sentence & { code: string }) | null;
}

export async function insertDrill(manager: EntityManager, row: DrillRow): Promise<void> {
  await manager.query(
    `insert into backup_drill (registry_id, started_at, finished_at, file, bytes, entries, checked, drift, audit, problem)
      values ($1, $2, clock_timestamp(), $3, $4, $5, $6, $7, $8, $9)`,
    [
      row.registryId,
      row.startedAt,
      row.file,
      row.bytes,
      row.entries,
      row.checked,
      row.drift,
      row.audit === null ? null : JSON.stringify(row.audit),
      row.problem === null ? null : JSON.stringify(row.problem),
    ],
  );
}

export interface Drill {
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly file: string | null;
  readonly bytes: string | null;
  /** Entries of the registry in the restored database. */
  readonly entries: string | null;
  /** Values recounted there, and how many of them were wrong. */
  readonly checked: string | null;
  readonly drift: string | null;
  /** What the recount of the restored audit log gave. */
  readonly audit: {
    readonly checked: number;
    readonly broken: number;
    readonly seq: string;
    readonly hash: string;
  } | null;
  readonly problem: (Sentence & { readonly code: string }) | null;
}

/** The last drills of a registry, or the last that began before an instant; newest first. */
export async function findDrills(
  manager: EntityManager,
  registryId: number,
  limit: number,
  before?: string,
): Promise<Drill[]> {
  return manager.query(
    `select started_at as "startedAt", finished_at as "finishedAt", file, bytes, entries, checked, drift, audit, problem
      from backup_drill where registry_id = $1 and started_at < coalesce($3::timestamptz, 'infinity')
      order by started_at desc limit $2`,
    [registryId, limit, before ?? null],
  );
}

export async function countEntries(manager: EntityManager, registryId: number): Promise<string> {
  const [{ count }] = await manager.query('select count(*) as count from entry where registry_id = $1', [registryId]);
  return count;
}
