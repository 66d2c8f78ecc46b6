import type { EntityManager } from 'typeorm';
import type { TouchedCell } from '../metrics/recompute.queries';

/** The orgs whose values the staged entries can move: theirs, and all above. To be called after `shadowLedger`. */
export async function findShadowOrgs(manager: EntityManager, registryId: number): Promise<string[]> {
  const orgs: { org: string }[] = await manager.query(
    `select distinct c.ancestor as org from org_closure c
      where c.registry_id = $1 and c.org = any(array(select distinct org from staged_entry))`,
    [registryId],
  );
  return orgs.map(({ org }) => org);
}

/** The derived tables, as they would be, of these orgs' values; the real ones keep their rows. */
export async function shadowDerived(
  manager: EntityManager,
  registryId: number,
  orgs: readonly string[],
): Promise<void> {
  await manager.query('create temp table monthly_tally (like public.monthly_tally) on commit drop');
  await manager.query('insert into monthly_tally select * from public.monthly_tally where registry_id = $1', [
    registryId,
  ]);
  for (const table of ['metric_value', 'indicator_value']) {
    await manager.query(`create temp table ${table} (like public.${table}) on commit drop`);
    await manager.query(`insert into ${table} select * from public.${table} where registry_id = $1 and org = any($2)`, [
      registryId,
      orgs,
    ]);
  }
}

export async function findShadowCells(manager: EntityManager): Promise<TouchedCell[]> {
  return manager.query('select distinct org, posted_month, kind from staged_entry');
}

/** Where the ledger stands, and where its values do: nowhere if others than today's definitions made them. */
export async function findPositions(
  manager: EntityManager,
  registryId: number,
  definitions: string,
): Promise<{ readonly next: string; readonly head: string; readonly computedTo: string }> {
  const [positions] = await manager.query(
    `select h.position + 1 as next, h.position as head,
        coalesce((
          select c.position from recompute_head c where c.registry_id = $1 and c.definitions = $2
            and c.settings = coalesce((select max(s.number) from setting s where s.registry_id = $1), 0)
        ), 0) as "computedTo"
      from registry_head h where h.registry_id = $1`,
    [registryId, definitions],
  );
  return positions;
}

export interface FigureEffect {
  readonly org: string;
  readonly key: string;
  readonly period: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Null where one of them is missing or not applicable. */
  readonly difference: string | null;
}

/** What the values of some orgs, with all below each, would be in the months and years that move. */
export async function findFigureEffects(
  manager: EntityManager,
  table: 'metric_value' | 'indicator_value',
  registryId: number,
  orgs: readonly string[],
  atMost: number,
): Promise<FigureEffect[]> {
  return manager.query(
    `with before as (
        select org, key, period, state, value from public.${table}
        where registry_id = $1 and org = any($2) and not own and period ~ '^\\d{4}(-\\d\\d)?$'
      ), after as (
        select org, key, period, state, value from pg_temp.${table}
        where registry_id = $1 and org = any($2) and not own and period ~ '^\\d{4}(-\\d\\d)?$'
      )
      select org, key, period, trim_scale(b.value)::text as before, trim_scale(a.value)::text as after,
        trim_scale(a.value - b.value)::text as difference
      from before b full join after a using (org, key, period)
      where (b.state, b.value) is distinct from (a.state, a.value)
      order by org, key, length(period), period limit $3`,
    [registryId, orgs, atMost],
  );
}
