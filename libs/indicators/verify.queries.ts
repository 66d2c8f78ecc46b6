import type { EntityManager } from 'typeorm';
import { RECOUNT } from './verify-recount.queries';
import { WAITING } from './verify-waiting.queries';

export interface Comparison<Finding> {
  checked: string;
  drift: string;
  waiting: string;
  findings: Finding[];
}

/** A recount groups some hundred thousand subjects: in memory, not in files. */
export async function allowMemory(manager: EntityManager): Promise<void> {
  await manager.query(`set local work_mem = '128MB'`);
}

/** What is stored beside what it has to be; of what differs at most `limit` rows. */
export async function compare<Finding>(
  manager: EntityManager,
  registryId: number,
  definitions: object,
  limit: number,
): Promise<Comparison<Finding>> {
  const [comparison] = await manager.query(
    `with recursive ${RECOUNT}, ${WAITING},
      stored as (
        select 'metric_value' as "table", org, own, period, key,
          jsonb_build_object('state', state, 'value', value, 'version', version) as content
        from metric_value where registry_id = $1
        union all
        select 'indicator_value', org, own, period, key,
          jsonb_build_object('state', state, 'value', value, 'numerator', numerator, 'denominator', denominator,
            'version', version)
        from indicator_value where registry_id = $1
        union all
        select 'monthly_tally', org, true, to_char(posted_month, 'YYYY-MM'),
          concat_ws('/', kind, outcome, reason, to_char(original_month, 'YYYY-MM')),
          jsonb_build_object('originals', originals, 'reversals', reversals, 'quantity', quantity)
        from monthly_tally where registry_id = $1
      ),
      cell as (
        select "table", org, own, period, key, expected.content as expected, stored.content as found
        from expected full join stored using ("table", org, own, period, key)
      ),
      judged as materialized (
        select *, expected is distinct from found and not waits as drifts
        from (
          select c.*, w.key is not null or t.kind is not null as waits from cell c
          left join waiting w using ("table", org, own, period, key)
          left join mark t on c."table" = 'monthly_tally' and t.org = c.org and t.kind = split_part(c.key, '/', 1)
            and to_char(t.month, 'YYYY-MM') = c.period
        ) cells
      )
      select count(*) filter (where not waits) as checked, count(*) filter (where drifts) as drift,
        count(*) filter (where waits) as waiting, array(
          select to_jsonb(f) from (
            select "table", org, own, period, key, expected, found from judged where drifts
            order by "table", org, own, period, key limit $3
          ) f
        ) as findings
      from judged`,
    [registryId, JSON.stringify(definitions), limit],
  );
  return comparison;
}

/** Keeps the outcome of a recount that began with this transaction. */
export async function insertVerification(
  manager: EntityManager,
  registryId: number,
  { checked, drift, findings }: Comparison<unknown>,
  audit: object,
  seals: object,
): Promise<{ startedAt: Date; finishedAt: Date }> {
  const [stored] = await manager.query(
    `insert into verification (registry_id, started_at, finished_at, checked, drift, findings, audit, seals)
      values ($1, now(), clock_timestamp(), $2, $3, $4, $5, $6)
      returning started_at as "startedAt", finished_at as "finishedAt"`,
    [registryId, checked, drift, JSON.stringify(findings), JSON.stringify(audit), JSON.stringify(seals)],
  );
  return stored;
}
