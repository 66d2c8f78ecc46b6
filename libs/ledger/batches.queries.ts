import type { EntityManager } from 'typeorm';

export interface BatchRow {
  readonly batch: string;
  readonly box: string | null;
  readonly sentBy: string[];
  readonly receivedBy: string[];
  readonly sentOn: string | null;
  readonly receivedOn: string | null;
  readonly sent: string;
  readonly received: string;
}

/**
 * The batches with an entry of these orgs from a first day to before another, with all that was ever sent and received of them, whoever
 * logged it; a reversal takes away what it reverses. The months of a registry are few, and asking the index for each
 * of them with the kind spares reading what else the orgs have logged.
 */
export async function findBatches(
  manager: EntityManager,
  registryId: number,
  orgs: readonly string[],
  first: string,
  before: string,
): Promise<BatchRow[]> {
  return manager.query(
    `with month as materialized (
        select generate_series(first_day_month, current_date + 31, interval '1 month')::date as month
        from (select date_trunc('month', first_day)::date as first_day_month from registry where registry_id = $1) begin
      ),
      consigned as materialized (
        select e.org, e.kind, e.occurred_on, e.quantity, e.reverses is not null as reversal,
          e.attributes ->> 'batchCode' as batch, e.attributes ->> 'boxCode' as box
        from entry e
        where e.registry_id = $1 and e.kind in ('SampleSent', 'SampleReceived')
          and e.org = any(array(select org from org where registry_id = $1))
          and e.posted_month = any(array(select month from month))
          and e.attributes ->> 'batchCode' is not null
      )
      select batch, box,
        coalesce(array_agg(distinct org order by org) filter (where kind = 'SampleSent' and not reversal), '{}')
          as "sentBy",
        coalesce(array_agg(distinct org order by org) filter (where kind = 'SampleReceived' and not reversal), '{}')
          as "receivedBy",
        min(occurred_on) filter (where kind = 'SampleSent' and not reversal) as "sentOn",
        min(occurred_on) filter (where kind = 'SampleReceived' and not reversal) as "receivedOn",
        trim_scale(coalesce(sum(quantity) filter (where kind = 'SampleSent'), 0))::text as sent,
        trim_scale(coalesce(sum(quantity) filter (where kind = 'SampleReceived'), 0))::text as received
      from consigned
      group by batch, box
      having bool_or(org = any($2) and occurred_on >= $3 and occurred_on < $4)
      order by min(occurred_on), batch, box`,
    [registryId, orgs, first, before],
  );
}
