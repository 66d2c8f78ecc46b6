import type { EntityManager } from 'typeorm';
import type { Feed } from './feeds';
import { MEMBERS, type PeriodMonth, type StandingValue } from './metric-value.queries';
import type { Scope } from './recompute.queries';
import type { ValueScope } from './scope.queries';

const SUBJECT_COLUMN = { donor: 'donor_code', case: 'case_code' } as const;

/** From so many subjects on, going through everyone is not dearer than going to each. */
const SUBJECTS_APART = 10_000;

/** The orgs, kinds and months that distinct figures are counted over. */
interface Field {
  readonly orgs: readonly string[];
  readonly kinds: readonly string[];
  readonly months: readonly string[];
}

/**
 * Distinct subjects (R9, R13), at each level and period. A subject counts while one positive entry of it stands in the
 * scope; whether the cell is missing is decided as for a sum, so `insertSums` has written a row of 0.
 *
 * Where values stand already, only the subjects that were written of since are looked at, in all that the ledger holds
 * of them: as it was then, and as it is now. The ledger only grows and positions follow commits, so that what it held
 * then can be read from it, and a figure is what it was and the difference of both. Otherwise every subject is counted.
 *
 * Each subject is grouped once for a scope and a year, into a mask of the periods of that year that it counts in: a
 * handful of masks is then counted for all periods together, instead of every subject for each period.
 *
 * @param standing the values as they were
 */
export async function updateDistinct(
  manager: EntityManager,
  scope: Scope,
  scopes: readonly ValueScope[],
  periods: readonly PeriodMonth[],
  feeds: readonly Feed[],
  subject: 'donor' | 'case',
  standing: readonly StandingValue[],
): Promise<void> {
  const column = SUBJECT_COLUMN[subject];
  const field: Field = {
    orgs: await findMembers(manager, scope.registryId, scopes),
    kinds: [...new Set(feeds.map((feed) => feed.kind))],
    months: [...new Set(periods.map((period) => period.month))],
  };
  const subjects = scope.computedTo === '0' ? null : await findSubjectsSince(manager, scope, field, column);
  await manager.query(
    `with ${MEMBERS},
      period as (
        select * from json_to_recordset($4::json) as p
          (period text, month date, first date, last date, year text, bit int)
      ),
      month_of as (select month, year, bit_or(bit) as bits from period group by month, year),
      -- By the version in force at the end of a period (R15): each feed with the periods of a year that it is of.
      feed as (
        select f.key, f.kind, f.outcome, f.reason, p.year, bit_or(p.bit) as bits
        from json_to_recordset($5::json) as f
          (key text, kind text, outcome text, reason text, since date, until date)
        join (select distinct year, bit, last from period) p on p.last >= f.since and p.last < f.until
        group by f.key, f.kind, f.outcome, f.reason, p.year
      ),
      reversal as (
        select r.reverses, r.posted_month, r.position from entry r
        where r.registry_id = $1 and r.position <= $2 and r.reverses is not null
          and r.org = any($6) and r.kind = any($7) and r.posted_month = any($8)
      ),
      told as (
        select e.org, e.kind, e.outcome, e.reason, e.${column} as subject, e.position, o.year, o.bits,
          r.position as reversed_at, case when r.reverses is not null then coalesce((
            select bit_or(p.bit) from period p where p.month = e.posted_month and p.last < r.posted_month
          ), 0) end as bits_reversed
        from entry e
        join month_of o on o.month = e.posted_month
        left join reversal r on r.reverses = e.id
        where e.registry_id = $1 and e.position <= $2 and e.reverses is null and e.quantity > 0
          and e.${column} is not null and e.org = any($6) and e.kind = any($7) and e.posted_month = any($8)
          and ($9::text[] is null or e.${column} = any($9))
      ),
      masked as (
        select m.org, m.own, f.key, t.year,
          bit_or(coalesce(t.bits_reversed, t.bits) & f.bits) as mask,
          bit_or(
            case when $9::text[] is null or t.position > $10 then 0
              when t.reversed_at <= $10 then t.bits_reversed & f.bits else t.bits & f.bits end
          ) as mask_before
        from told t
        join feed f on f.kind = t.kind and f.year = t.year and f.outcome in ('', coalesce(t.outcome, ''))
          and f.reason in ('', coalesce(t.reason, ''))
        join member m on m.member = t.org
        group by m.org, m.own, f.key, t.year, t.subject
      ),
      alike as materialized (
        select org, own, key, year, mask, mask_before, count(*) as subjects from masked
        group by org, own, key, year, mask, mask_before
      ),
      moved as (
        select a.org, a.own, p.period, a.key,
          a.subjects * ((a.mask & p.bit <> 0)::int - (a.mask_before & p.bit <> 0)::int) as value
        from alike a join (select distinct period, year, bit from period) p on p.year = a.year
        union all
        select org, own, period, key, value
        from json_to_recordset($11::json) as s (org text, own boolean, period text, key text, value numeric)
        where $9::text[] is not null
      ),
      counted as (
        select org, own, period, key, sum(value) as value from moved group by org, own, period, key
      )
      update metric_value v
      set value = c.value, state = 'value'
      from counted c
      where v.registry_id = $1 and v.org = c.org and v.own = c.own and v.period = c.period and v.key = c.key
        and v.org = any($12) and v.period = any($13) and v.key = any($14) and c.value <> 0`,
    [
      scope.registryId,
      scope.position,
      JSON.stringify(scopes),
      JSON.stringify(periods),
      JSON.stringify(feeds),
      field.orgs,
      field.kinds,
      field.months,
      subjects,
      scope.computedTo,
      JSON.stringify(standing),
      [...new Set(scopes.map(({ org }) => org))],
      [...new Set(periods.map(({ period }) => period))],
      [...new Set(feeds.map(({ key }) => key))],
    ],
  );
}

/** Whom entries since the last computation name; null if that is so many that all are counted instead. */
async function findSubjectsSince(
  manager: EntityManager,
  scope: Scope,
  { orgs, kinds, months }: Field,
  column: string,
): Promise<string[] | null> {
  const found: { subject: string }[] = await manager.query(
    `select distinct e.${column} as subject from entry e
      where e.registry_id = $1 and e.position > $2 and e.position <= $3 and e.${column} is not null
        and e.org = any($4) and e.kind = any($5) and e.posted_month = any($6)
      limit $7`,
    [scope.registryId, scope.computedTo, scope.position, orgs, kinds, months, SUBJECTS_APART + 1],
  );
  return found.length > SUBJECTS_APART ? null : found.map(({ subject }) => subject);
}

async function findMembers(
  manager: EntityManager,
  registryId: number,
  scopes: readonly ValueScope[],
): Promise<string[]> {
  const members: { org: string }[] = await manager.query(
    `select distinct c.org from json_to_recordset($2::json) as s (org text, own boolean)
      join org_closure c on c.registry_id = $1 and c.ancestor = s.org and (not s.own or c.org = s.org)`,
    [registryId, JSON.stringify(scopes)],
  );
  return members.map(({ org }) => org);
}
