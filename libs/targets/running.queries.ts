import type { EntityManager } from 'typeorm';
import type { Feed } from '../metrics/feeds';

/** Which orgs' entries a figure is made of: an org with all below it, or its own alone (本级). */
export interface RunningScope {
  readonly org: string;
  readonly own: boolean;
}

export interface RunningFigure extends RunningScope {
  readonly key: string;
  readonly value: string;
}

/** Which entries of a range of months are counted, for whom. */
export interface RunningAsked {
  readonly scopes: readonly RunningScope[];
  readonly feeds: readonly Feed[];
  /** The first day of the first and of the last month. */
  readonly first: string;
  readonly last: string;
}

/**
 * What the entries posted in a range of months come to, for each key and scope of which any stand (R10): R9 over the
 * whole range, which a reversal of an entry of the same range strikes out, though both lie in different months.
 */
export async function findRunningSums(
  manager: EntityManager,
  registryId: number,
  asked: RunningAsked,
): Promise<RunningFigure[]> {
  return manager.query(
    `with member as (
        select distinct s.org, s.own, c.org as member from json_to_recordset($2::json) as s (org text, own boolean)
        join org_closure c on c.registry_id = $1 and c.ancestor = s.org and (not s.own or c.org = s.org)
      ),
      feed as (
        select * from json_to_recordset($3::json) as f
          (key text, kind text, outcome text, reason text, times numeric, since date, until date)
      ),
      kind_of as (select distinct key, kind, since, until from feed),
      tally as materialized (
        select m.org, m.own, t.kind, t.outcome, t.reason, t.original_month, sum(t.quantity) as quantity,
          sum(t.originals) as originals,
          sum(case when t.original_month >= $4 then t.reversals else 0 end) as paired,
          sum(case when t.original_month < $4 then t.reversals else 0 end) as alone
        from monthly_tally t
        join member m on m.member = t.org
        where t.registry_id = $1 and t.org = any(array(select member from member))
          and t.posted_month between $4 and $5 and t.kind = any($6)
        group by m.org, m.own, t.kind, t.outcome, t.reason, t.original_month
      ),
      standing as (
        select t.org, t.own, k.key
        from tally t join kind_of k on k.kind = t.kind and t.original_month >= k.since and t.original_month < k.until
        group by t.org, t.own, k.key having sum(t.originals - t.paired + t.alone) > 0
      ),
      counted as (
        select t.org, t.own, f.key, sum(t.quantity * f.times) as sum
        from tally t
        join feed f on f.kind = t.kind and f.outcome in ('', t.outcome) and f.reason in ('', t.reason)
          and t.original_month >= f.since and t.original_month < f.until
        group by t.org, t.own, f.key
      )
      select s.org, s.own, s.key, trim_scale(coalesce(c.sum, 0))::text as value
      from standing s left join counted c using (org, own, key)`,
    parameters(registryId, asked),
  );
}

/**
 * How many subjects were seen in a range of months, for each key and scope that saw any: those of the positive entries
 * that stand by R9, in the ledger up to a position. Subjects are grouped first: sorting them would take most of the time.
 */
export async function countRunningSubjects(
  manager: EntityManager,
  registryId: number,
  asked: RunningAsked & { readonly feeds: readonly (Feed & { readonly subject?: 'donor' | 'case' })[] },
  position: string,
): Promise<RunningFigure[]> {
  return manager.query(
    `with member as (
        select distinct s.org, s.own, c.org as member from json_to_recordset($2::json) as s (org text, own boolean)
        join org_closure c on c.registry_id = $1 and c.ancestor = s.org and (not s.own or c.org = s.org)
      ),
      feed as materialized (
        select * from json_to_recordset($3::json) as f (key text, kind text, outcome text, reason text, subject text)
      ),
      struck as materialized (
        select r.reverses from entry r
        where r.registry_id = $1 and r.org = any(array(select member from member)) and r.kind = any($6)
          and r.posted_month between $4 and $5 and r.reverses is not null and r.position <= $7
      ),
      sighting as (
        select e.org, f.key, case f.subject when 'donor' then e.donor_code else e.case_code end as subject
        from entry e
        join feed f on f.kind = e.kind and f.outcome in ('', coalesce(e.outcome, '')) and f.reason in ('', coalesce(e.reason, ''))
        where e.registry_id = $1 and e.org = any(array(select member from member)) and e.kind = any($6)
          and e.posted_month between $4 and $5 and e.reverses is null and e.quantity > 0 and e.position <= $7
          and e.id not in (select reverses from struck)
      )
      select org, own, key, count(subject)::text as value from (
        select m.org, m.own, s.key, s.subject from sighting s join member m on m.member = s.org
        group by s.subject, s.key, m.org, m.own
      ) seen
      group by org, own, key`,
    [...parameters(registryId, asked), position],
  );
}

function parameters(registryId: number, { scopes, feeds, first, last }: RunningAsked): unknown[] {
  const kinds = [...new Set(feeds.map(({ kind }) => kind))];
  return [registryId, JSON.stringify(scopes), JSON.stringify(feeds), first, last, kinds];
}
