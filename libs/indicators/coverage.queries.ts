import type { EntityManager } from 'typeorm';
import { basisParameters, findTallyBasis, talliesAsOf } from './tallies-as-of.queries';

/** Of those that owe a figure, how many have reported it for every month that is over. */
export interface Coverage {
  readonly owe: number;
  readonly reported: number;
}

const WITHIN = `t.posted_month = any($3::date[]) and t.kind = any(array(select kind from fed))
    and t.org = any(array(select org from member))`;

/**
 * By key, of the orgs right below an org that submits nothing itself. An org owes a key if it owes a kind that feeds
 * it; it has reported a month if something of each part of the key stands there (R10).
 *
 * @param duties which level owes which kind
 * @param fed which kind feeds which part of which key: a metric is one part, a rate two
 * @param firstDays of the months that must have been reported
 * @param position the place in the ledger at which orgs and entries are counted; today's unless said
 */
export async function findCoverage(
  manager: EntityManager,
  { registryId, org, position }: { readonly registryId: number; readonly org: string; readonly position?: string },
  firstDays: readonly string[],
  duties: readonly { readonly level: string; readonly kind: string }[],
  fed: readonly { readonly key: string; readonly part: number; readonly kind: string }[],
): Promise<(Coverage & { readonly key: string })[]> {
  const basis = position === undefined ? undefined : await findTallyBasis(manager, registryId, position);
  return manager.query(
    `with duty as materialized (select * from json_to_recordset($4::json) as d (level text, kind text)),
      fed as materialized (select * from json_to_recordset($5::json) as f (key text, part int, kind text)),
      parts_of as (select key, count(distinct part) as parts from fed group by key),
      month as materialized (
        select m.month from unnest($3::date[]) as m (month), registry g
        where g.registry_id = $1 and m.month >= date_trunc('month', g.first_day::timestamp)::date
      ),
      submitting as materialized (
        select o.org, o.level, o.closed_on from orgs_at($1, $6) o
        join org above on above.registry_id = $1 and above.org = o.parent
        where o.parent = $2 and above.parent is null
          and (o.closed_on is null or o.closed_on >= (select min(month) from month))
      ),
      member as materialized (
        select c.ancestor, c.org from org_closure c
        where c.registry_id = $1 and c.ancestor = any(array(select org from submitting))
      ),
      tallied as materialized (
        select t.org, t.posted_month as month, t.kind,
          sum(t.originals - case when t.original_month = t.posted_month then t.reversals else -t.reversals end) as standing
        from ${basis ? `(${talliesAsOf(7, WITHIN)}) t` : `monthly_tally t where t.registry_id = $1 and ${WITHIN}`}
        group by t.org, t.posted_month, t.kind
      ),
      standing as materialized (
        select m.ancestor as org, t.month, t.kind from tallied t join member m on m.org = t.org
        where t.month = any(array(select month from month))
        group by m.ancestor, t.month, t.kind having sum(t.standing) > 0
      ),
      whole as materialized (
        select f.key, s.org, s.month from standing s join fed f on f.kind = s.kind join parts_of p on p.key = f.key
        group by f.key, s.org, s.month, p.parts having count(distinct f.part) = p.parts
      ),
      due as materialized (
        select s.org, s.level, count(m.month) as months from submitting s
        join month m on s.closed_on is null or m.month <= s.closed_on
        group by s.org, s.level
      ),
      -- Added up instead of joined: the planner takes each side for a row or two, and would begin the other anew for it.
      both_sides as (
        select distinct f.key, d.org, d.months as due, 0 as told from due d
        join duty y on y.level = d.level join fed f on f.kind = y.kind
        union all
        select key, org, 0, count(*) from whole group by key, org
      ),
      compared as (
        select key, org, sum(due) as due, sum(told) as told from both_sides group by key, org having sum(due) > 0
      )
      select key, count(*)::int as owe, count(*) filter (where told >= due)::int as reported
      from compared group by key order by key`,
    [
      registryId,
      org,
      firstDays,
      JSON.stringify(duties),
      JSON.stringify(fed),
      position ?? null,
      ...(basis ? basisParameters(basis) : []),
    ],
  );
}
