import type { Client } from 'pg';
import type { EntityManager } from 'typeorm';

/** What is put off while rows come in: a statement that drops it, and one that makes it again. */
interface PutOff {
  readonly drop: string;
  readonly make: string;
}

/** No triggers in this connection, and memory to build indexes with. */
export async function workUnchecked(owner: Client): Promise<void> {
  await owner.query(
    `set session_replication_role = replica; set maintenance_work_mem = '1GB'; set synchronous_commit = off;
      set timezone = 'Asia/Shanghai'; set max_parallel_workers_per_gather = 0`,
  );
}

/** Lays the demonstration's entries and writes aside, and empties the ledger. */
export async function layAside(owner: Client): Promise<void> {
  await owner.query(
    `create table told as
      select e.* from entry e join ledger_write w using (registry_id, position) where w.source = 'demonstration';
    create table written as select * from ledger_write where source = 'demonstration';
    analyze told, written;
    truncate entry, ledger_write, recompute_mark, monthly_tally, metric_value, indicator_value cascade`,
  );
}

/** The keys and indexes of the ledger, and the keys that rest on them, in the order in which they can be made. */
export async function findPutOff(owner: Client): Promise<PutOff[]> {
  const { rows } = await owner.query<PutOff>(
    `select format('drop index %s', i.indexrelid::regclass) as drop, pg_get_indexdef(i.indexrelid) as make, 0 as place
      from pg_index i
      where i.indrelid = 'entry'::regclass and not exists (select from pg_constraint where conindid = i.indexrelid)
    union all
    select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname),
        format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)),
        case c.contype when 'p' then 1 else 2 end
      from pg_constraint c
      where c.contype in ('p', 'f') and 'entry'::regclass in (c.conrelid, c.confrelid)
    order by place`,
  );
  return rows;
}

/**
 * The same entries once more, so many years earlier, of other donors, cases and samples, and after so many copies.
 * Openings stand on the ledger's first day alone.
 */
export async function insertCopy(
  owner: Client,
  { name, yearsEarlier, after, first }: { name: string; yearsEarlier: number; after: number; first: boolean },
): Promise<void> {
  await owner.query(
    `insert into ledger_write (registry_id, position, recorded_at, recorded_by, source)
      select registry_id, position + $1 * max(position) over (), recorded_at - make_interval(years => $2), recorded_by,
        source
      from written`,
    [after, yearsEarlier],
  );
  await owner.query(
    `insert into entry (registry_id, id, position, posted_month, occurred_on, kind, org, donor_code, case_code,
        sample_code, outcome, reason, quantity, attributes, note_hash, justification, reverses, original_month)
      select registry_id, md5(id || $3)::uuid, position + $1 * span, posted_month - ago, occurred_on - ago, kind, org,
        donor_code || $3, case_code || $3, sample_code || $3, outcome, reason, quantity, attributes, note_hash,
        justification, md5(reverses || $3)::uuid, original_month - ago
      from told, make_interval(years => $2) as ago, (select max(position) as span from written)
      where $4 or kind not like 'Opening%'`,
    [after, yearsEarlier, name, first],
  );
}

/** The registry begins so many years earlier, with all months open. */
export async function moveBeginning(owner: Client, yearsEarlier: number): Promise<void> {
  await owner.query(`update registry set first_day = first_day - make_interval(years => $1)`, [yearsEarlier]);
  await owner.query(
    `update registry_head h set first_open_month = date_trunc('month', r.first_day), position = w.position,
        recorded_at = w.recorded_at
      from registry r, (select max(position) as position, max(recorded_at) as recorded_at from ledger_write) w
      where r.registry_id = h.registry_id`,
  );
}

export async function dropAside(owner: Client): Promise<void> {
  await owner.query('drop table told, written');
}

/** How many figures are not the same in each copy. */
export async function countUnlike(
  manager: EntityManager,
  registryId: number,
  keys: readonly string[],
  copies: number,
): Promise<number> {
  const [{ unlike }] = await manager.query(
    `select count(*)::int as unlike from (
      select from metric_value where registry_id = $1 and key = any($2)
      group by org, own, key, left(period, 4)::int % 2, substr(period, 5)
      having count(*) <> $3 or min(value) <> max(value)
    ) u`,
    [registryId, keys, copies],
  );
  return unlike;
}

/** The months of a year, by how many entries are posted to them. */
export async function countEntriesByMonth(
  manager: EntityManager,
  registryId: number,
): Promise<{ month: string; entries: number }[]> {
  return manager.query(
    `select to_char(posted_month, 'YYYY-MM') as month, sum(originals + reversals)::int as entries from monthly_tally
      where registry_id = $1 group by posted_month order by posted_month`,
    [registryId],
  );
}
