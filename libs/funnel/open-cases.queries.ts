import type { EntityManager } from 'typeorm';
import type { AgeBand } from '../catalogue/age-bands';
import type { WayMove } from '../catalogue/milestones';
import type { Move } from '../catalogue/worklists';
import type { CaseCursor } from './case-cursor';
import { HOME, isMove, moveParameters, places, scopeParameters, standing, type CaseScope } from './case-scope.queries';
import { pausedDays, TURN_KINDS, TURNS } from './pauses.queries';

/** Cases that have a milestone on a day, and neither a later one nor an ending. */
export interface OpenScope extends CaseScope {
  readonly day: string;
  readonly from: Move;
  /** Nothing: whatever comes later. */
  readonly to: Move | null;
  readonly way: readonly WayMove[];
}

/** How many cases stand at a milestone, by age in days without the patient's pauses. */
export interface AgeingRow {
  readonly org: string;
  readonly own: boolean;
  readonly milestone: string;
  readonly band: string;
  readonly cases: number;
  /** Of them, those that the patient's side holds on the day. */
  readonly held: number;
}

export interface OpenCase {
  readonly caseCode: string;
  readonly donorCode: string | null;
  readonly org: string;
  readonly milestone: string;
  readonly beganOn: string;
  /** The day of the last milestone. */
  readonly since: string;
  /** From the beginning, or from the last milestone, to the day; pauses of the patient's side among them. */
  readonly days: number;
  readonly pausedDays: number;
  readonly held: boolean;
}

/**
 * Cases that began and were not ended are told apart by one walk over the days of beginnings and endings: what is
 * reversed counts for nothing in sum. Only of those that are left is all looked up.
 */
const OPEN = `
  ${places()},
  candidate as materialized (
    select e.case_code from entry e
    where e.registry_id = $1 and e.kind = any($12::text[] || $7::text) and e.occurred_on <= $6
      and e.case_code is not null and e.position <= $5
    group by e.case_code
    having bool_or(e.kind = $7)
      and count(*) filter (where e.kind = any($12::text[]) and e.reverses is null)
        = count(*) filter (where e.kind = any($12::text[]) and e.reverses is not null)
  ),
  ${standing('$13::text[]', 'and e.occurred_on <= $6')},
  told as materialized (
    select s.case_code, ${HOME} as org, min(s.occurred_on) filter (where ${isMove('s', 7, 8)}) as began_on,
      max(s.occurred_on) filter (where ${isMove('s', 9, 10)}) as reached_on,
      max(s.occurred_on) filter (where m.step is not null) as moved_on,
      (array_agg(m.milestone order by s.occurred_on desc, m.step desc, s.position desc)
        filter (where m.step is not null))[1] as milestone,
      coalesce((array_agg(s.kind order by s.occurred_on desc, s.position desc)
        filter (where s.kind = 'RequestResumed' or s.kind = 'RequestHeld' and s.outcome = 'patient_side'))[1]
        = 'RequestHeld', false) as held, ${TURNS}
    from standing s
    left join json_to_recordset($11::json) as m (kind text, outcome text, step integer, milestone text)
      on m.kind = s.kind and m.outcome in ('', coalesce(s.outcome, ''))
    group by s.case_code
  ),
  open as materialized (
    select case_code, org, began_on, moved_on, milestone, held, $6::date - counted_on as days,
      ${pausedDays('counted_on', '$6::date')} as paused
    from (select told.*, case when $14::boolean then moved_on else began_on end as counted_on from told) counted
    where began_on is not null and milestone is not null and (reached_on is null or reached_on < began_on)
  )`;

function parameters({ day, from, to, way, ...scope }: OpenScope, sinceMilestone: boolean): unknown[] {
  const endings = [...new Set(way.filter(({ ends }) => ends > 0).map(({ kind }) => kind))];
  const kinds = [...new Set([...way.map(({ kind }) => kind), ...TURN_KINDS])];
  const moves = [...moveParameters(from), ...moveParameters(to)];
  return [...scopeParameters(scope), day, ...moves, JSON.stringify(way), endings, kinds, sinceMilestone];
}

/** How many are open, one row for each place. */
export async function countOpen(
  manager: EntityManager,
  scope: OpenScope,
): Promise<{ org: string; own: boolean; open: number }[]> {
  return manager.query(
    `with ${OPEN}
      select p.org, p.own, count(o.case_code)::integer as open
      from place p left join open o on o.org = p.member
      group by p.org, p.own`,
    parameters(scope, false),
  );
}

/** By place, milestone and band; where nobody stands there is no row. */
export async function countByAge(
  manager: EntityManager,
  scope: OpenScope,
  bands: readonly AgeBand[],
  sinceMilestone: boolean,
): Promise<AgeingRow[]> {
  return manager.query(
    `with ${OPEN}
      select p.org, p.own, o.milestone, b.key as band, count(*)::integer as cases,
        count(*) filter (where o.held)::integer as held
      from place p
      join open o on o.org = p.member
      join json_to_recordset($15::json) as b (key text, "from" integer, "to" integer)
        on o.days - o.paused >= b."from" and (b."to" is null or o.days - o.paused <= b."to")
      group by p.org, p.own, o.milestone, b.key, b."from"
      order by p.own desc, p.org, o.milestone, b."from"`,
    [...parameters(scope, sinceMilestone), JSON.stringify(bands)],
  );
}

/** The open cases of all places, the oldest first. */
export async function findOpen(
  manager: EntityManager,
  scope: OpenScope,
  page: {
    readonly sinceMilestone: boolean;
    readonly milestone: string | null;
    readonly band: AgeBand | null;
    readonly after: CaseCursor | null;
    readonly limit: number;
  },
): Promise<OpenCase[]> {
  return manager.query(
    `with ${OPEN}
      select o.case_code as "caseCode",
        (select e.donor_code from entry e where e.registry_id = $1 and e.case_code = o.case_code limit 1) as "donorCode",
        o.org, o.milestone, o.began_on as "beganOn", o.moved_on as since, o.days, o.paused as "pausedDays", o.held
      from open o
      where o.org in (select member from place) and ($15::text is null or o.milestone = $15)
        and ($16::integer is null or o.days - o.paused >= $16) and ($17::integer is null or o.days - o.paused <= $17)
        and ($18::date is null or (o.began_on, o.case_code) > ($18::date, $19::text))
      order by o.began_on, o.case_code
      limit $20`,
    [
      ...parameters(scope, page.sinceMilestone),
      page.milestone,
      page.band?.from ?? null,
      page.band?.to ?? null,
      page.after?.day ?? null,
      page.after?.caseCode ?? null,
      page.limit,
    ],
  );
}
