import type { EntityManager } from 'typeorm';

/** A month of the registry's ledger, and what was last done about it. */
export interface MonthRow {
  readonly month: string;
  /** `running` until its last day is over. */
  readonly state: 'closed' | 'open' | 'running';
  /** Who closed or reopened it last, when and why; null where nobody has. */
  readonly action: 'close' | 'reopen' | null;
  readonly at: Date | null;
  readonly by: string | null;
  readonly reason: string | null;
  readonly position: string | null;
}

/** The months from the ledger's first to the running one, the latest first; or one of them. */
export async function findMonths(
  manager: EntityManager,
  registryId: number,
  today: string,
  firstDay: string | null = null,
): Promise<MonthRow[]> {
  return manager.query(
    `with last as materialized (
        select distinct on (v.month) v.month, v.action, v.reason, v.position, w.recorded_at, w.recorded_by
        from month_event v join ledger_write w on w.registry_id = $1 and w.position = v.position
        where v.registry_id = $1 and ($3::date is null or v.month = $3)
        order by v.month, v.position desc
      )
      select to_char(m.month, 'YYYY-MM') as month,
        case when m.month < h.first_open_month then 'closed'
          when m.month + interval '1 month' > $2::date then 'running' else 'open' end as state,
        l.action, l.recorded_at as at, l.recorded_by as by, l.reason, l.position
      from registry g
      join registry_head h on h.registry_id = g.registry_id
      cross join lateral generate_series(
        date_trunc('month', g.first_day::timestamp), date_trunc('month', $2::date::timestamp), interval '1 month'
      ) as m (month)
      left join last l on l.month = m.month
      where g.registry_id = $1 and ($3::date is null or m.month = $3)
      order by m.month desc`,
    [registryId, today, firstDay],
  );
}

/**
 * By org, the kinds of which submitting a month has written nil returns that stand, and of which nothing else was logged
 * there or below since.
 */
export async function findNilReturns(
  manager: EntityManager,
  registryId: number,
  firstDay: string,
): Promise<{ readonly org: string; readonly kinds: readonly string[] }[]> {
  return manager.query(
    `select e.org, array_agg(distinct e.kind order by e.kind) as kinds from entry e
      where e.registry_id = $1 and e.quantity = 0 and e.reverses is null and e.posted_month = $2::date
        and e.position = any(array(select s.position from submission s where s.registry_id = $1 and s.month = $2::date))
        and (select true from entry r where r.registry_id = $1 and r.reverses = e.id limit 1) is null
        and (
          select true from entry o
          where o.registry_id = $1 and o.posted_month = $2::date and o.kind = e.kind and o.quantity <> 0
            and o.org = any(array(select c.org from org_closure c where c.registry_id = $1 and c.ancestor = e.org))
            and (o.reverses is null or o.original_month < o.posted_month)
            and (
              select true from entry r
              where r.registry_id = $1 and r.reverses = o.id and r.posted_month = o.posted_month limit 1
            ) is null
          limit 1
        ) is null
      group by e.org`,
    [registryId, firstDay],
  );
}

/** An entry that was posted to a later month than it belongs to (R4). */
export interface Adjustment {
  readonly id: string;
  readonly org: string;
  readonly kind: string;
  readonly occurredOn: string;
  /** The month that it belongs to: its own, of a reversal that of the entry it takes back. */
  readonly belongsTo: string;
  readonly quantity: string;
  readonly justification: string | null;
  readonly reverses: string | null;
  readonly reversed: boolean;
  readonly recordedAt: Date;
  readonly recordedBy: string;
  readonly position: string;
  /** How many there are. */
  readonly total: number;
}

/** The adjustments that a month took in an org with all below it, the latest first. */
export async function findAdjustments(
  manager: EntityManager,
  scope: { readonly registryId: number; readonly org: string },
  firstDay: string,
  atMost: number,
): Promise<Adjustment[]> {
  return manager.query(
    `select e.id, e.org, e.kind, e.occurred_on as "occurredOn",
        to_char(case when e.reverses is null then e.occurred_on else e.original_month end, 'YYYY-MM') as "belongsTo",
        trim_scale(e.quantity)::text as quantity, e.justification, e.reverses,
        (select true from entry r where r.registry_id = $1 and r.reverses = e.id limit 1) is not null as reversed,
        w.recorded_at as "recordedAt", w.recorded_by as "recordedBy", e.position, count(*) over ()::int as total
      from entry e join ledger_write w on w.registry_id = $1 and w.position = e.position
      where e.registry_id = $1 and e.posted_month = $3::date and e.occurred_on < e.posted_month
        and (e.reverses is null or e.original_month < e.posted_month)
        and e.org = any(array(select c.org from org_closure c where c.registry_id = $1 and c.ancestor = $2))
      order by e.position desc, e.id limit $4`,
    [scope.registryId, scope.org, firstDay, atMost],
  );
}
