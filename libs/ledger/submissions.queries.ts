import type { EntityManager } from 'typeorm';

/** Who submits a month: an org right below the registry that was not closed before it. */
export interface SubmittingOrg {
  readonly org: string;
  readonly level: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** The last day of the month on which the org was there, `YYYY-MM-DD`. */
  readonly lastDay: string;
  /** The day on which it closed, `YYYY-MM-DD`. */
  readonly closedOn: string | null;
  /** The position at which it was added; 0 if the registry began with it. */
  readonly since: string;
}

/** Those who submit a month, by code; today's, or as they stood at a position. */
export async function findSubmittingOrgs(
  manager: EntityManager,
  registryId: number,
  firstDay: string,
  position: string | null = null,
): Promise<SubmittingOrg[]> {
  return manager.query(
    `select o.org, o.level, o.name_zh as "nameZh", o.name_en as "nameEn",
        least(($2::date + interval '1 month - 1 day')::date, o.closed_on) as "lastDay",
        o.closed_on as "closedOn",
        (select min(h.position) from org_history h where h.registry_id = $1 and h.org = o.org) as since
      from orgs_at($1, $3) o join org above on above.registry_id = $1 and above.org = o.parent
      where above.parent is null and (o.closed_on is null or o.closed_on >= $2::date)
      order by o.org`,
    [registryId, firstDay, position],
  );
}

/**
 * The kinds of which nothing stands in the month, in an org with all below it (R9, R10): an entry whose reversal lies
 * in the same month does not; a reversal of what an earlier month holds does.
 */
export async function findKindsWithout(
  manager: EntityManager,
  registryId: number,
  org: string,
  firstDay: string,
  kinds: readonly string[],
): Promise<string[]> {
  const missing: { kind: string }[] = await manager.query(
    `select k.kind from unnest($4::text[]) with ordinality as k (kind, place)
      where (
        select true from entry e
        where e.registry_id = $1 and e.posted_month = $3::date and e.kind = k.kind
          and e.org = any(array(select c.org from org_closure c where c.registry_id = $1 and c.ancestor = $2))
          and (e.reverses is null or e.original_month < e.posted_month)
          and (
            select true from entry r
            where r.registry_id = $1 and r.reverses = e.id and r.posted_month = e.posted_month limit 1
          ) is null
        limit 1
      ) is null
      order by k.place`,
    [registryId, org, firstDay, kinds],
  );
  return missing.map(({ kind }) => kind);
}

/** The last submission of a month by an org. Positions are decimal strings. */
export interface SubmissionRow {
  readonly org: string;
  readonly month: string;
  readonly position: string;
  readonly submittedAt: Date;
  readonly submittedBy: string;
  readonly nilReturns: number;
  readonly note: string | null;
  /** Whether an entry of that org and month has come since: then it is not submitted any more (R3). */
  readonly changed: boolean;
}

/**
 * The last submissions of some months. The ledger only grows, so something has come since exactly if more entries stand
 * in the month than did: those counted in its tallies, and those whose mark still waits (both go and come in one
 * commit). So it costs no look at the entries themselves.
 */
export async function findSubmissions(
  manager: EntityManager,
  registryId: number,
  firstDays: readonly string[],
  org: string | null = null,
): Promise<SubmissionRow[]> {
  return manager.query(
    `with last as materialized (
        select distinct on (s.org, s.month) s.* from submission s
        where s.registry_id = $1 and s.month = any($2::date[]) and ($3::text is null or s.org = $3)
        order by s.org, s.month, s.position desc
      ),
      member as materialized (
        select c.ancestor, c.org from org_closure c
        where c.registry_id = $1 and c.ancestor = any(array(select distinct org from last))
      ),
      tallied as materialized (
        select t.org, t.posted_month, sum(t.originals + t.reversals) as entries from monthly_tally t
        where t.registry_id = $1 and t.posted_month = any(array(select distinct month from last))
          and t.org = any(array(select org from member))
        group by t.org, t.posted_month
      ),
      counted as materialized (
        select m.ancestor, t.posted_month, sum(t.entries) as entries
        from tallied t join member m on m.org = t.org group by m.ancestor, t.posted_month
      ),
      waiting as materialized (
        select m.ancestor, k.posted_month, max(k.position) as position
        from recompute_mark k join member m on m.org = k.org
        where k.registry_id = $1 and k.posted_month = any($2::date[])
        group by m.ancestor, k.posted_month
      )
      select l.org, to_char(l.month, 'YYYY-MM') as month, l.position, w.recorded_at as "submittedAt",
        w.recorded_by as "submittedBy", l.nil_returns as "nilReturns", l.note,
        coalesce(c.entries, 0) > l.entries or coalesce(k.position, 0) > l.position as changed
      from last l
      join ledger_write w on w.registry_id = $1 and w.position = l.position
      left join counted c on c.ancestor = l.org and c.posted_month = l.month
      left join waiting k on k.ancestor = l.org and k.posted_month = l.month
      order by l.month, l.org`,
    [registryId, firstDays, org],
  );
}

/** Records that a month is whole, in the transaction that has written its nil returns; tells the position. */
export async function callSubmitMonth(
  manager: EntityManager,
  registryId: number,
  org: string,
  firstDay: string,
  actor: string,
  note: string | null,
): Promise<string> {
  const [submitted] = await manager.query('select submit_month($1, $2, $3::date, $4, $5) as position', [
    registryId,
    org,
    firstDay,
    actor,
    note,
  ]);
  return submitted.position;
}
