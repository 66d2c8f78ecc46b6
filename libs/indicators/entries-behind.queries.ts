import type { EntityManager } from 'typeorm';
import type { DayCursor } from '../core/cursor';
import type { Feed } from '../metrics/feeds';

export interface BehindEntry {
  readonly id: string;
  readonly kind: string;
  readonly org: string;
  readonly occurredOn: string;
  readonly postedMonth: string;
  readonly donorCode: string | null;
  readonly caseCode: string | null;
  readonly sampleCode: string | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly quantity: string;
  /** What the entry adds to a sum; whether it counts for its subject, `1` or `0`, where subjects are counted. */
  readonly contribution: string;
  readonly justification: string | null;
  readonly reverses: string | null;
  readonly reversedBy: string | null;
  readonly recordedAt: Date;
  readonly recordedBy: string;
  readonly source: string;
  readonly note: string | null;
}

export interface ListFeed extends Feed {
  /** What the attributes of its entries say, where not all entries of the kind are meant. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** What a list stands for: the entries of some feeds, of an org, posted from a first to a last month. */
export interface ListScope {
  readonly registryId: number;
  readonly org: string;
  readonly own: boolean;
  /** The first day of the first and of the last posted month. */
  readonly first: string;
  readonly last: string;
  readonly feeds: readonly ListFeed[];
  /** The distinct subject, if the figure counts subjects. */
  readonly subject: 'donor' | 'case' | null;
  /** Whether the last entry of each org says the figure, instead of their sum. */
  readonly reported: boolean;
}

const SUBJECT_COLUMN = { donor: 'donor_code', case: 'case_code' } as const;

/**
 * R9: the standing entries of the scope. A reversal whose original lies in the scope strikes it out, with itself; a
 * reversal of an earlier entry is listed alone, and counts for no subject.
 *
 * Of the ledger up to the position that the registry's values are computed to: they count an entry exactly if it lies
 * there, also while marks wait.
 */
const STANDING = `
    from (
      select c.org from org_closure c
      where c.registry_id = $1 and c.ancestor = $2 and (not $3::boolean or c.org = $2)
    ) member
    join entry e on e.registry_id = $1 and e.org = member.org and e.posted_month between $4 and $5
    join json_to_recordset($6::json) as f
      (kind text, outcome text, reason text, times numeric, since date, until date, attributes jsonb)
      on f.kind = e.kind and f.outcome in ('', coalesce(e.outcome, '')) and f.reason in ('', coalesce(e.reason, ''))
        and e.original_month >= f.since and e.original_month < f.until
        and (f.attributes is null or e.attributes @> f.attributes)
    where e.kind = any(array(select kind from json_to_recordset($6::json) as k (kind text)))
      and e.position <= (select position from recompute_head where registry_id = $1)
      and not exists (
        select from entry r
        where r.registry_id = e.registry_id and r.reverses = e.id and r.posted_month <= $5
          and r.position <= (select position from recompute_head where registry_id = $1)
      )
      and not (e.reverses is not null and e.original_month >= $4)`;

/** Whether an entry is the last original of its org that stands in the scope: the one that a reported figure is. */
const SAYS_THE_FIGURE = `(e.reverses is null and row_number() over (
    partition by e.org order by (e.reverses is null) desc, e.occurred_on desc, e.position desc, e.id desc) = 1)`;

/** Whether an entry counts for the subject that a figure counts. */
function countsFor(subject: 'donor' | 'case'): string {
  return `(e.quantity > 0 and e.reverses is null and e.${SUBJECT_COLUMN[subject]} is not null)`;
}

function parameters(scope: ListScope): unknown[] {
  return [scope.registryId, scope.org, scope.own, scope.first, scope.last, JSON.stringify(scope.feeds)];
}

/** One page of the list, oldest first; `after` is the place of the last entry of the page before. */
export async function findEntriesBehind(
  manager: EntityManager,
  scope: ListScope,
  after: DayCursor | null,
  limit: number,
): Promise<BehindEntry[]> {
  const contribution = scope.subject ? `${countsFor(scope.subject)}::integer` : 'trim_scale(e.quantity * p.times)';
  const times = scope.reported ? `case when ${SAYS_THE_FIGURE} then f.times else 0 end` : 'f.times';
  return manager.query(
    `with page as materialized (
        select * from (select e.id, e.occurred_on, ${times} as times ${STANDING}) listed
        where $7::date is null or (occurred_on, id) > ($7::date, $8::uuid)
        order by occurred_on, id
        limit $9
      )
      select e.id, e.kind, e.org, e.occurred_on as "occurredOn", to_char(e.posted_month, 'YYYY-MM') as "postedMonth",
        e.donor_code as "donorCode", e.case_code as "caseCode", e.sample_code as "sampleCode", e.outcome, e.reason,
        trim_scale(e.quantity)::text as quantity, (${contribution})::text as contribution,
        e.justification, e.reverses, r.id as "reversedBy", w.recorded_at as "recordedAt",
        w.recorded_by as "recordedBy", w.source, n.note
      from page p
      join entry e on e.registry_id = $1 and e.id = p.id
      join ledger_write w on w.registry_id = e.registry_id and w.position = e.position
      left join entry r on r.registry_id = e.registry_id and r.reverses = e.id
      left join entry_note n on n.registry_id = e.registry_id and n.id = e.id
      order by p.occurred_on, p.id`,
    [...parameters(scope), after?.day ?? null, after?.id ?? null, limit],
  );
}

/** How many entries the whole list has, and what they come to: their sum, or their distinct subjects. */
export async function totalOfEntriesBehind(
  manager: EntityManager,
  scope: ListScope,
): Promise<{ entries: number; sum: string }> {
  const sum = scope.subject
    ? `count(distinct e.${SUBJECT_COLUMN[scope.subject]}) filter (where ${countsFor(scope.subject)})`
    : `trim_scale(coalesce(sum(e.quantity * f.times), 0))`;
  const listed = `select count(*)::int as entries, ${sum}::text as sum ${STANDING}`;
  const lastOnes = `select count(*)::int as entries, trim_scale(coalesce(sum(quantity) filter (where says), 0))::text as sum
    from (select e.quantity, ${SAYS_THE_FIGURE} as says ${STANDING}) told`;
  const [total] = await manager.query(scope.reported ? lastOnes : listed, parameters(scope));
  return total;
}

/** The first posted month of a registry's ledger, where its running totals begin; null while it is empty. */
export async function findFirstMonth(manager: EntityManager, registryId: number): Promise<string | null> {
  const [span] = await manager.query('select min(posted_month) as first from monthly_tally where registry_id = $1', [
    registryId,
  ]);
  return span.first;
}

/** The year in which a registry's ledger begins. */
export async function findFirstYear(manager: EntityManager, registryId: number): Promise<string> {
  const [registry] = await manager.query(
    `select to_char(first_day, 'YYYY') as year from registry where registry_id = $1`,
    [registryId],
  );
  return registry.year;
}

/** The first and the last month that totals of earlier years were posted to, or taken back in; null without any. */
export async function findYearTotalMonths(
  manager: EntityManager,
  registryId: number,
): Promise<{ first: string | null; last: string | null }> {
  const [span] = await manager.query(
    `select min(posted_month) as first, max(posted_month) as last from monthly_tally
      where registry_id = $1 and kind = 'OpeningYearTotal'`,
    [registryId],
  );
  return span;
}
