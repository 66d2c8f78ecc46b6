import type { EntityManager } from 'typeorm';
import type { IndicatorDefinition } from '../catalogue/indicator-definition';
import type { MetricDefinition } from '../catalogue/metric-definition';
import { inForceOf } from '../catalogue/versions';
import type { Period } from '../core/period';
import { feedsOf, runsOn } from '../metrics/feeds';
import { findMembers } from './orgs.queries';
import { basisParameters, findTallyBasis, talliesAsOf } from './tallies-as-of.queries';
import { findTouched } from './touched-subjects';
import type { StoredValue } from './values.queries';

/** Which values are asked for, as they stood when the ledger ended at a position. */
export interface AskedAsOf {
  readonly registryId: number;
  readonly position: string;
  readonly scopes: readonly { readonly org: string; readonly own: boolean }[];
  readonly periods: readonly Period[];
  /** The metrics asked for, or the parts of the rates asked for. */
  readonly metrics: readonly MetricDefinition[];
}

const CELLS = `t.org = any($7) and t.kind = any($8) and t.posted_month <= $11::date
  and (t.posted_month >= $10::date or t.kind = any($9))`;

// An original stands in a period that ends before its reversal; a reversal stands alone in one that begins after its
// original (R9): tallies know that by the months of both. A running total begins with the ledger, where no reversal is
// alone. Subjects are counted anew, or where only some were written of since ($18 to $20), as those that stand in the
// stored values and the difference that these make.
const FIGURES = `
  scope as (select * from json_to_recordset($3::json) as s (org text, own boolean)),
  member as (
    select s.org, s.own, c.org as member from scope s
    join org_closure c on c.registry_id = $1 and c.ancestor = s.org and (not s.own or c.org = s.org)
  ),
  period as (select * from json_to_recordset($4::json) as p (period text, first date, last date)),
  feed as (
    select * from json_to_recordset($5::json) as f
      (key text, kind text, outcome text, reason text, times numeric, since date, until date)
  ),
  metric as (
    select * from json_to_recordset($6::json) as m
      (key text, adds_up text, subject text, over_orgs boolean, runs boolean, version int, since date, until date)
  ),
  meaning as (select distinct key, adds_up, subject, over_orgs, runs from metric),
  kind_of as (
    select distinct f.key, f.kind, f.since, f.until, m.runs, m.adds_up = 'sum' as adds from feed f join meaning m using (key)
  ),
  tally as materialized (${talliesAsOf(14, CELLS)}),
  standing as materialized (
    select m.org, m.own, p.period, p.last, t.kind, t.outcome, t.reason, false as runs, t.original_month as meant,
      sum(t.quantity) as quantity,
      sum(t.originals - case when t.original_month >= p.first then t.reversals else -t.reversals end) as entries
    from tally t
    join member m on m.member = t.org
    join period p on t.posted_month between p.first and p.last
    group by m.org, m.own, p.period, p.last, t.kind, t.outcome, t.reason, t.original_month
    union all
    select m.org, m.own, p.period, p.last, t.kind, t.outcome, t.reason, true, p.last, sum(t.quantity),
      sum(t.originals - t.reversals)
    from tally t
    join member m on m.member = t.org
    join period p on t.posted_month <= p.last
    where t.kind = any($9)
    group by m.org, m.own, p.period, p.last, t.kind, t.outcome, t.reason
  ),
  -- R15: of a sum each entry counts by the version of its month, or its original's; all else by that of the period's end.
  reported_in as (
    select s.org, s.own, s.period, s.last, k.key
    from standing s
    join kind_of k on k.kind = s.kind and k.runs = s.runs
      and case when k.adds then s.meant else s.last end >= k.since and case when k.adds then s.meant else s.last end < k.until
    group by s.org, s.own, s.period, s.last, k.key
    having sum(s.entries) > 0
  ),
  summed as (
    select s.org, s.own, s.period, m.key, sum(s.quantity * f.times) as value
    from standing s
    join feed f on f.kind = s.kind and f.outcome in ('', s.outcome) and f.reason in ('', s.reason)
    join meaning m on m.key = f.key and m.runs = s.runs and m.adds_up in ('sum', 'stock', 'cumulative')
      and case m.adds_up when 'sum' then s.meant else s.last end >= f.since
      and case m.adds_up when 'sum' then s.meant else s.last end < f.until
    group by s.org, s.own, s.period, m.key
  ),
  -- What was reversed by the later of both positions, and when and in which month.
  reversal as materialized (
    select r.reverses, r.posted_month, r.position from entry r
    where r.registry_id = $1 and r.position <= greatest($2, $18::bigint) and r.reverses is not null
      and r.org = any($7) and (r.kind = any($12) or r.kind = any($13)) and r.posted_month between $10 and $11
  ),
  sighting as materialized (
    select e.org, m.key, f.since, f.until, e.posted_month as month, e.position, r.posted_month as partner,
      r.position as reversed_at, case m.subject when 'donor' then e.donor_code else e.case_code end as subject
    from entry e
    join feed f on f.kind = e.kind and f.outcome in ('', coalesce(e.outcome, '')) and f.reason in ('', coalesce(e.reason, ''))
    join meaning m on m.key = f.key and m.adds_up = 'distinct'
    left join reversal r on r.reverses = e.id
    where e.registry_id = $1 and e.position <= greatest($2, $18::bigint) and e.org = any($7) and e.kind = any($12)
      and e.posted_month between $10 and $11 and e.reverses is null and e.quantity > 0
      and ($18::bigint is null or e.donor_code = any($19) or e.case_code = any($20))
      and case m.subject when 'donor' then e.donor_code else e.case_code end is not null
      and ($18::bigint is null or case m.subject when 'donor' then e.donor_code = any($19) else e.case_code = any($20) end)
  ),
  seen as (
    select m.org, m.own, p.period, s.key,
      bool_or(s.position <= $2 and (s.reversed_at is null or s.reversed_at > $2 or s.partner > p.last))::int as asked,
      coalesce(bool_or(
        s.position <= $18::bigint and (s.reversed_at is null or s.reversed_at > $18::bigint or s.partner > p.last)
      )::int, 0) as stored
    from sighting s
    join member m on m.member = s.org
    join period p on s.month between p.first and p.last and p.last >= s.since and p.last < s.until
    group by s.subject, m.org, m.own, p.period, s.key
  ),
  counted as (
    select org, own, period, key, sum(value) as value
    from (
      select org, own, period, key, asked - stored as value from seen
      union all
      select v.org, v.own, v.period, v.key, v.value from metric_value v join scope using (org, own)
      where $18::bigint is not null and v.registry_id = $1 and v.org = any(array(select org from scope))
        and v.period = any(array(select period from period))
        and v.key = any(array(select key from meaning where adds_up = 'distinct'))
    ) moved
    group by org, own, period, key
  ),
  latest as (
    select distinct on (p.period, m.key, e.org) p.period, m.key, m.over_orgs, e.org, e.quantity
    from entry e
    join feed f on f.kind = e.kind
    join meaning m on m.key = f.key and m.adds_up = 'reported'
    left join reversal r on r.reverses = e.id
    join period p on e.posted_month between p.first and p.last
      and (r.posted_month is null or r.position > $2 or r.posted_month > p.last)
      and p.last >= f.since and p.last < f.until
    where e.registry_id = $1 and e.position <= $2 and e.org = any($7) and e.kind = any($13)
      and e.posted_month between $10 and $11 and e.reverses is null
    order by p.period, m.key, e.org, e.occurred_on desc, e.position desc, e.id desc
  ),
  said as (
    select m.org, m.own, l.period, l.key, sum(l.quantity) as value
    from latest l join member m on m.member = l.org and (l.over_orgs or m.member = m.org)
    group by m.org, m.own, l.period, l.key
  ),
  -- R6: what was reported of years before the ledger.
  brought as (
    select m.org, m.own, p.period, d.key, sum(e.quantity) as value
    from entry e
    join period p on p.period = e.attributes ->> 'year'
    join meaning d on d.key = e.attributes ->> 'metric' and d.adds_up in ('sum', 'distinct')
    join member m on m.member = e.org and (d.adds_up = 'sum' or m.org = m.member)
    where e.registry_id = $1 and e.kind like 'Opening%' and e.kind = 'OpeningYearTotal' and e.org = any($7)
      and e.position <= $2 and e.reverses is null and not exists (
        select from entry r where r.registry_id = $1 and r.reverses = e.id and r.position <= $2
      )
    group by m.org, m.own, p.period, d.key
  ),
  figure as materialized (
    select v.org, v.own, v.period, v.key, trim_scale(v.value) as value, m.version, p.last
    from (
      select i.org, i.own, i.period, i.key, coalesce(c.value, 0) as value
      from reported_in i
      join meaning d on d.key = i.key and d.adds_up <> 'reported'
      left join (select * from summed union all select * from counted) c
        on c.org = i.org and c.own = i.own and c.period = i.period and c.key = i.key
      union all select * from said
      union all select * from brought
    ) v
    join period p using (period)
    join metric m on m.key = v.key and p.last >= m.since and p.last < m.until
  )`;

const EARLIER = `period < (select to_char(first_day, 'YYYY') from registry where registry_id = $1) as reported,
  $2::bigint as position, now() as "computedAt"`;

/**
 * The metrics of some scopes and periods as they stood.
 *
 * @param manager as of `unnested`
 */
export async function findMetricsAsOf(manager: EntityManager, asked: AskedAsOf): Promise<StoredValue[]> {
  return unnested(
    manager,
    `with ${FIGURES}
      select key, org, own, period, case when value = 0 then 'zero' else 'value' end as state, value::text,
        null as numerator, null as denominator, version, ${EARLIER}
      from figure`,
    (inner) => parameters(inner, asked),
  );
}

/**
 * Rates as they stood: each of the parts as they stood (R12), rounded once (R16).
 *
 * @param manager as of `unnested`
 */
export async function findIndicatorsAsOf(
  manager: EntityManager,
  asked: AskedAsOf,
  indicators: readonly IndicatorDefinition[],
): Promise<StoredValue[]> {
  return unnested(
    manager,
    `with ${FIGURES},
      indicator as (
        select * from json_to_recordset($21::json) as i
          (key text, numerator text, denominator text, scale numeric, decimals int, version int, since date, until date)
      ),
      ratio as (
        select i.key, d.org, d.own, d.period, n.value as numerator, d.value as denominator, i.version,
          case when d.value <> 0 then round(n.value * i.scale / d.value, i.decimals) end as value
        from indicator i
        join figure d on d.key = i.denominator and d.last >= i.since and d.last < i.until
        left join figure n on n.key = i.numerator and n.org = d.org and n.own = d.own and n.period = d.period
        where d.value = 0 or n.value is not null
      )
      select key, org, own, period,
        case when denominator = 0 then 'not_applicable' when numerator = 0 then 'zero' else 'value' end as state,
        value::text, numerator::text, denominator::text, version, ${EARLIER}
      from ratio`,
    async (inner) => [
      ...(await parameters(inner, asked)),
      JSON.stringify(
        indicators.flatMap((one) => inForceOf(one).map(({ version, inForce }) => ({ ...version, ...inForce }))),
      ),
    ],
  );
}

/**
 * The planner knows nothing of the lists that definitions and periods come in, and would nest loops over thousands of
 * rows, and sort what it need not. What is asked after this in the same transaction is planned as ever.
 *
 * @param manager outside of any transaction, or in one that sees one moment (REPEATABLE READ): within one that does not,
 *   the parameters may be of another moment than the answer
 */
export async function unnested<Row>(
  manager: EntityManager,
  statement: string,
  parametersOf: (inner: EntityManager) => Promise<unknown[]>,
): Promise<Row[]> {
  return manager.transaction('REPEATABLE READ', async (inner) => {
    const values = await parametersOf(inner);
    await inner.query(
      `select set_config('enable_nestloop', 'off', true), set_config('enable_sort', 'off', true),
        set_config('work_mem', '64MB', true)`,
    );
    const found = await inner.query(statement, values);
    await inner.query(
      'set local enable_nestloop to default; set local enable_sort to default; set local work_mem to default',
    );
    return found;
  });
}

async function parameters(manager: EntityManager, asked: AskedAsOf): Promise<unknown[]> {
  const { registryId, position, scopes, periods, metrics } = asked;
  const basis = await findTallyBasis(manager, registryId, position);
  const kindsOf = (of: readonly MetricDefinition[]) => [...new Set(feedsOf(of).map(({ kind }) => kind))];
  const spans = periods.map(({ code, firstMonth, lastMonth }) => {
    return { period: code, first: `${firstMonth}-01`, last: `${lastMonth}-01` };
  });
  const meanings = metrics.flatMap((metric) =>
    inForceOf(metric).map(({ version, inForce }) => ({
      key: metric.key,
      adds_up: metric.addsUp,
      subject: metric.subject,
      over_orgs: metric.overOrgs ?? false,
      runs: runsOn(metric),
      version: version.version,
      ...inForce,
    })),
  );
  const orgs = await findMembers(manager, registryId, scopes);
  const counting = kindsOf(metrics.filter(({ addsUp }) => addsUp === 'distinct'));
  const touched = await findTouched(manager, asked, basis, { orgs, kinds: counting });
  return [
    registryId,
    position,
    JSON.stringify(scopes),
    JSON.stringify(spans),
    JSON.stringify(feedsOf(metrics)),
    JSON.stringify(meanings),
    orgs,
    kindsOf(metrics),
    kindsOf(metrics.filter(runsOn)),
    spans.map(({ first }) => first).sort()[0],
    spans
      .map(({ last }) => last)
      .sort()
      .at(-1),
    counting,
    kindsOf(metrics.filter(({ addsUp }) => addsUp === 'reported')),
    ...basisParameters(basis),
    touched && basis.computed,
    touched?.donors ?? [],
    touched?.cases ?? [],
  ];
}
