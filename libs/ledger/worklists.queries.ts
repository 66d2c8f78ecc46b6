import type { EntityManager } from 'typeorm';
import type { DayCursor } from '../core/cursor';

export interface WaitingScope {
  readonly registryId: number;
  /** The root of the subtree. */
  readonly org: string;
  /** The day on which it is asked, `YYYY-MM-DD` in Asia/Shanghai. */
  readonly today: string;
}

/** What an entry of a kind does to a wait; an empty outcome stands for any. */
export interface WaitMove {
  readonly key: string;
  readonly on: 'case' | 'donor';
  readonly role: 'begins' | 'ends' | 'over' | 'holds' | 'resumes';
  readonly kind: string;
  readonly outcome: string;
}

/** One step of a list: it is waited for from the day after `opens`, and due on the day `due`, counted in days. */
export interface WaitStep {
  readonly key: string;
  readonly step: number;
  readonly opens: number;
  readonly due: number;
}

/** One who waits. Days are whole calendar days. */
export interface Waiting {
  /** The entry that the wait began with. */
  readonly id: string;
  readonly org: string;
  readonly caseCode: string | null;
  readonly donorCode: string | null;
  readonly since: string;
  readonly waitingDays: number;
  /** Which step of the list, from 1. */
  readonly step: number;
  readonly dueOn: string;
  /** Whether the due day has passed; a request on hold is never overdue. */
  readonly overdue: boolean;
  readonly held: boolean;
}

/** Counts by list and org. */
export interface WaitingCount {
  readonly key: string;
  readonly org: string;
  readonly waiting: number;
  readonly overdue: number;
  readonly held: number;
  readonly longestDays: number;
}

const STANDS = `e.reverses is null and e.quantity > 0 and e.occurred_on <= $3::date and (
    select true from entry r where r.registry_id = $1 and r.reverses = e.id limit 1
  ) is null`;

/** The entries of the subject of a beginning `b`, by the index of its codes. */
function ofSubject(columns: string, condition: string): string {
  return `
    select ${columns} from entry e
      where b."on" = 'case' and e.registry_id = $1 and e.case_code = b.subject and ${condition}
    union all
    select ${columns} from entry e
      where b."on" = 'donor' and e.registry_id = $1 and e.donor_code = b.subject and ${condition}`;
}

/**
 * `waiting`: the latest beginning of each subject whose next step has not been taken. Begun in the asked orgs; what
 * ends it may stand for any. Who is on hold stays so, whatever begins meanwhile. Only standing entries count (R9).
 *
 * Most beginnings are over: of those no more is looked up than that.
 */
export const WAITING = `
  move as materialized (
    select * from json_to_recordset($4::json) as m (key text, "on" text, role text, kind text, outcome text)
  ),
  over as materialized (
    select key, array_agg(kind) as kinds from move where role = 'over' and outcome = '' group by key
  ),
  begun as materialized (
    select m.key, m."on", case m."on" when 'case' then e.case_code else e.donor_code end as subject,
      e.id, e.org, e.case_code, e.donor_code, e.occurred_on as since, e.position
    from move m join entry e on e.registry_id = $1 and e.kind = m.kind and m.outcome in ('', e.outcome)
    where m.role = 'begins' and e.kind = any(array(select kind from move where role = 'begins'))
      and e.org = any(array(select org from org_closure where registry_id = $1 and ancestor = $2))
      and e.reverses is null and e.quantity > 0 and e.occurred_on <= $3::date
  ),
  going as materialized (
    select b.* from begun b left join over o on o.key = b.key
    where b.subject is not null and (o.key is null or (
      select true from (${ofSubject('1', `e.kind = any(o.kinds) and e.occurred_on >= b.since and ${STANDS}`)}
      ) ended limit 1
    ) is null)
  ),
  told as materialized (
    select b.*, e.id as told, e.kind, e.outcome, e.occurred_on, e.position as at
    from going b
    join (select key, array_agg(distinct kind) as kinds from move group by key) a on a.key = b.key
    cross join lateral (${ofSubject(
      'e.id, e.kind, e.outcome, e.occurred_on, e.position',
      `e.kind = any(a.kinds) and ${STANDS}`,
    )}
    ) e
  ),
  moved as (
    select t.key, t.id, t.org, t.case_code, t.donor_code, t.since,
      max(t.occurred_on) filter (where m.role = 'ends' and t.occurred_on >= t.since) as last_end,
      coalesce((array_agg(m.role order by t.occurred_on desc, t.at desc)
        filter (where m.role in ('holds', 'resumes')))[1] = 'holds', false) as held
    from told t join move m on m.key = t.key and m.kind = t.kind and m.outcome in ('', t.outcome)
    group by t.key, t.id, t.org, t.case_code, t.donor_code, t.since
    having bool_or(t.told = t.id) and not bool_or(m.role = 'over' and t.occurred_on >= t.since)
      and not bool_or(m.role = 'begins' and (t.occurred_on, t.at, t.told) > (t.since, t.position, t.id))
  ),
  waiting as (
    select distinct on (m.key, m.id) m.key, m.id, m.org, m.case_code, m.donor_code, m.since, m.held, s.step,
      m.since + s.opens as opened_on, m.since + s.due as due_on
    from moved m
    join json_to_recordset($5::json) as s (key text, step integer, opens integer, due integer)
      on s.key = m.key and (m.last_end is null or m.since + s.opens >= m.last_end)
    order by m.key, m.id, s.step
  )`;

/** What `WAITING` is asked with, in its order. */
export function waitingParameters(
  scope: WaitingScope,
  moves: readonly WaitMove[],
  steps: readonly WaitStep[],
): unknown[] {
  return [scope.registryId, scope.org, scope.today, JSON.stringify(moves), JSON.stringify(steps)];
}

/** How many wait, by list and org; an org in whose list nobody waits has no row. */
export async function countWaiting(
  manager: EntityManager,
  scope: WaitingScope,
  moves: readonly WaitMove[],
  steps: readonly WaitStep[],
): Promise<WaitingCount[]> {
  return manager.query(
    `with ${WAITING}
      select key, org, count(*)::integer as waiting,
        count(*) filter (where due_on < $3::date and not held)::integer as overdue,
        count(*) filter (where held)::integer as held, max($3::date - since) as "longestDays"
      from waiting
      where opened_on < $3::date
      group by key, org
      order by key, org`,
    waitingParameters(scope, moves, steps),
  );
}

/** Those who wait in one list, the longest due first. */
export async function findWaiting(
  manager: EntityManager,
  scope: WaitingScope,
  moves: readonly WaitMove[],
  steps: readonly WaitStep[],
  page: { readonly after: DayCursor | null; readonly overdueOnly: boolean; readonly limit: number },
): Promise<Waiting[]> {
  return manager.query(
    `with ${WAITING}
      select id, org, case_code as "caseCode", donor_code as "donorCode", since, $3::date - since as "waitingDays", step,
        due_on as "dueOn", due_on < $3::date and not held as overdue, held
      from waiting
      where opened_on < $3::date and (not $6::boolean or due_on < $3::date and not held)
        and ($7::date is null or (due_on, id) > ($7::date, $8::uuid))
      order by due_on, id
      limit $9`,
    [
      ...waitingParameters(scope, moves, steps),
      page.overdueOnly,
      page.after?.day ?? null,
      page.after?.id ?? null,
      page.limit,
    ],
  );
}
