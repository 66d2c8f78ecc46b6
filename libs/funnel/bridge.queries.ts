import type { EntityManager } from 'typeorm';
import type { BridgeTermKey } from '../catalogue/bridge-terms';
import type { DayCursor } from '../core/cursor';
import { ASKED_ORGS, CASE_EVENTS } from './case-events.queries';
import type { StageMove } from './stage-moves';

export interface BridgeScope {
  readonly registryId: number;
  readonly org: string;
  readonly own: boolean;
  /** The first and the last day of the period. */
  readonly first: string;
  readonly last: string;
  readonly position: string;
  /** What begins a wait (`passes`), what ends it as it should (`enters`), and what ends it otherwise (`ends`). */
  readonly moves: readonly StageMove[];
}

/**
 * Rows of terms; each term's contributions are its part of the figure. By the day on which things happened: a wait begins
 * with a pass of the stage before, and lasts until the stage is entered or the request comes to nothing. It is of the org
 * of that pass; what was over before the period is left out early. By posted month: what lies in one of both, and not in the other.
 */
const BRIDGE = `
  candidate as materialized (
    select e.case_code from entry e
    join json_to_recordset($7::json) as m (kind text, outcome text, role text)
      on m.role in ('passes', 'enters') and m.kind = e.kind and m.outcome in ('', e.outcome)
    where e.registry_id = $1 and e.kind = any(array(
        select kind from json_to_recordset($7::json) as k (kind text, role text) where k.role in ('passes', 'enters')))
      and e.occurred_on <= $5::date and (m.role = 'passes' or e.occurred_on >= $4::date)
      and e.case_code is not null and e.reverses is null and e.org = ${ASKED_ORGS} and e.position <= $6
    group by e.case_code
  ),
  ${CASE_EVENTS},
  live as (
    select case_code from event
    group by case_code
    having max(occurred_on) >= $4::date
      or max(at) filter (where role = 'passes') > coalesce(max(at) filter (where role <> 'passes'), 0)
  ),
  placed as (
    select *,
      count(*) filter (where role <> 'passes') over before as spell,
      count(*) filter (where role = 'enters') over before as entered_before
    from event
    join live using (case_code)
    window before as (partition by case_code order by at, position, id
      rows between unbounded preceding and 1 preceding)
  ),
  spelled as (
    select *, first_value(id) over spell as first_id, first_value(role) over spell as first_role,
      first_value(org) over spell as waited_in, last_value(role) over spell as last_role,
      last_value(org) over spell as ended_in, last_value(occurred_on) over spell as last_on,
      last_value(how) over spell as last_how, last_value(side) over spell as last_side,
      last_value(reason) over spell as last_reason
    from placed
    window spell as (partition by case_code, spell order by at, position, id
      rows between unbounded preceding and unbounded following)
  ),
  told as (
    select *, org = ${ASKED_ORGS} as here, occurred_on between $4::date and $5::date as within,
      role = 'passes' and id = first_id as begins, case when last_role <> 'passes' then last_on end as ended_on
    from spelled
  ),
  ended as (
    select *, ended_on between $4::date and $5::date as ended_within, ended_in = ${ASKED_ORGS} as ended_here,
      waited_in = ${ASKED_ORGS} as waited_here
    from told
    where here and (within or begins and occurred_on <= $5::date and coalesce(ended_on >= $4::date, true))
  ),
  counted as materialized (
    select e.id, e.kind, e.org, e.donor_code, e.case_code, e.occurred_on, e.posted_month, e.quantity, e.reverses,
      e.original_month
    from entry e
    where e.registry_id = $1 and e.org = ${ASKED_ORGS} and e.posted_month between $4::date and $5::date
      and e.kind = (select kind from move where role = 'enters') and e.position <= $6 and e.quantity <> 0
      and (e.case_code is null or e.occurred_on not between $4::date and $5::date)
  ),
  happened as materialized (
    select e.id, e.kind, e.org, e.donor_code, e.case_code, e.occurred_on, e.posted_month, e.quantity,
      e.posted_month not between $4::date and $5::date as outside
    from entry e
    where e.registry_id = $1 and e.kind = (select kind from move where role = 'enters')
      and e.occurred_on between $4::date and $5::date and e.case_code is not null and e.reverses is null
      and e.org = ${ASKED_ORGS} and e.position <= $6
  ),
  reversal as materialized (
    select r.id, r.reverses, r.posted_month, r.posted_month not between $4::date and $5::date as outside
    from entry r
    where r.registry_id = $1 and r.position <= $6
      and r.reverses = any(array(select id from counted union all select id from happened))
  ),
  term as (
    select t.term, t.contribution, e.id, e.kind, e.org, e.donor_code, e.case_code, e.occurred_on, e.posted_month,
      case when t.term = 'lost' then e.ended_on end as ended_on, case when t.term = 'lost' then e.last_how end as how,
      case when t.term = 'lost' then e.last_side end as side, case when t.term = 'lost' then e.last_reason end as reason
    from ended e
    cross join lateral (values
      ('waitingAtStart', 1, e.begins and e.occurred_on < $4::date and (e.ended_on is null or e.ended_on >= $4::date)),
      ('passed', 1, e.role = 'passes' and e.within),
      ('passedAgain', -1, e.role = 'passes' and not e.begins and e.within),
      ('lost', -1, e.begins and e.last_role = 'ends' and e.ended_within),
      ('waitingAtEnd', -1, e.begins and e.occurred_on <= $5::date and (e.ended_on is null or e.ended_on > $5::date)),
      ('wentElsewhere', -1, e.begins and e.last_role = 'enters' and e.ended_within and not e.ended_here),
      ('cameFromElsewhere', 1, e.role = 'enters' and e.within and e.first_role = 'passes' and not e.waited_here),
      ('again', 1, e.role = 'enters' and e.within and e.first_role <> 'passes' and e.entered_before > 0),
      ('withoutPass', 1, e.role = 'enters' and e.within and e.first_role <> 'passes' and e.entered_before = 0)
    ) as t (term, contribution, holds)
    where t.holds
    union all
    select case when case_code is null then 'withoutCase' else 'adjustedIn' end, quantity, id, kind, org, donor_code,
      case_code, occurred_on, posted_month, null, null, null, null
    from counted c
    where not (c.reverses is not null and c.original_month >= $4::date)
      and not exists (select from reversal r where r.reverses = c.id and not r.outside)
    union all
    select 'adjustedOut', case when h.outside then -h.quantity else h.quantity end,
      case when h.outside then h.id else r.id end, h.kind, h.org, h.donor_code, h.case_code, h.occurred_on,
      case when h.outside then h.posted_month else r.posted_month end, null, null, null, null
    from happened h
    left join reversal r on r.reverses = h.id
    where h.outside <> coalesce(r.outside, false)
  )`;

function parameters({ registryId, org, own, first, last, position, moves }: BridgeScope): unknown[] {
  return [registryId, org, own, first, last, position, JSON.stringify(moves)];
}

/**
 * The planner knows nothing of lists and of what it has just gathered: without this it compares each with each. The
 * requests of a province's year are some 10 MB, which are sorted in memory.
 */
export async function planForFunnel(manager: EntityManager): Promise<void> {
  await manager.query(`select set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true)`);
}

export interface TermRow {
  readonly term: BridgeTermKey;
  /** Of the losses of one kind alone; all null for the whole term. */
  readonly how: string | null;
  readonly side: string | null;
  readonly reason: string | null;
  readonly whole: boolean;
  readonly entries: number;
  /** What they add to the figure; below 0 where they take from it. */
  readonly value: string;
}

/** Terms with nothing in them have no row. */
export async function sumBridge(manager: EntityManager, scope: BridgeScope): Promise<TermRow[]> {
  return manager.query(
    `with ${BRIDGE}
      select term, how, side, reason, grouping(how) = 1 as whole, count(*)::int as entries,
        trim_scale(sum(contribution))::text as value
      from term
      group by grouping sets ((term), (term, how, side, reason))
      having grouping(how) = 1 or how is not null
      order by term, whole desc, entries desc, how, side, reason`,
    parameters(scope),
  );
}

/** An entry of a term. Of a wait it is the one that the wait began with. */
export interface BridgeEntry {
  readonly id: string;
  readonly kind: string;
  readonly org: string;
  readonly caseCode: string | null;
  readonly donorCode: string | null;
  readonly occurredOn: string;
  readonly postedMonth: string;
  readonly contribution: string;
  /** When and how the wait was lost, where it was. */
  readonly endedOn: string | null;
  readonly how: string | null;
  readonly side: string | null;
  readonly reason: string | null;
}

/** `none`: of which no side or no reason is known. */
export interface LossFilter {
  readonly how?: string;
  readonly side?: string;
  readonly reason?: string;
}

/** One page of a term, oldest first. */
export async function findBridgeEntries(
  manager: EntityManager,
  scope: BridgeScope,
  term: BridgeTermKey,
  { how, side, reason }: LossFilter,
  after: DayCursor | null,
  limit: number,
): Promise<BridgeEntry[]> {
  return manager.query(
    `with ${BRIDGE}
      select id, kind, org, case_code as "caseCode", donor_code as "donorCode", occurred_on as "occurredOn",
        to_char(posted_month, 'YYYY-MM') as "postedMonth", trim_scale(contribution)::text as contribution,
        ended_on as "endedOn", how, side, reason
      from term t
      where t.term = $8 and ($9::text is null or how = $9) and ($10::text is null or coalesce(side, 'none') = $10)
        and ($11::text is null or coalesce(reason, 'none') = $11) and ($12::date is null or (occurred_on, id) > ($12::date, $13::uuid))
      order by occurred_on, id
      limit $14`,
    [
      ...parameters(scope),
      term,
      how ?? null,
      side ?? null,
      reason ?? null,
      after?.day ?? null,
      after?.id ?? null,
      limit,
    ],
  );
}
