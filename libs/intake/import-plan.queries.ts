import type { EntityManager } from 'typeorm';
import type { ImportCounts, KeptProblem } from './import-record';
import type { Of } from './import-propose.queries';

/** More entries than this that hang together by their subjects are not posted; so two such groups fill one write (R2). */
export const ENTRIES_PER_GROUP = 5_000;

/** What is to be done, in the order of the file, each with the codes by which it hangs together with others. */
export async function listItems(manager: EntityManager): Promise<void> {
  await manager.query(
    `create temp table item on commit drop as
      select row_number() over (order by sheet nulls last, row, id) as item, sheet, row, kind, stated_id, content_key, time, id,
        case when id is null or row is null then 1 else 2 end as entries
      from (
        select sheet, row, kind, stated_id, content_key, time, reverses as id from fresh
        union all
        select null, null, kind, null, null, null, id from gone where not taken
      ) step`,
  );
  await manager.query(
    `create temp table item_code on commit drop as
      select distinct i.item, c.code
      from item i join fresh f on f.sheet = i.sheet and f.row = i.row
      cross join lateral (values ('d' || f.donor_code), ('c' || f.case_code), ('s' || f.sample_code)) as c (code)
      where c.code is not null
      union
      select i.item, c.code
      from item i join gone g on g.id = i.id
      cross join lateral (values ('d' || g.donor_code), ('c' || g.case_code), ('s' || g.sample_code)) as c (code)
      where c.code is not null`,
  );
  await manager.query('create temp table grouped on commit drop as select item, item as label from item');
  await manager.query('analyze item, item_code, grouped');
}

/**
 * Gives what shares a code the least label among it, and that label's own. What hangs together over several codes needs
 * several calls, as many as its length has binary digits.
 *
 * @returns how many labels have changed
 */
export async function spreadLabels(manager: EntityManager): Promise<number> {
  await manager.query(
    `create temp table spread on commit drop as
      with code as (
        select c.code, min(g.label) as label from item_code c join grouped g using (item) group by c.code
      )
      select c.item, min(code.label) as label from item_code c join code using (code) group by c.item`,
  );
  const [count] = await manager.query(
    'select count(*)::int as changed from grouped g join spread s using (item) where s.label < g.label',
  );
  if (count.changed > 0) {
    await manager.query(
      `create temp table regrouped on commit drop as
        select g.item, least(coalesce(s.label, g.label), further.label) as label
        from grouped g left join spread s using (item)
        join grouped further on further.item = coalesce(s.label, g.label)`,
    );
    await manager.query('drop table grouped');
    await manager.query('alter table regrouped rename to grouped');
  }
  await manager.query('drop table spread');
  return count.changed;
}

export async function hasSeveralCodes(manager: EntityManager): Promise<boolean> {
  const [found] = await manager.query(
    'select exists (select from item_code group by item having count(*) > 1) as several',
  );
  return found.several;
}

/** Refuses the rows of groups that no single write could hold: such a code is none. */
export async function refuseLargeGroups(
  manager: EntityManager,
  { registryId, importId }: Of,
  problem: KeptProblem,
): Promise<void> {
  await manager.query(
    `with large as (
        select g.label from grouped g join item using (item) group by g.label having sum(entries) > $4
      ), refused as (
        delete from item i using grouped g, large l where g.item = i.item and l.label = g.label returning i.sheet, i.row
      )
      update import_row r set breach = $3::jsonb from refused
      where r.registry_id = $1 and r.import_id = $2 and r.sheet = refused.sheet and r.row = refused.row`,
    [registryId, importId, JSON.stringify([problem]), ENTRIES_PER_GROUP],
  );
}

const HASH = (text: string) => `encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`;

/** RFC 9562, version 8: the rest is the sender's. */
const AS_UUID = (hash: string) =>
  `overlay(overlay(left(${hash}, 32) placing '8' from 13 for 1) placing 'a' from 17 for 1)::uuid`;

/** The id of the reversal of an entry that a file no longer holds: the same whenever it is asked for. */
export const REVERSAL_ID = (entry: string) => AS_UUID(HASH(`'reversal ' || ${entry}`));

/**
 * Writes down what is to be done, in batches that hold what hangs together whole. What an office opened with comes first:
 * other rows rest on it without sharing a code.
 *
 * @returns how many batches there are
 */
export async function insertSteps(manager: EntityManager, { registryId, importId, sourceId }: Of): Promise<number> {
  await manager.query(
    `insert into import_step (registry_id, import_id, batch, number, id, reverses, sheet, row)
      with size as (
        select g.label, sum(i.entries) as entries,
          max(case when i.kind = 'OpeningStock' then 2 when i.kind like 'Opening%' then 1 else 0 end) as opening
        from item i join grouped g using (item) group by g.label
      ), place as (
        select label, div(sum(entries) over (order by opening desc, label) - entries, $4)::int as batch from size
      )
      select $1, $2, p.batch, i.item,
        case when i.row is not null then
          case when i.stated_id is not null
              and not exists (select from entry e where e.registry_id = $1 and e.id = i.stated_id)
            then i.stated_id
            else ${AS_UUID(HASH(`$3::uuid || ' ' || i.content_key || ' ' || i.time`))}
          end
        end,
        i.id, i.sheet, i.row
      from item i join grouped g using (item) join place p using (label)`,
    [registryId, importId, sourceId, ENTRIES_PER_GROUP],
  );
  const [last] = await manager.query(
    `select coalesce(max(batch) + 1, 0) as batches from import_step where registry_id = $1 and import_id = $2`,
    [registryId, importId],
  );
  return last.batches;
}

/** Rows of months that are closed, and say not why they come so late. Those that correct an entry have its reason. */
export async function refuseUnjustified(
  manager: EntityManager,
  { registryId, importId }: Of,
  openMonth: string,
  problemOf: (month: string) => KeptProblem,
): Promise<void> {
  const months: { month: string }[] = await manager.query(
    `select distinct to_char(r.occurred_on, 'YYYY-MM') as month ${LATE_ROWS}`,
    [registryId, importId, openMonth],
  );
  for (const { month } of months) {
    await manager.query(
      `update import_row r set breach = $5::jsonb
        where (r.sheet, r.row) in (select r.sheet, r.row ${LATE_ROWS} and to_char(r.occurred_on, 'YYYY-MM') = $4)
          and r.registry_id = $1 and r.import_id = $2`,
      [registryId, importId, openMonth, month, JSON.stringify([problemOf(month)])],
    );
  }
  await dropRefusedSteps(manager, { registryId, importId });
}

const LATE_ROWS = `
  from import_row r
  join import_step s on s.registry_id = r.registry_id and s.import_id = r.import_id and s.sheet = r.sheet
    and s.row = r.row
  where r.registry_id = $1 and r.import_id = $2 and r.occurred_on < $3::date and s.reverses is null
    and r.stated ->> 'justification' is null`;

/** Whether what an office opened with stands in the first batch, and has not been refused there. */
export async function isOpeningPlanned(
  manager: EntityManager,
  { registryId, importId }: Pick<Of, 'registryId' | 'importId'>,
): Promise<boolean> {
  const [found] = await manager.query(
    `select exists (
        select from import_step s ${ROW_OF_STEP}
        where s.registry_id = $1 and s.import_id = $2 and s.batch = 0 and r.kind = 'OpeningStock'
      ) as planned`,
    [registryId, importId],
  );
  return found.planned;
}

/** Nothing is done for a row that has been refused. */
export async function dropRefusedSteps(
  manager: EntityManager,
  { registryId, importId }: Pick<Of, 'registryId' | 'importId'>,
  batch: number | null = null,
): Promise<void> {
  await manager.query(
    `delete from import_step s
      where s.registry_id = $1 and s.import_id = $2 and ($3::int is null or s.batch = $3) and s.row is not null and (
        select r.breach is not null from import_row r
        where r.registry_id = $1 and r.import_id = $2 and r.sheet = s.sheet and r.row = s.row
      )`,
    [registryId, importId, batch],
  );
}

/** While rows are refused, what the file no longer holds may be one of them. @returns how many more entries are left alone */
export async function holdGoneSteps(
  manager: EntityManager,
  { registryId, importId }: Pick<Of, 'registryId' | 'importId'>,
  problem: KeptProblem,
): Promise<number> {
  const [, held]: [unknown, number] = await manager.query(
    `update import_step set problem = $3::jsonb
      where registry_id = $1 and import_id = $2 and id is null and problem is null and exists (
        select from import_row where registry_id = $1 and import_id = $2 and (problems is not null or breach is not null)
      )`,
    [registryId, importId, JSON.stringify(problem)],
  );
  return held;
}

/**
 * The row `r` of each step `s`. These tables grow from nothing by millions of rows between two looks of the planner at
 * them: a limit keeps it from anything but asking their keys.
 */
export const ROW_OF_STEP = `left join lateral (
  select r.stated, r.content_key, r.kind, r.org, r.occurred_on, r.donor_code, r.case_code, r.sample_code, r.outcome,
    r.sheet, r.row
  from import_row r
  where r.registry_id = $1 and r.import_id = $2 and r.sheet = s.sheet and r.row = s.row limit 1
) r on true`;

export async function findOpenMonth(manager: EntityManager, registryId: number): Promise<string> {
  const [head] = await manager.query('select first_open_month as month from registry_head where registry_id = $1', [
    registryId,
  ]);
  return head.month;
}

/** The last write that has been committed. */
export async function findHeadPosition(manager: EntityManager, registryId: number): Promise<string> {
  const [head] = await manager.query('select position from registry_head where registry_id = $1', [registryId]);
  return head.position;
}

/** The code of a step that is left alone because a refused row may be it. */
export const HELD = 'entry_held';

/** What is to be done, counted; a `gone` whose entry others rest on is `blocked`. */
export async function countSteps(
  manager: EntityManager,
  { registryId, importId }: Pick<Of, 'registryId' | 'importId'>,
): Promise<Omit<ImportCounts, 'unchanged' | 'returning'> & { readonly valid: number }> {
  const [count] = await manager.query(
    `select s.*, r.* from (
        select count(*) filter (where reverses is null)::int as new,
          count(*) filter (where id is not null and reverses is not null)::int as changed,
          count(*) filter (where id is null and problem is null)::int as gone,
          count(*) filter (where problem ->> 'code' = $3)::int as held,
          count(*) filter (where problem ->> 'code' <> $3)::int as blocked
        from import_step where registry_id = $1 and import_id = $2
      ) s, (
        select count(*) filter (where problems is null and breach is null)::int as valid,
          count(*) filter (where problems is not null or breach is not null)::int as invalid
        from import_row where registry_id = $1 and import_id = $2
      ) r`,
    [registryId, importId, HELD],
  );
  return count;
}
