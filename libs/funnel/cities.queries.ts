import type { EntityManager } from 'typeorm';
import type { WayMove } from '../catalogue/milestones';
import type { Move } from '../catalogue/worklists';
import type { CaseCursor } from './case-cursor';
import {
  CAME,
  HOME,
  isMove,
  moveParameters,
  places,
  scopeParameters,
  standing,
  type CaseScope,
} from './case-scope.queries';

/** Cases first requested in a period, and how many of those that had one milestone came to another. */
export interface CohortScope extends CaseScope {
  /** The days on which the first request lies. */
  readonly first: string;
  readonly last: string;
  readonly from: Move;
  readonly to: Move;
  /** Days after the first request within which milestones count; nothing: ever. */
  readonly window: number | null;
  /** The day on which it is asked: a window that ends after it says nothing yet. */
  readonly today: string;
}

/** Of one place; of all of them where `org` is null. */
export interface CohortRow {
  readonly org: string | null;
  readonly own: boolean;
  /** First requested in the period. */
  readonly cases: number;
  /** Of them, those whose window has not run out. */
  readonly censored: number;
  /** Of the others, those that had the earlier milestone in time. */
  readonly total: number;
  /** Of those, the ones that came to the later one in time. */
  readonly hits: number;
  /** Percent with two decimals; null where there is none. */
  readonly rate: string | null;
}

/** Cases that came to nothing, by whose doing it was and why. */
export interface LossRow {
  readonly org: string;
  readonly own: boolean;
  readonly side: 'donor' | 'patient';
  readonly reason: string | null;
  readonly cases: number;
}

export interface CohortCase {
  readonly caseCode: string;
  readonly donorCode: string | null;
  readonly org: string;
  readonly requestedOn: string;
  /** The first standing earlier milestone, and the first later one from then on; in time or not. */
  readonly beganOn: string | null;
  readonly reachedOn: string | null;
  readonly side: 'donor' | 'patient' | null;
  readonly reason: string | null;
}

/** Which part of a city's row is opened. */
export type CohortPart = 'cases' | 'censored' | 'total' | 'hits' | 'lost';

/** Cases by the day of a first request; those that were asked before are left out where their first day is known. */
const CANDIDATES = `
  ${places()},
  candidate as materialized (
    select distinct e.case_code from entry e
    where e.registry_id = $1 and e.kind = 'ScreenRequested' and e.occurred_on between $6 and $7
      and e.case_code is not null and e.reverses is null and e.position <= $5
  )`;

const COHORT = `
  ${CANDIDATES},
  ${standing('$14::text[]')},
  told as materialized (
    select s.case_code, ${HOME} as org, min(s.occurred_on) filter (where s.kind = 'ScreenRequested') as requested_on,
      min(s.occurred_on) filter (where ${isMove('s', 8, 9)}) as began_on,
      array_agg(s.occurred_on) filter (where ${isMove('s', 10, 11)}) as reached
    from standing s
    group by s.case_code
  ),
  reaching as materialized (
    select case_code, org, requested_on, began_on,
      (select min(day) from unnest(reached) as r (day) where day >= began_on) as reached_on
    from told where requested_on between $6 and $7
  ),
  cohort as materialized (
    select *, coalesce(requested_on + $12::integer > $13::date, false) as censored,
      coalesce(began_on <= requested_on + coalesce($12::integer, began_on - requested_on), false) as had,
      coalesce(reached_on <= requested_on + coalesce($12::integer, reached_on - requested_on), false) as came
    from reaching
  )`;

function parameters({ first, last, from, to, window, today, ...scope }: CohortScope): unknown[] {
  const kinds = [...new Set(['ScreenRequested', from.kind, to.kind])];
  const moves = [...moveParameters(from), ...moveParameters(to)];
  return [...scopeParameters(scope), first, last, ...moves, window, today, kinds];
}

/** One row for each place, and the whole of them first. */
export async function findCohorts(manager: EntityManager, scope: CohortScope): Promise<CohortRow[]> {
  return manager.query(
    `with ${COHORT},
      counted as (
        select p.org, coalesce(p.own, false) as own, count(c.case_code)::integer as cases,
          count(*) filter (where c.censored)::integer as censored,
          count(*) filter (where c.had and not c.censored)::integer as total,
          count(*) filter (where c.had and c.came and not c.censored)::integer as hits
        from place p left join cohort c on c.org = p.member
        group by grouping sets ((p.org, p.own), ())
      )
      select org, own, cases, censored, total, hits,
        case when total > 0 then round(100 * hits::numeric / total, 2)::text end as rate
      from counted
      order by org is not null, own desc, org`,
    parameters(scope),
  );
}

/**
 * `lost`: the cases of the cohort that came to nothing, and why. A donation tells the end, then how the request was
 * closed, then a retraction, else what came last: a refusal counts as the end as long as nothing follows it. All in one
 * gathering by case: the planner would nest loops over cases that are first written down and then joined.
 */
function lost(way: string, kinds: string): string {
  return `
    ${CANDIDATES},
    ${standing(kinds)},
    told as (
      select s.case_code, ${HOME} as org, min(s.occurred_on) filter (where s.kind = 'ScreenRequested') as requested_on,
        substr(max((m.ends || ${CAME} || lpad(m.step::text, 3, '0') || lpad(s.position::text, 19, '0')
          || coalesce(m.side || ' ' || coalesce(s.reason, m.reason, ''), '')) collate "C"), 31) as loss
      from standing s
      left join json_to_recordset(${way}::json)
        as m (kind text, outcome text, step integer, ends integer, side text, reason text)
        on m.kind = s.kind and m.outcome in ('', coalesce(s.outcome, ''))
      group by s.case_code
    ),
    lost as materialized (
      select case_code, org, requested_on, split_part(loss, ' ', 1) as side, nullif(split_part(loss, ' ', 2), '') as reason
      from told where loss <> '' and requested_on between $6 and $7
    )`;
}

/** The cohort's losses, the most frequent first within each place and side. */
export async function findLosses(
  manager: EntityManager,
  { first, last, ...scope }: Pick<CohortScope, keyof CaseScope | 'first' | 'last'>,
  way: readonly WayMove[],
): Promise<LossRow[]> {
  return manager.query(
    `with ${lost('$8', '$9::text[]')}
      select p.org, p.own, l.side, l.reason, count(*)::integer as cases
      from lost l
      join place p on p.member = l.org
      group by p.org, p.own, l.side, l.reason
      order by p.own desc, p.org, l.side, cases desc, l.reason`,
    [...scopeParameters(scope), first, last, JSON.stringify(way), kindsOf(way)],
  );
}

/** The cases of one part, by the day of their first request. */
export async function findCohortCases(
  manager: EntityManager,
  scope: CohortScope,
  asked: {
    readonly part: Exclude<CohortPart, 'lost'>;
    readonly after: CaseCursor | null;
    readonly limit: number;
  },
): Promise<CohortCase[]> {
  return manager.query(
    `with ${COHORT}
      select c.case_code as "caseCode",
        (select e.donor_code from entry e where e.registry_id = $1 and e.case_code = c.case_code limit 1) as "donorCode",
        c.org, c.requested_on as "requestedOn", c.began_on as "beganOn", c.reached_on as "reachedOn",
        null as side, null as reason
      from cohort c
      where c.org in (select member from place)
        and case $15 when 'censored' then c.censored when 'total' then c.had and not c.censored
          when 'hits' then c.had and c.came and not c.censored else true end
        and ($16::date is null or (c.requested_on, c.case_code) > ($16::date, $17::text))
      order by c.requested_on, c.case_code
      limit $18`,
    [...parameters(scope), asked.part, asked.after?.day ?? null, asked.after?.caseCode ?? null, asked.limit],
  );
}

/** The lost cases, by the day of their first request; of one side or reason where they are given. */
export async function findLostCases(
  manager: EntityManager,
  { first, last, ...scope }: Pick<CohortScope, keyof CaseScope | 'first' | 'last'>,
  way: readonly WayMove[],
  asked: {
    readonly side: string | null;
    readonly reason: string | null;
    readonly after: CaseCursor | null;
    readonly limit: number;
  },
): Promise<CohortCase[]> {
  return manager.query(
    `with ${lost('$8', '$9::text[]')}
      select l.case_code as "caseCode",
        (select e.donor_code from entry e where e.registry_id = $1 and e.case_code = l.case_code limit 1) as "donorCode",
        l.org, l.requested_on as "requestedOn", null as "beganOn", null as "reachedOn", l.side, l.reason
      from lost l
      where l.org in (select member from place)
        and ($10::text is null or l.side = $10) and ($11::text is null or coalesce(l.reason, 'none') = $11)
        and ($12::date is null or (l.requested_on, l.case_code) > ($12::date, $13::text))
      order by l.requested_on, l.case_code
      limit $14`,
    [
      ...[...scopeParameters(scope), first, last, JSON.stringify(way), kindsOf(way)],
      ...[asked.side, asked.reason, asked.after?.day ?? null, asked.after?.caseCode ?? null, asked.limit],
    ],
  );
}

function kindsOf(way: readonly WayMove[]): string[] {
  return [...new Set(way.map(({ kind }) => kind))];
}
