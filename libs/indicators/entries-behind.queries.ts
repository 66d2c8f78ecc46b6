import type { EntityManager } from 'typeorm';
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

/** What a list stands for: the entries of some feeds, of some orgs, posted from a first to a last month. */
export interface ListScope {
  readonly registryId: number;
  /** The orgs whose own entries are meant. */
  readonly members: readonly string[];
  /** The first day of the first and of the last posted month. */
  readonly first: string;
  readonly last: string;
  readonly feeds: readonly ListFeed[];
  /** The distinct subject, if the figure counts subjects. */
  readonly subject: 'donor' | 'case' | null;
  /** Whether the last entry of each org says the figure, instead of their sum. */
  readonly reported: boolean;
  /** The ledger as it was up to here. */
  readonly position: string;
}

/** Where an entry stands in a list: they go by month, then by org and kind, so that no page has to sort the others. */
export interface ListPlace {
  readonly month: string;
  readonly org: string;
  readonly kind: string;
  readonly day: string;
  readonly id: string;
}

export const SUBJECT_COLUMN = { donor: 'donor_code', case: 'case_code' } as const;

export const LIST_FEED = `feed as (
    select * from json_to_recordset($5::json) as f
      (kind text, outcome text, reason text, times numeric, since date, until date, attributes jsonb)
  )`;

const FEEDS = `f.kind = e.kind and f.outcome in ('', coalesce(e.outcome, '')) and f.reason in ('', coalesce(e.reason, ''))
  and e.original_month >= f.since and e.original_month < f.until
  and (f.attributes is null or e.attributes @> f.attributes)`;

const WITHIN = `e.registry_id = $1 and e.org = any($2) and e.posted_month between $3 and $4 and e.kind = any($6)`;

/**
 * R9: which entries of a scope stand, of the ledger up to a position. A reversal whose original lies in the scope
 * strikes it out, with itself; a reversal of an earlier entry is listed alone, and counts for no subject.
 */
export function standsAt(position: string): string {
  return `e.position <= ${position} and not (e.reverses is not null and e.original_month >= $3) and not exists (
    select from entry r
    where r.registry_id = e.registry_id and r.reverses = e.id and r.posted_month <= $4 and r.position <= ${position}
  )`;
}

/** The entries of a scope with what feeds the figure, as `e` and `f`. */
export const LISTED = `from entry e join feed f on ${FEEDS} where ${WITHIN}`;

/** Whether an entry is the last original of its org that stands in the scope: the one that a reported figure is. */
const SAYS_THE_FIGURE = `(e.reverses is null and row_number() over (
    partition by e.org order by (e.reverses is null) desc, e.occurred_on desc, e.position desc, e.id desc) = 1)`;

/** Whether an entry counts for the subject that a figure counts. */
export function countsFor(subject: 'donor' | 'case'): string {
  return `(e.quantity > 0 and e.reverses is null and e.${SUBJECT_COLUMN[subject]} is not null)`;
}

export function scopeParameters(scope: ListScope): unknown[] {
  const { registryId, members, first, last, feeds } = scope;
  return [registryId, members, first, last, JSON.stringify(feeds), [...new Set(feeds.map(({ kind }) => kind))]];
}

/** The columns of an entry in a list, and where they come from, for rows `p` that name it. */
export const ENTRY_COLUMNS = `e.id, e.kind, e.org, e.occurred_on as "occurredOn",
  to_char(e.posted_month, 'YYYY-MM') as "postedMonth", e.donor_code as "donorCode", e.case_code as "caseCode",
  e.sample_code as "sampleCode", e.outcome, e.reason, trim_scale(e.quantity)::text as quantity, e.justification,
  e.reverses, r.id as "reversedBy", w.recorded_at as "recordedAt", w.recorded_by as "recordedBy", w.source, n.note`;
export const ENTRY_ROWS = `join entry e on e.registry_id = $1 and e.id = p.id
  join ledger_write w on w.registry_id = e.registry_id and w.position = e.position
  left join entry r on r.registry_id = e.registry_id and r.reverses = e.id and r.position <= $7
  left join entry_note n on n.registry_id = e.registry_id and n.id = e.id`;

// The cells are few, and each is asked for no more than a page. The nested loop goes through them in their order and
// ends with the page, so that what lies behind it is never read; ordered outside the limit, it would be: the planner
// expects two cells and sorts what all of them give. Cells that no worker has computed yet have marks.
const PAGE_BY_CELLS = `
  cell as materialized (
    select t.org, t.posted_month as month, t.kind from monthly_tally t join feed f
      on f.kind = t.kind and f.outcome in ('', t.outcome) and f.reason in ('', t.reason)
      and t.original_month >= f.since and t.original_month < f.until
    where t.registry_id = $1 and t.org = any($2) and t.posted_month between $3 and $4 and t.kind = any($6)
    union
    select m.org, m.posted_month, m.kind from recompute_mark m
    where m.registry_id = $1 and m.org = any($2) and m.posted_month between $3 and $4 and m.kind = any($6)
  ),
  page as materialized (
    select c.month, c.org, c.kind, e.occurred_on, e.id, e.times
    from (
      select * from cell
      where $9::date is null or (month, org, kind) >= ($9::date, $10, $11)
      order by month, org, kind
    ) c
    cross join lateral (
      select e.occurred_on, e.id, f.times from entry e join feed f on ${FEEDS}
      where e.registry_id = $1 and e.org = c.org and e.posted_month = c.month and e.kind = c.kind
        and ${standsAt('$7')}
        and ($9::date is null or (c.month, c.org, c.kind) > ($9::date, $10, $11) or (e.occurred_on, e.id) > ($12::date, $13::uuid))
      order by e.occurred_on, e.id limit $8
    ) e
    limit $8
  )`;

const PAGE_OF_REPORTED = `
  page as materialized (
    select * from (
      select e.posted_month as month, e.org, e.kind, e.occurred_on, e.id,
        case when ${SAYS_THE_FIGURE} then f.times else 0 end as times
      ${LISTED} and ${standsAt('$7')}
    ) listed
    where $9::date is null or (month, org, kind, occurred_on, id) > ($9::date, $10, $11, $12::date, $13::uuid)
    order by month, org, kind, occurred_on, id
    limit $8
  )`;

/** One page of the list, the earliest month first; `after` is the place of the last entry of the page before. */
export async function findEntriesBehind(
  manager: EntityManager,
  scope: ListScope,
  after: ListPlace | null,
  limit: number,
): Promise<BehindEntry[]> {
  const contribution = scope.subject ? `${countsFor(scope.subject)}::integer` : 'trim_scale(e.quantity * p.times)';
  return manager.query(
    `with ${LIST_FEED}, ${scope.reported ? PAGE_OF_REPORTED : PAGE_BY_CELLS}
      select ${ENTRY_COLUMNS}, (${contribution})::text as contribution
      from page p ${ENTRY_ROWS}
      order by p.month, p.org, p.kind, p.occurred_on, p.id`,
    [
      ...scopeParameters(scope),
      scope.position,
      limit,
      after?.month ?? null,
      after?.org ?? null,
      after?.kind ?? null,
      after?.day ?? null,
      after?.id ?? null,
    ],
  );
}

/** Where an entry stands in every list that holds it. */
export async function findListPlace(
  manager: EntityManager,
  registryId: number,
  id: string,
): Promise<ListPlace | undefined> {
  const [place] = await manager.query(
    `select posted_month as month, org, kind, occurred_on as day, id from entry where registry_id = $1 and id = $2`,
    [registryId, id],
  );
  return place;
}

export interface ListTotal {
  readonly entries: number;
  /** What the entries come to: their sum, or their distinct subjects. */
  readonly sum: string;
}

/** How many entries the whole list has, and what they come to, counted from the entries. */
export async function totalOfEntriesBehind(manager: EntityManager, scope: ListScope): Promise<ListTotal> {
  const sum = scope.subject
    ? `count(distinct e.${SUBJECT_COLUMN[scope.subject]}) filter (where ${countsFor(scope.subject)})`
    : `trim_scale(coalesce(sum(e.quantity * f.times), 0))`;
  const standing = `${LISTED} and ${standsAt('$7')}`;
  const listed = `select count(*)::int as entries, ${sum}::text as sum ${standing}`;
  const lastOnes = `select count(*)::int as entries, trim_scale(coalesce(sum(quantity) filter (where says), 0))::text as sum
    from (select e.quantity, ${SAYS_THE_FIGURE} as says ${standing}) told`;
  const [total] = await manager.query(`with ${LIST_FEED} ${scope.reported ? lastOnes : listed}`, [
    ...scopeParameters(scope),
    scope.position,
  ]);
  return total;
}

/**
 * The same from the tallies, which stand where today's values stand: how many entries stand, and their sum. It does
 * not know subjects, and nothing of attributes.
 */
export async function totalOfTallies(manager: EntityManager, scope: ListScope): Promise<ListTotal> {
  const [total] = await manager.query(
    `with ${LIST_FEED}
      select coalesce(sum(t.originals + case when t.original_month >= $3 then - t.reversals else t.reversals end), 0)::int
          as entries,
        trim_scale(coalesce(sum(t.quantity * f.times), 0))::text as sum
      from monthly_tally t
      join feed f on f.kind = t.kind and f.outcome in ('', t.outcome) and f.reason in ('', t.reason)
      and t.original_month >= f.since and t.original_month < f.until
      where t.registry_id = $1 and t.org = any($2) and t.posted_month between $3 and $4 and t.kind = any($6)`,
    scopeParameters(scope),
  );
  return total;
}

/** Every entry's month is in a tally, or in a mark as long as no worker has counted it. */
const POSTED = `(select registry_id, posted_month, kind from monthly_tally
    union all select registry_id, posted_month, kind from recompute_mark) posted`;

/** The first posted month of a registry's ledger, where its running totals begin; null while it is empty. */
export async function findFirstMonth(manager: EntityManager, registryId: number): Promise<string | null> {
  const [span] = await manager.query(`select min(posted_month) as first from ${POSTED} where registry_id = $1`, [
    registryId,
  ]);
  return span.first;
}

/** The first and the last month that totals of earlier years were posted to, or taken back in; null without any. */
export async function findYearTotalMonths(
  manager: EntityManager,
  registryId: number,
): Promise<{ first: string | null; last: string | null }> {
  const [span] = await manager.query(
    `select min(posted_month) as first, max(posted_month) as last from ${POSTED}
      where registry_id = $1 and kind = 'OpeningYearTotal'`,
    [registryId],
  );
  return span;
}
