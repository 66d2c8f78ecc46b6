import type { EntityManager } from 'typeorm';
import type { Move } from '../catalogue/worklists';
import type { CaseCursor } from './case-cursor';
import { HOME, isMove, moveParameters, places, scopeParameters, standing, type CaseScope } from './case-scope.queries';
import { pausedDays, TURN_KINDS, TURNS } from './pauses.queries';

/** Pairs of a case's first standing milestone and the first standing later one on or after its day. */
export interface PairScope extends CaseScope {
  readonly from: Move;
  readonly to: Move;
  /** The days on which the later one lies. */
  readonly first: string;
  readonly last: string;
}

/** Days from one milestone to another; none where there is no pair. */
export interface TimeRow {
  readonly org: string;
  readonly own: boolean;
  /** `YYYY-MM` where months were asked for. */
  readonly month: string | null;
  readonly pairs: number;
  /** Pairs that the patient's side held on the way. */
  readonly paused: number;
  readonly median: string | null;
  readonly p90: string | null;
  readonly medianWithoutPauses: string | null;
  readonly p90WithoutPauses: string | null;
}

/** A case behind a figure of days. */
export interface PairCase {
  readonly caseCode: string;
  readonly donorCode: string | null;
  readonly org: string;
  readonly beganOn: string;
  readonly reachedOn: string;
  readonly days: number;
  readonly pausedDays: number;
}

/** Candidates by the later day; then all that their cases say of both milestones, of first requests and of holds. */
const PAIRS = `
  ${places()},
  candidate as materialized (
    select distinct e.case_code from entry e
    where e.registry_id = $1 and ${isMove('e', 10, 11)} and e.occurred_on between $6 and $7 and e.case_code is not null
      and e.reverses is null and e.position <= $5
  ),
  ${standing('$12::text[]')},
  told as materialized (
    select s.case_code, ${HOME} as org, min(s.occurred_on) filter (where ${isMove('s', 8, 9)}) as began_on,
      array_agg(s.occurred_on) filter (where ${isMove('s', 10, 11)}) as reached, ${TURNS}
    from standing s
    group by s.case_code
  ),
  reaching as materialized (
    select t.*, (select min(day) from unnest(t.reached) as r (day) where day >= t.began_on) as reached_on from told t
  ),
  pair as materialized (
    select case_code, org, began_on, reached_on, reached_on - began_on as days,
      ${pausedDays('began_on', 'reached_on')} as paused
    from reaching where reached_on between $6 and $7
  )`;

function parameters({ from, to, first, last, ...scope }: PairScope): unknown[] {
  const kinds = [...new Set(['ScreenRequested', from.kind, to.kind, ...TURN_KINDS])];
  return [...scopeParameters(scope), first, last, ...moveParameters(from), ...moveParameters(to), kinds];
}

/** Of whole days a percentile is a multiple of a tenth: the rounding takes away the noise of its arithmetic alone. */
function percentile(share: '0.5' | '0.9', of: string): string {
  return `round((percentile_cont(${share}) within group (order by ${of}))::numeric, 1)::text`;
}

/** One row for each place, or one for each month in which there are pairs. */
export async function findTimes(manager: EntityManager, scope: PairScope, byMonth: boolean): Promise<TimeRow[]> {
  return manager.query(
    `with ${PAIRS}
      select p.org, p.own, to_char(month, 'YYYY-MM') as month, count(q.days)::integer as pairs,
        count(*) filter (where q.paused > 0)::integer as paused,
        ${percentile('0.5', 'q.days')} as median, ${percentile('0.9', 'q.days')} as p90,
        ${percentile('0.5', 'q.days - q.paused')} as "medianWithoutPauses",
        ${percentile('0.9', 'q.days - q.paused')} as "p90WithoutPauses"
      from place p
      left join pair q on q.org = p.member
      cross join lateral (select case when $13::boolean then date_trunc('month', q.reached_on) end as month) by_month
      where not $13::boolean or month is not null
      group by p.org, p.own, month
      order by p.own desc, p.org, month`,
    [...parameters(scope), byMonth],
  );
}

/** The cases of all places, the earliest reached first. */
export async function findPairs(
  manager: EntityManager,
  scope: PairScope,
  after: CaseCursor | null,
  limit: number,
): Promise<PairCase[]> {
  return manager.query(
    `with ${PAIRS}
      select q.case_code as "caseCode",
        (select e.donor_code from entry e where e.registry_id = $1 and e.case_code = q.case_code limit 1) as "donorCode",
        q.org, q.began_on as "beganOn", q.reached_on as "reachedOn", q.days, q.paused as "pausedDays"
      from pair q
      where q.org in (select member from place)
        and ($13::date is null or (q.reached_on, q.case_code) > ($13::date, $14::text))
      order by q.reached_on, q.case_code
      limit $15`,
    [...parameters(scope), after?.day ?? null, after?.caseCode ?? null, limit],
  );
}
