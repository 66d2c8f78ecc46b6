import type { EntityManager } from 'typeorm';
import type { DayCursor } from '../core/cursor';
import type { LossFilter } from './bridge.queries';
import { ASKED_ORGS, CASE_EVENTS } from './case-events.queries';
import type { StageMove } from './stage-moves';

export interface CohortScope {
  readonly registryId: number;
  readonly org: string;
  readonly own: boolean;
  /** The first and the last day of the first requests. */
  readonly first: string;
  readonly last: string;
  readonly position: string;
  readonly moves: readonly StageMove[];
  /** The day on which it is asked, `YYYY-MM-DD` in Asia/Shanghai. */
  readonly today: string;
  /** Days, ascending. */
  readonly windows: readonly number[];
  /** How many stages there are. */
  readonly stages: number;
}

/**
 * `way`: one row for each request whose first standing one lies in the scope. Who entered a stage has passed those before
 * it, also where a gap was kept. A loss is the earliest ending, or the earliest failure that nothing came after.
 */
function cohort(stages: number): string {
  const progress = `role in ('enters', 'passes')`;
  const passedOn = Array.from({ length: stages }, (_, index) => {
    const stage = index + 1;
    return `min(occurred_on) filter (where stage = ${stage} and role = 'passes' or stage > ${stage} and ${progress})`;
  });
  return `
  candidate as materialized (
    select distinct e.case_code from entry e
    where e.registry_id = $1 and e.kind = any(array(
        select kind from json_to_recordset($7::json) as k (kind text, role text, stage integer)
        where k.role = 'enters' and k.stage = 1))
      and e.occurred_on between $4::date and $5::date and e.case_code is not null and e.reverses is null
      and e.org = ${ASKED_ORGS} and e.position <= $6
  ),
  ${CASE_EVENTS},
  begun as (
    select distinct on (case_code) case_code, id, org, donor_code, occurred_on
    from event
    where role = 'enters' and stage = 1
    order by case_code, at, position, id
  ),
  asked as materialized (
    select * from begun where occurred_on between $4::date and $5::date and org = ${ASKED_ORGS}
  ),
  went as materialized (
    select case_code, max(stage) filter (where ${progress}) as reached, max(stage) filter (where role = 'passes') as passed,
      max(at) filter (where ${progress}) as last_progress,
      max((occurred_on - date '2000-01-01')::bigint << 40 | position) filter (where role = 'holds') as held_at,
      max((occurred_on - date '2000-01-01')::bigint << 40 | position) filter (where role = 'resumes') as resumed_at,
      array[${passedOn.join(',\n      ')}] as passed_on
    from event
    group by case_code
  ),
  loss as (
    select distinct on (e.case_code) e.case_code, e.how, e.side, e.reason, e.occurred_on as lost_on
    from event e
    join went w on w.case_code = e.case_code
    where e.role = 'ends' or e.role = 'fails' and e.at > w.last_progress
    order by e.case_code, e.at, e.position, e.id
  ),
  way as materialized (
    select a.case_code, a.id, a.org, a.donor_code, a.occurred_on, w.reached,
      greatest(w.passed, w.reached - 1, 0) as passed, w.passed_on,
      case when w.passed = ${stages} then 'donated' when l.how is not null then 'lost' else 'open' end as state,
      l.how is null and w.passed is distinct from ${stages} and coalesce(w.held_at > coalesce(w.resumed_at, 0), false)
        as held,
      case when w.passed is distinct from ${stages} then l.how end as how,
      case when w.passed is distinct from ${stages} then l.side end as side,
      case when w.passed is distinct from ${stages} then l.reason end as reason,
      case when w.passed is distinct from ${stages} then l.lost_on end as lost_on,
      $8::date - a.occurred_on as age
    from asked a
    join went w on w.case_code = a.case_code
    left join loss l on l.case_code = a.case_code
  )`;
}

function parameters(scope: CohortScope): unknown[] {
  const { registryId, org, own, first, last, position, moves, today } = scope;
  return [registryId, org, own, first, last, position, JSON.stringify(moves), today];
}

/** Where requests are that reached a stage: `reached` = `open` + `lost` + `passed`, and of those who passed, some wait. */
export interface StageCount {
  /** From 1. */
  readonly stage: number;
  readonly reached: number;
  readonly passed: number;
  /** In the stage, without a pass, on their way. */
  readonly open: number;
  readonly lost: number;
  /** Passed, and not in the next stage yet. */
  readonly waiting: number;
  readonly lostAfter: number;
  /** Of `open` and `waiting`. */
  readonly held: number;
  /** Of `lost` and `lostAfter`. */
  readonly donorSide: number;
  readonly patientSide: number;
}

export interface StageLoss {
  readonly stage: number;
  /** Whether the stage had been passed. */
  readonly after: boolean;
  readonly how: string;
  readonly side: string | null;
  readonly reason: string | null;
  readonly cases: number;
}

export interface StageWindow {
  readonly stage: number;
  readonly days: number;
  /** Requests that are at least so old, and those of them that passed in time. */
  readonly complete: number;
  readonly within: number;
  /** Requests that are younger: it is not known yet of them. */
  readonly censored: number;
}

export interface CohortCounts {
  readonly cases: number;
  readonly stages: readonly StageCount[];
  readonly losses: readonly StageLoss[];
  readonly windows: readonly StageWindow[];
}

/** The requests are first put together by what is alike in them; the counts are of those few groups. */
export async function countCohort(manager: EntityManager, scope: CohortScope): Promise<CohortCounts> {
  const lags = Array.from(
    { length: scope.stages },
    (_, index) => `width_bucket(passed_on[${index + 1}] - occurred_on - 1, $9::integer[])`,
  );
  const [counts] = await manager.query(
    `with ${cohort(scope.stages)},
      alike as materialized (
        select reached, passed, state, held, how, side, reason, width_bucket(age, $9::integer[]) as complete,
          array[${lags.join(', ')}] as lags, count(*)::integer as cases
        from way
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9
      ),
      stage as (
        select s.stage, sum(cases) filter (where reached >= s.stage) as reached,
          sum(cases) filter (where passed >= s.stage) as passed,
          sum(cases) filter (where reached = s.stage and passed < s.stage and state = 'open') as open,
          sum(cases) filter (where reached = s.stage and passed < s.stage and state = 'lost') as lost,
          sum(cases) filter (where reached = s.stage and passed = s.stage and state = 'open') as waiting,
          sum(cases) filter (where reached = s.stage and passed = s.stage and state = 'lost') as "lostAfter",
          sum(cases) filter (where reached = s.stage and held) as held,
          sum(cases) filter (where reached = s.stage and side = 'donor') as "donorSide",
          sum(cases) filter (where reached = s.stage and side = 'patient') as "patientSide"
        from generate_series(1, ${scope.stages}) as s (stage)
        left join alike on true
        group by s.stage
      ),
      loss_of as (
        select reached as stage, passed = reached as after, how, side, reason, sum(cases) as cases
        from alike
        where state = 'lost'
        group by 1, 2, 3, 4, 5
      ),
      window_of as (
        select s.stage, w.days, sum(cases) filter (where complete >= w.number) as complete,
          sum(cases) filter (where complete >= w.number and lags[s.stage] < w.number) as within,
          sum(cases) filter (where complete < w.number) as censored
        from generate_series(1, ${scope.stages}) as s (stage)
        cross join unnest($9::integer[]) with ordinality as w (days, number)
        left join alike on true
        group by s.stage, w.days
      )
      select (select coalesce(sum(cases), 0)::integer from alike) as cases,
        (select json_agg(json_build_object('stage', stage, 'reached', coalesce(reached, 0),
          'passed', coalesce(passed, 0), 'open', coalesce(open, 0), 'lost', coalesce(lost, 0),
          'waiting', coalesce(waiting, 0), 'lostAfter', coalesce("lostAfter", 0), 'held', coalesce(held, 0),
          'donorSide', coalesce("donorSide", 0), 'patientSide', coalesce("patientSide", 0))
          order by stage) from stage) as stages,
        (select coalesce(json_agg(row_to_json(l) order by stage, after, cases desc, how, side, reason), '[]')
          from loss_of l) as losses,
        (select json_agg(json_build_object('stage', stage, 'days', days, 'complete', coalesce(complete, 0),
          'within', coalesce(within, 0), 'censored', coalesce(censored, 0)) order by stage, days) from window_of) as windows`,
    [...parameters(scope), scope.windows],
  );
  return counts;
}

export interface CohortCase {
  readonly caseCode: string;
  readonly donorCode: string | null;
  /** The org and the day of its first request, and that entry. */
  readonly org: string;
  readonly firstRequestedOn: string;
  readonly id: string;
  /** The stage that it came to, from 1, and whether it passed it. */
  readonly reached: number;
  readonly passedIt: boolean;
  /** Per stage; null of those that it did not pass. */
  readonly passedOn: readonly (string | null)[];
  readonly state: 'open' | 'lost' | 'donated';
  readonly held: boolean;
  readonly lostOn: string | null;
  readonly how: string | null;
  readonly side: string | null;
  readonly reason: string | null;
}

/** Conditions on a row of `way`, of the stage `$9` and the window of `$10` days. */
const PARTS = {
  reached: 'reached >= $9',
  passed: 'passed >= $9',
  open: `reached = $9 and passed < $9 and state = 'open'`,
  lost: `reached = $9 and passed < $9 and state = 'lost'`,
  waiting: `reached = $9 and passed = $9 and state = 'open'`,
  lostAfter: `reached = $9 and passed = $9 and state = 'lost'`,
  held: 'reached = $9 and held',
  gone: `reached = $9 and state = 'lost'`,
  goneFrom: `reached >= $9 and state = 'lost'`,
  complete: 'age >= $10',
  within: 'age >= $10 and passed_on[$9] - occurred_on <= $10',
  censored: 'age < $10',
} as const;

export type CohortPart = keyof typeof PARTS;
export const COHORT_PARTS = Object.keys(PARTS) as CohortPart[];

/** One page of the requests behind a number, the oldest first. */
export async function findCohortCases(
  manager: EntityManager,
  scope: CohortScope,
  asked: LossFilter & { readonly part: CohortPart; readonly stage: number; readonly days: number | null },
  after: DayCursor | null,
  limit: number,
): Promise<CohortCase[]> {
  const { part, stage, days, how, side, reason } = asked;
  return manager.query(
    `with ${cohort(scope.stages)}
      select case_code as "caseCode", donor_code as "donorCode", org, occurred_on as "firstRequestedOn", id, reached,
        passed = reached as "passedIt", to_json(passed_on) as "passedOn", state, held, lost_on as "lostOn", how, side,
        reason
      from way
      where ${PARTS[part]} and $9::integer is not null and ($10::integer is null or true)
        and ($11::text is null or how = $11) and ($12::text is null or coalesce(side, 'none') = $12)
        and ($13::text is null or coalesce(reason, 'none') = $13) and ($14::date is null or (occurred_on, id) > ($14::date, $15::uuid))
      order by occurred_on, id
      limit $16`,
    [
      ...parameters(scope),
      stage,
      days,
      how ?? null,
      side ?? null,
      reason ?? null,
      after?.day ?? null,
      after?.id ?? null,
      limit,
    ],
  );
}
