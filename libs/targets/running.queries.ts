import type { EntityManager } from 'typeorm';
import type { Feed } from '../metrics/feeds';

/** Which orgs' entries a figure is made of: an org with all below it, or its own alone (本级). */
export interface RunningScope {
  readonly org: string;
  readonly own: boolean;
}

export interface RunningSum extends RunningScope {
  readonly key: string;
  /** How many entries of its feeding kinds stand: with none the figure is missing (R10). */
  readonly standing: number;
  /** How many of them are originals. */
  readonly originals: number;
  readonly sum: string;
}

/**
 * What the entries posted in a range of months come to, for each key and scope that has any: R9 over the whole range,
 * which a reversal of an entry of the same range strikes out, though both lie in different months.
 */
export async function findRunningSums(
  manager: EntityManager,
  registryId: number,
  asked: {
    readonly scopes: readonly RunningScope[];
    readonly feeds: readonly Feed[];
    /** The first day of the first and of the last month. */
    readonly first: string;
    readonly last: string;
  },
): Promise<RunningSum[]> {
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
        select t.org, t.own, k.key, sum(t.originals - t.paired + t.alone) as standing,
          sum(t.originals - t.paired) as originals
        from tally t join kind_of k on k.kind = t.kind and t.original_month >= k.since and t.original_month < k.until
        group by t.org, t.own, k.key
      ),
      counted as (
        select t.org, t.own, f.key, sum(t.quantity * f.times) as sum
        from tally t
        join feed f on f.kind = t.kind and f.outcome in ('', t.outcome) and f.reason in ('', t.reason)
          and t.original_month >= f.since and t.original_month < f.until
        group by t.org, t.own, f.key
      )
      select s.org, s.own, s.key, s.standing::int as standing, s.originals::int as originals,
        trim_scale(coalesce(c.sum, 0))::text as sum
      from standing s left join counted c using (org, own, key)
      where s.standing > 0`,
    [
      registryId,
      JSON.stringify(asked.scopes),
      JSON.stringify(asked.feeds),
      asked.first,
      asked.last,
      [...new Set(asked.feeds.map(({ kind }) => kind))],
    ],
  );
}
