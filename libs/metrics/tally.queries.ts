import type { EntityManager } from 'typeorm';
import type { Scope, TouchedCell } from './recompute.queries';

/** The orgs, months and kinds of some cells, apart: what an index can be asked for at once. */
function spanOf(cells: readonly TouchedCell[]): [orgs: string[], months: string[], kinds: string[]] {
  const each = (field: keyof TouchedCell) => [...new Set(cells.map((cell) => cell[field]))];
  return [each('org'), each('posted_month'), each('kind')];
}

const TALLY_COLUMNS = `registry_id, org, posted_month, kind, outcome, reason, original_month, originals, reversals,
  quantity`;

const TALLY_SUMS = `coalesce(e.outcome, ''), coalesce(e.reason, ''), e.original_month,
  count(*) filter (where e.reverses is null), count(*) filter (where e.reverses is not null), sum(e.quantity)`;

export async function deleteTallies(
  manager: EntityManager,
  registryId: number,
  cells: readonly TouchedCell[],
): Promise<void> {
  await manager.query(
    `delete from monthly_tally t
      using json_to_recordset($2::json) as c (org text, posted_month date, kind text)
      where t.registry_id = $1 and t.org = c.org and t.posted_month = c.posted_month and t.kind = c.kind
        and t.org = any($3) and t.posted_month = any($4) and t.kind = any($5)`,
    [registryId, JSON.stringify(cells), ...spanOf(cells)],
  );
}

/** Counts the touched cells again, from nothing but the ledger. */
export async function insertTallies(
  manager: EntityManager,
  scope: Scope,
  cells: readonly TouchedCell[],
): Promise<void> {
  await manager.query(
    `insert into monthly_tally (${TALLY_COLUMNS})
      select e.registry_id, e.org, e.posted_month, e.kind, ${TALLY_SUMS}
      from json_to_recordset($3::json) as c (org text, posted_month date, kind text)
      join entry e on e.registry_id = $1 and e.org = c.org and e.posted_month = c.posted_month and e.kind = c.kind
      where e.position <= $2 and e.org = any($4) and e.posted_month = any($5) and e.kind = any($6)
      group by e.registry_id, e.org, e.posted_month, e.kind, coalesce(e.outcome, ''), coalesce(e.reason, ''),
        e.original_month`,
    [scope.registryId, scope.position, JSON.stringify(cells), ...spanOf(cells)],
  );
}

/** Throws all tallies of a registry away. */
export async function deleteAllTallies(manager: EntityManager, registryId: number): Promise<void> {
  await manager.query('delete from monthly_tally where registry_id = $1', [registryId]);
}

/** Counts every cell of the registry again. */
export async function insertAllTallies(manager: EntityManager, scope: Scope): Promise<void> {
  await manager.query(
    `insert into monthly_tally (${TALLY_COLUMNS})
      select e.registry_id, e.org, e.posted_month, e.kind, ${TALLY_SUMS}
      from entry e
      where e.registry_id = $1 and e.position <= $2
      group by e.registry_id, e.org, e.posted_month, e.kind, coalesce(e.outcome, ''), coalesce(e.reason, ''),
        e.original_month`,
    [scope.registryId, scope.position],
  );
}

/** The cells whose tallies stand, as a rebuild takes them: everything is touched. */
export async function findTallyCells(manager: EntityManager, registryId: number): Promise<TouchedCell[]> {
  return manager.query(`select distinct org, posted_month, kind from monthly_tally where registry_id = $1`, [
    registryId,
  ]);
}

/** The first and the last month that the registry has entries in: of each org from the ends of its key, not all tallies. */
export async function findHorizon(
  manager: EntityManager,
  registryId: number,
): Promise<{ first: string; last: string } | undefined> {
  const [span] = await manager.query(
    `select min(m.first) as first, max(m.last) as last
      from org o cross join lateral (
        select
          (select t.posted_month from monthly_tally t where t.registry_id = $1 and t.org = o.org
            order by t.posted_month limit 1) as first,
          (select t.posted_month from monthly_tally t where t.registry_id = $1 and t.org = o.org
            order by t.posted_month desc limit 1) as last
      ) m
      where o.registry_id = $1`,
    [registryId],
  );
  return span.first === null ? undefined : span;
}
