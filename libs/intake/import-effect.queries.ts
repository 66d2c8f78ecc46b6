import type { EntityManager } from 'typeorm';
import { ROW_OF_STEP } from './import-plan.queries';
import type { TouchedCell } from '../metrics/recompute.queries';

/** Which import; reversals are posted to the first open month where theirs is closed (R4). */
interface Of {
  readonly registryId: number;
  readonly importId: string;
}

export interface MonthEffect {
  /** The month that the entries will be posted to, `YYYY-MM`. */
  readonly month: string;
  readonly kind: string;
  readonly entries: number;
  readonly reversals: number;
  /** Exact: what the month's quantity of that kind moves by. */
  readonly quantity: string;
}

/** Which months and kinds would move, and by how much; counted from what is to be done alone. */
export async function findMonthEffects(
  manager: EntityManager,
  { registryId, importId }: Of,
  atMost: number,
): Promise<MonthEffect[]> {
  return manager.query(
    `with step as (
        select greatest(date_trunc('month', r.occurred_on::timestamp)::date, h.first_open_month) as month, r.kind,
          1 as entries, 0 as reversals, (r.stated ->> 'quantity')::numeric as quantity
        from import_step s
        ${ROW_OF_STEP}
        join registry_head h on h.registry_id = $1
        where s.registry_id = $1 and s.import_id = $2 and s.id is not null and s.problem is null
        union all
        select greatest(e.posted_month, h.first_open_month), e.kind, 0, 1, -e.quantity
        from import_step s
        join entry e on e.registry_id = $1 and e.id = s.reverses
        join registry_head h on h.registry_id = $1
        where s.registry_id = $1 and s.import_id = $2 and s.reverses is not null and s.problem is null
      )
      select to_char(month, 'YYYY-MM') as month, kind, sum(entries)::int as entries, sum(reversals)::int as reversals,
        trim_scale(sum(quantity))::text as quantity
      from step group by 1, 2 order by 1, 2 limit $3`,
    [registryId, importId, atMost],
  );
}

/** The derived tables, as they would be; the real ones keep their rows. To be called after `shadowLedger`. */
export async function shadowDerived(manager: EntityManager, registryId: number): Promise<void> {
  for (const table of ['monthly_tally', 'metric_value', 'indicator_value']) {
    await manager.query(`create temp table ${table} (like public.${table}) on commit drop`);
    await manager.query(`insert into ${table} select * from public.${table} where registry_id = $1`, [registryId]);
  }
}

export async function findShadowCells(manager: EntityManager): Promise<TouchedCell[]> {
  return manager.query('select distinct org, posted_month, kind from staged_entry');
}

export async function findPosition(manager: EntityManager, registryId: number): Promise<string> {
  const [head] = await manager.query('select position from registry_head where registry_id = $1', [registryId]);
  return head.position;
}

/** Whether values still wait to be computed: then others' entries are in the difference too. */
export async function hasMarks(manager: EntityManager, registryId: number): Promise<boolean> {
  const [found] = await manager.query('select exists (select from recompute_mark where registry_id = $1) as waiting', [
    registryId,
  ]);
  return found.waiting;
}

export interface FigureEffect {
  readonly key: string;
  readonly period: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Null where one of them is missing or not applicable. */
  readonly difference: string | null;
}

/** What the values of an org, with all below it, would be in the months and years that move. */
export async function findFigureEffects(
  manager: EntityManager,
  table: 'metric_value' | 'indicator_value',
  registryId: number,
  org: string,
  atMost: number,
): Promise<FigureEffect[]> {
  return manager.query(
    `with before as (
        select key, period, state, value from public.${table}
        where registry_id = $1 and org = $2 and not own and period ~ '^\\d{4}(-\\d\\d)?$'
      ), after as (
        select key, period, state, value from pg_temp.${table}
        where registry_id = $1 and org = $2 and not own and period ~ '^\\d{4}(-\\d\\d)?$'
      )
      select key, period, trim_scale(b.value)::text as before, trim_scale(a.value)::text as after,
        trim_scale(a.value - b.value)::text as difference
      from before b full join after a using (key, period)
      where (b.state, b.value) is distinct from (a.state, a.value)
      order by key, length(period), period limit $3`,
    [registryId, org, atMost],
  );
}
