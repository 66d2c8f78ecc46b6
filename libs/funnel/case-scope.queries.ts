import type { Move } from '../catalogue/worklists';

/** Whose cases are meant, and what of the ledger is known. */
export interface CaseScope {
  readonly registryId: number;
  readonly org: string;
  /** The org's own cases alone (本级). */
  readonly own: boolean;
  /** A row for the org's own cases and one for each org below it, instead of one for all. */
  readonly byOrg: boolean;
  /** Everything written up to it, and nothing after. */
  readonly position: string;
}

/** The first parameters of each statement: `$1` to `$5`. */
export function scopeParameters({ registryId, org, own, byOrg, position }: CaseScope): unknown[] {
  return [registryId, org, own, byOrg, position];
}

/** Which kind and outcomes a move is, as two parameters; no outcomes stand for any. */
export function moveParameters(move: Move | null): [kind: string | null, outcomes: readonly string[] | null] {
  return [move?.kind ?? null, move?.outcomes ?? null];
}

/** Whether an entry is a move that is given by two parameters. */
export function isMove(alias: string, kind: number, outcomes: number): string {
  return `(${alias}.kind = $${kind} and ($${outcomes}::text[] is null or ${alias}.outcome = any($${outcomes}::text[])))`;
}

/** `place`: the rows asked for, each with the orgs whose cases belong to it; no position stands for now. */
export function places(own = '$3', byOrg = '$4', position = '$5'): string {
  return `
    place (org, own, member) as materialized (
      select $2::text, ${own}::boolean, c.org from org_closure c
      where not ${byOrg}::boolean and c.registry_id = $1 and c.ancestor = $2 and (not ${own}::boolean or c.org = $2)
      union all
      select $2::text, true, $2::text where ${byOrg}::boolean
      union all
      select o.org, false, c.org from orgs_at($1, ${position}::bigint) o
      join org_closure c on c.registry_id = $1 and c.ancestor = o.org
      where ${byOrg}::boolean and o.parent = $2
    )`;
}

/**
 * `standing`: the entries of some kinds that stand for the cases in `candidate`. A reversal names its original's case
 * and kind, so all that strikes an entry is found beside it. `is true` keeps the kinds out of the index of cases, which
 * would be searched once for each case and kind.
 */
export function standing(kinds: string, until = ''): string {
  return `
    fact as materialized (
      select e.id, e.case_code, e.kind, e.outcome, e.reason, e.org, e.occurred_on, e.position, e.reverses
      from entry e
      where e.registry_id = $1 and e.case_code = any(array(select case_code from candidate))
        and (e.kind = any(${kinds})) is true and e.position <= $5 ${until}
    ),
    standing as (
      select * from fact f
      where f.reverses is null and f.id not in (select r.reverses from fact r where r.reverses is not null)
    )`;
}

/** When an entry came, as text that sorts so: the least of a group is told without sorting the group. */
export const CAME = `lpad((s.occurred_on - date '0001-01-01')::text, 7, '0')`;

/** A case belongs to the org of its first request (R18); one whose request is missing to that of what it begins with. */
export const HOME = `substr(min((case s.kind when 'ScreenRequested' then '0' else '1' end || ${CAME}
        || lpad(s.position::text, 19, '0') || s.org) collate "C"), 28)`;
