import type { EntityManager } from 'typeorm';

/**
 * From here to the end of the transaction, which is to be rolled back, the name `entry` means the ledger together with
 * what is put into `staged_entry`: what reads the ledger reads it as it would be.
 */
export async function shadowLedger(manager: EntityManager): Promise<void> {
  await manager.query('create temp table staged_entry (like public.entry) on commit drop');
  await manager.query('create index on staged_entry (reverses)');
  await manager.query('create temp view entry as select * from public.entry union all select * from staged_entry');
  // What this connection has prepared was read when the name meant the table.
  await manager.query('discard plans');
}

/** The ledger as it is, again. */
export async function clearStaged(manager: EntityManager): Promise<void> {
  await manager.query('truncate staged_entry');
}

/** The entries that came after a position, as `stageRows` takes them. */
export async function findRowsAfter(manager: EntityManager, registryId: number, position: string): Promise<string> {
  const [found] = await manager.query(
    `select coalesce(json_agg(e order by e.position, e.id), '[]')::text as rows from entry e
      where e.registry_id = $1 and e.position > $2`,
    [registryId, position],
  );
  return found.rows;
}

/** Puts such entries in as the next write would: after all that is there. */
export async function stageRows(manager: EntityManager, registryId: number, rows: string): Promise<void> {
  await manager.query(
    `insert into staged_entry
      select r.* from registry_head h, json_populate_recordset(null::staged_entry, $2::json) as r
      where h.registry_id = $1`,
    [registryId, rows],
  );
  await manager.query(
    `update staged_entry set position = (select h.position + 1 from registry_head h where h.registry_id = $1)`,
    [registryId],
  );
}
