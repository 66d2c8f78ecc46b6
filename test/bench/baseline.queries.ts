import type { Client } from 'pg';
import type { EntityManager } from 'typeorm';
import type { MetricDefinition } from '../../libs/catalogue/metric-definition';
import { METRICS } from '../../libs/catalogue/metrics';
import { feedsOf } from '../../libs/metrics/feeds';

// What a sender states of an entry; the triggers add the rest.
const COLUMNS = `registry_id, id, occurred_on, kind, org, donor_code, case_code, sample_code, outcome, reason, quantity,
  attributes, note_hash, justification, reverses`;

/** All entries as COPY reads them, in the order in which they were written. */
export const COPY_ENTRIES_OUT = `copy (select ${COLUMNS} from entry order by position, id) to stdout`;

export const COPY_ENTRIES_IN = `copy entry (${COLUMNS}) from stdin`;

/** A value of a metric; `own` tells the root's own entries from the whole registry. */
export interface Cell {
  readonly key: string;
  readonly org: string;
  readonly own: boolean;
  readonly period: string;
  readonly value: string;
}

/**
 * Every metric in every org and period, out of the entries, by the shortest statement that we know and that is not
 * needlessly slow: `fed` takes each subject and month once, and the grouping sets do the rest. It leans on what it need
 * not rebuild: no entry is reversed, one level of orgs stands below the root, and no month is without a nil return.
 */
const CELLS = `
  with fed as (
    select f.key, f.adds_up, e.org, e.posted_month as month,
      case when f.outcome in ('', e.outcome) and f.reason in ('', e.reason) and e.quantity > 0
        then case f.subject when 'donor' then e.donor_code when 'case' then e.case_code end end as subject,
      sum(e.quantity * f.times)
        filter (where f.outcome in ('', e.outcome) and f.reason in ('', e.reason)) as quantity
    from entry e
    join json_to_recordset($2::json) as f
      (key text, adds_up text, subject text, kind text, outcome text, reason text, times numeric) using (kind)
    where e.registry_id = $1
    group by 1, 2, 3, 4, 5
  )
  select key, coalesce(org, $3) as org, org is not distinct from $3 as own, coalesce(y, h, q, m) as period,
    trim_scale(case adds_up
      when 'sum' then coalesce(sum(quantity), 0)
      when 'distinct' then count(distinct subject)
      else sum(sum(quantity)) over (
        partition by key, org, y is null, h is null, q is null order by coalesce(y, h, q, m)) end) as value
  from fed, lateral (
    select to_char(month, 'YYYY') as y, to_char(month, 'YYYY-"H"') || (extract(month from month)::int + 5) / 6 as h,
      to_char(month, 'YYYY-"Q"Q') as q, to_char(month, 'YYYY-MM') as m
  ) as period
  group by key, adds_up, grouping sets ((org), ()), grouping sets ((y), (h), (q), (m))`;

/** The hand-written counterpart of a rebuild, with the same memory for sorting and hashing. */
export async function selectAllCells(client: Client, registryId: number, root: string): Promise<Cell[]> {
  const metrics = new Map<string, MetricDefinition>(METRICS.map((metric) => [metric.key, metric]));
  const feeds = feedsOf(METRICS).map((feed) => {
    const metric = metrics.get(feed.key);
    return { ...feed, adds_up: metric?.addsUp, subject: metric?.subject };
  });
  await client.query(`set work_mem = '192MB'`);
  return (await client.query<Cell>(CELLS, [registryId, JSON.stringify(feeds), root])).rows;
}

/** What the last rebuild has stored, but for the own figures of orgs without children, which are copies of their whole. */
export async function findStoredCells(manager: EntityManager, registryId: number): Promise<Cell[]> {
  return manager.query(
    `select v.key, v.org, v.own, v.period, v.value from metric_value v
      where v.registry_id = $1 and (not v.own or exists (
        select from org child where child.registry_id = v.registry_id and child.parent = v.org
      ))`,
    [registryId],
  );
}
