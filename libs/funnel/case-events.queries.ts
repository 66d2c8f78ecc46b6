/** The orgs that are asked about: `$2` with all below it, or alone where `$3`. */
export const ASKED_ORGS = `any(array(
      select org from org_closure where registry_id = $1 and ancestor = $2 and (not $3::boolean or org = $2)))`;

/**
 * `event`: what stands of the requests in `candidate` up to position `$6`, as far as a move in `$7` names it, and what
 * it does to them; `at` orders those of one request. A request is followed through all orgs.
 *
 * The arrays send the planner into the index of cases: what else is known of a request is not fetched. Reversals are few:
 * what they take back is looked up in a small set, instead of a join of all with all.
 */
export const CASE_EVENTS = `
  move as materialized (
    select * from json_to_recordset($7::json) as m (kind text, outcome text, role text, stage integer, rank integer,
      how text, side text, reason text)
  ),
  fetched as materialized (
    select e.id, e.kind, e.org, e.donor_code, e.case_code, e.outcome, e.reason, e.occurred_on, e.posted_month,
      e.position, e.quantity, e.reverses
    from entry e
    where e.registry_id = $1 and e.case_code = any(array(select case_code from candidate))
      and e.kind = any(array(select kind from move)) and e.position <= $6
  ),
  event as materialized (
    select f.id, f.kind, f.org, f.donor_code, f.case_code, f.occurred_on, f.posted_month, f.position, m.role, m.stage,
      m.how, m.side, coalesce(f.reason, m.reason) as reason, (f.occurred_on - date '2000-01-01') * 100 + m.rank as at
    from fetched f
    join move m on m.kind = f.kind and m.outcome in ('', f.outcome)
    where f.reverses is null and f.quantity > 0 and f.id not in (select reverses from fetched where reverses is not null)
  )`;
