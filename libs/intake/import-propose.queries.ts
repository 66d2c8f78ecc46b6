import type { EntityManager } from 'typeorm';
import { storableJson } from '../core/storable-json';
import type { KeptProblem } from './import-record';

/** Which import, and of which source. */
export interface Of {
  readonly registryId: number;
  readonly importId: string;
  readonly sourceId: string;
}

/** For files of a million rows, whose staging the planner has not heard of yet. Until commit. */
export async function planForMany(manager: EntityManager): Promise<void> {
  await manager.query(`select set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true)`);
}

/** Forgets an earlier proposal, but not what the rows say by themselves. */
export async function forgetProposal(manager: EntityManager, { registryId, importId }: Of): Promise<void> {
  await manager.query('delete from import_step where registry_id = $1 and import_id = $2', [registryId, importId]);
  await manager.query(
    `update import_row set breach = null, stored = false
      where registry_id = $1 and import_id = $2 and (breach is not null or stored)`,
    [registryId, importId],
  );
}

/** Rows that name an id which an earlier row of the file names too: the same entry, or else not to be taken (R1). */
export async function settleRepeatedIds(
  manager: EntityManager,
  { registryId, importId }: Of,
  differs: KeptProblem,
): Promise<void> {
  await manager.query(
    `update import_row r
      set stored = r.content_key = f.content_key, breach = case when r.content_key <> f.content_key then $3::jsonb end
      from (
        select sheet, row, first_value(content_key) over ids as content_key, row_number() over ids as ordinal
        from import_row where registry_id = $1 and import_id = $2 and stated_id is not null and problems is null
        window ids as (partition by stated_id order by sheet, row)
      ) f
      where r.registry_id = $1 and r.import_id = $2 and r.sheet = f.sheet and r.row = f.row and f.ordinal > 1`,
    [registryId, importId, JSON.stringify([differs])],
  );
}

/** Rows that name the id of an entry which stands in the ledger, but not by this source. */
export async function findRowsOfStored(
  manager: EntityManager,
  { registryId, importId, sourceId }: Of,
  atMost: number,
): Promise<{ sheet: number; row: number; id: string; stated: Record<string, unknown> }[]> {
  return manager.query(
    `select r.sheet, r.row, r.stated_id as id, r.stated from import_row r
      where r.registry_id = $1 and r.import_id = $2 and r.stated_id is not null and r.problems is null
        and r.breach is null and not r.stored
        and (select true from entry e where e.registry_id = $1 and e.id = r.stated_id limit 1)
        and (
          select true from import_entry l
          where l.registry_id = $1 and l.id = r.stated_id and l.source_id = $3 limit 1
        ) is null
      limit $4`,
    [registryId, importId, sourceId, atMost],
  );
}

export interface Settled {
  readonly sheet: number;
  readonly row: number;
  readonly breach: readonly KeptProblem[] | null;
}

/** Rows that stand already, or that are refused in view of the ledger. */
export async function settleRows(
  manager: EntityManager,
  { registryId, importId }: Pick<Of, 'registryId' | 'importId'>,
  rows: readonly Settled[],
): Promise<void> {
  await manager.query(
    `update import_row r set stored = s.breach is null, breach = s.breach
      from json_to_recordset($3::json) as s (sheet int, row int, breach jsonb)
      where r.registry_id = $1 and r.import_id = $2 and r.sheet = s.sheet and r.row = s.row`,
    [registryId, importId, storableJson(rows)],
  );
}

/** The rows of the file and the live entries of its source as multisets of content: what only one of them holds. */
export async function compareWithSource(manager: EntityManager, of: Of): Promise<{ fresh: number; gone: number }> {
  const { registryId, importId, sourceId } = of;
  await manager.query(
    `create temp table linked on commit drop as
      select l.id, l.content_key, r.id is null as live,
        row_number() over (partition by l.content_key, r.id is null order by l.import_id, l.sheet, l.row, l.id) as ordinal
      from import_entry l
      left join lateral (select r.id from entry r where r.registry_id = $1 and r.reverses = l.id limit 1) r on true
      where l.registry_id = $1 and l.source_id = $2`,
    [registryId, sourceId],
  );
  await manager.query(
    `create temp table fresh on commit drop as
      with known as (
        select content_key, count(*) as ever, count(*) filter (where live) as live from linked group by content_key
      ), file as (
        select sheet, row, kind, org, occurred_on, donor_code, case_code, sample_code, outcome, stated_id, content_key,
          row_number() over (partition by content_key order by sheet, row) as ordinal
        from import_row
        where registry_id = $1 and import_id = $2 and problems is null and breach is null and not stored
      )
      select f.*, coalesce(k.ever, 0) + f.ordinal - coalesce(k.live, 0) as time, null::uuid as reverses,
        coalesce(k.ever, 0) > coalesce(k.live, 0) as again
      from file f left join known k using (content_key)
      where f.ordinal > coalesce(k.live, 0)`,
    [registryId, importId],
  );
  await manager.query(
    `create temp table gone on commit drop as
      with file as (
        select content_key, count(*) as rows from import_row
        where registry_id = $1 and import_id = $2 and problems is null and breach is null and not stored
        group by content_key
      )
      select e.id, e.kind, e.org, e.occurred_on, e.donor_code, e.case_code, e.sample_code, e.outcome, false as taken
      from linked l
      left join file f using (content_key)
      cross join lateral (select * from entry e where e.registry_id = $1 and e.id = l.id limit 1) e
      where l.live and l.ordinal > coalesce(f.rows, 0)`,
    [registryId, importId],
  );
  const [count] = await manager.query(
    'select (select count(*)::int from fresh) as fresh, (select count(*)::int from gone) as gone',
  );
  return count;
}

/** What a row and the entry that it replaces have in common, the likeliest first. */
const LIKENESS: readonly { readonly columns: readonly string[]; readonly subject: string | null }[] = [
  { columns: ['kind', 'org', 'occurred_on', 'donor_code', 'case_code', 'sample_code', 'outcome'], subject: null },
  { columns: ['kind', 'org', 'occurred_on', 'donor_code', 'case_code', 'sample_code'], subject: null },
  {
    columns: ['kind', 'org', 'donor_code', 'case_code', 'sample_code'],
    subject: 'coalesce(donor_code, case_code, sample_code)',
  },
  {
    columns: ['kind', 'donor_code', 'case_code', 'sample_code'],
    subject: 'coalesce(donor_code, case_code, sample_code)',
  },
  { columns: ['kind', 'case_code'], subject: 'case_code' },
  { columns: ['kind', 'sample_code'], subject: 'sample_code' },
];

/** Pairs rows that are new with entries that have gone: the user sees what has changed, and a correction is one act. */
export async function pairChanges(manager: EntityManager): Promise<void> {
  for (const { columns, subject } of LIKENESS) {
    const key = columns.map((column) => `coalesce(${column}::text, '')`).join(` || '\u001f' || `);
    const only = subject === null ? '' : `and ${subject} is not null`;
    await manager.query(
      `with f as (
          select sheet, row, ${key} as key, row_number() over (partition by ${key} order by sheet, row) as ordinal
          from fresh where reverses is null ${only}
        ), g as (
          select id, ${key} as key, row_number() over (partition by ${key} order by id) as ordinal
          from gone where not taken ${only}
        ), pair as (
          select f.sheet, f.row, g.id from f join g using (key, ordinal)
        ), taken as (
          update gone set taken = true from pair where gone.id = pair.id
        )
        update fresh set reverses = pair.id from pair where fresh.sheet = pair.sheet and fresh.row = pair.row`,
    );
  }
}

/** While the file has invalid rows, each may be one of those that are missing from it: these are left alone. */
export async function holdGone(manager: EntityManager, { registryId, importId }: Of): Promise<void> {
  await manager.query(
    `create temp table held on commit drop as
      select id from gone where not taken and exists (
        select from import_row where registry_id = $1 and import_id = $2 and (problems is not null or breach is not null)
      )`,
    [registryId, importId],
  );
  await manager.query('delete from gone using held where held.id = gone.id');
}

/** Writes down what is left alone, so that it can be shown; nothing is done for a step with a problem. */
export async function insertHeld(
  manager: EntityManager,
  { registryId, importId }: Of,
  problem: KeptProblem,
): Promise<void> {
  await manager.query(
    `insert into import_step (registry_id, import_id, batch, number, reverses, problem)
      select $1, $2, 0, -row_number() over (order by id), id, $3::jsonb from held`,
    [registryId, importId, JSON.stringify(problem)],
  );
}

export async function hasReturning(manager: EntityManager): Promise<boolean> {
  const [found] = await manager.query(
    'select exists (select from fresh where again and reverses is null) as returning',
  );
  return found.returning;
}
