import type { EntityManager } from 'typeorm';
import { REVERSAL_ID, ROW_OF_STEP } from './import-plan.queries';

export interface PostedStep {
  readonly number: number;
  /** Of the entry to be written. */
  readonly id: string | null;
  /** The entry to be taken back, where it still stands, and the id of the reversal. */
  readonly reverses: string | null;
  readonly reversal: string | null;
  readonly sheet: number | null;
  readonly row: number | null;
  readonly stated: (Record<string, unknown> & { readonly occurredOn: string; readonly justification?: string }) | null;
}

/** What a batch has still to do: reversals that somebody else has made meanwhile are left out. */
export async function findPostedSteps(
  manager: EntityManager,
  registryId: number,
  importId: string,
  batch: number,
): Promise<PostedStep[]> {
  return manager.query(
    `select s.number, s.id, s.sheet, s.row, r.stated,
        case when gone.id is null or gone.id = ${REVERSAL_ID('s.reverses')} then s.reverses end as reverses,
        case when s.reverses is not null then ${REVERSAL_ID('s.reverses')} end as reversal
      from import_step s
      ${ROW_OF_STEP}
      left join lateral (
        select e.id from entry e where e.registry_id = $1 and e.reverses = s.reverses limit 1
      ) gone on true
      where s.registry_id = $1 and s.import_id = $2 and s.batch = $3 and s.problem is null
      order by s.number`,
    [registryId, importId, batch],
  );
}

/** Remembers which entries of the ledger came from which row, and so from which source. */
export async function linkEntries(
  manager: EntityManager,
  { registryId, importId, sourceId }: { registryId: number; importId: string; sourceId: string },
  batch: number,
  numbers: readonly number[],
): Promise<void> {
  await manager.query(
    `insert into import_entry (registry_id, id, source_id, content_key, import_id, sheet, row)
      select $1, s.id, $3, r.content_key, $2, r.sheet, r.row
      from import_step s
      ${ROW_OF_STEP}
      where s.registry_id = $1 and s.import_id = $2 and s.batch = $4 and s.number = any($5::int[]) and s.id is not null
      on conflict (registry_id, id) do nothing`,
    [registryId, importId, sourceId, batch, numbers],
  );
}

export async function advanceImport(
  manager: EntityManager,
  { registryId, importId }: { registryId: number; importId: string },
  batch: number,
  posted: number,
): Promise<void> {
  await manager.query(
    `update import set state = 'posting', phase = 'post', next_batch = $3::int, entries_posted = entries_posted + $4,
        done = $3::int, total = batches, progressed_at = now(), faults = 0, unended = 0
      where registry_id = $1 and import_id = $2`,
    [registryId, importId, batch + 1, posted],
  );
}
