import type { EntityManager } from 'typeorm';
import { GAPPED } from '../ledger/findings.queries';
import type { Need } from '../ledger/findings.queries';
import { FOUND, STANDS, type Look } from './found.queries';

/** A share of an org's month, in per cent, that is too much from so many entries on. */
export interface ShareRule {
  readonly code: string;
  readonly share: string;
  readonly fewest: number;
}

const SHARE = `round(100.0 * part / total, 1)::text, rule.share,
  jsonb_build_object('part', part, 'total', total)`;
const TOO_MUCH = `part >= rule.fewest and 100 * part > rule.share::numeric * total`;

/**
 * By the month in which things occurred. What occurred before the registry's first write is history that was brought
 * along, and could not be logged in time.
 */
export async function findLate(
  manager: EntityManager,
  { registryId }: Look,
  rules: readonly (ShareRule & { readonly days: number })[],
): Promise<void> {
  await manager.query(
    `with begun as materialized (
        select (recorded_at at time zone 'Asia/Shanghai')::date as day
        from ledger_write where registry_id = $1 order by position limit 1
      ),
      delay as materialized (
        select e.org, date_trunc('month', e.occurred_on::timestamp)::date as month,
          (w.recorded_at at time zone 'Asia/Shanghai')::date - e.occurred_on as days, count(*) as entries
        from entry e join ledger_write w on w.registry_id = $1 and w.position = e.position
        where ${STANDS('e')} and e.occurred_on >= (select day from begun)
        group by 1, 2, 3
      ),
      month as (
        select rule.code, d.org, d.month, sum(d.entries) as total,
          coalesce(sum(d.entries) filter (where d.days > rule.days), 0) as part
        from json_to_recordset($2::json) as rule (code text, days integer) cross join delay d
        group by rule.code, d.org, d.month
      )
      ${FOUND}
      select rule.code, m.org, to_char(m.month, 'YYYY-MM'), '', ${SHARE}
      from month m join json_to_recordset($2::json) as rule (code text, share text, fewest integer) using (code)
      where ${TOO_MUCH}`,
    [registryId, JSON.stringify(rules)],
  );
}

/** By the month to which entries were posted: of those that stand there (R9). */
export async function findAdjusted(
  manager: EntityManager,
  { registryId }: Look,
  rules: readonly ShareRule[],
): Promise<void> {
  await manager.query(
    `with adjusted as materialized (
        select e.org, e.posted_month as month, count(*) as part
        from entry e
        where e.registry_id = $1 and e.occurred_on < e.posted_month and e.reverses is null and not exists (
          select from entry r where r.registry_id = $1 and r.reverses = e.id and r.posted_month = e.posted_month)
        group by 1, 2
      ),
      posted as (
        select t.org, t.posted_month as month,
          sum(t.originals) - coalesce(sum(t.reversals) filter (where t.original_month = t.posted_month), 0) as total
        from monthly_tally t where t.registry_id = $1 group by 1, 2
      ),
      month as (select * from adjusted join posted using (org, month))
      ${FOUND}
      select rule.code, m.org, to_char(m.month, 'YYYY-MM'), '', ${SHARE}
      from month m cross join json_to_recordset($2::json) as rule (code text, share text, fewest integer)
      where ${TOO_MUCH}`,
    [registryId, JSON.stringify(rules)],
  );
}

/** Entries of imported history whose guard nothing meets. */
export async function findGaps(
  manager: EntityManager,
  { registryId }: Look,
  rules: readonly string[],
  root: string,
  needs: readonly Need[],
): Promise<void> {
  await manager.query(
    `with ${GAPPED}
      ${FOUND}
      select rule, k.org, to_char(k.posted_month, 'YYYY-MM'), k.id::text, k.kind, null,
        jsonb_build_object('kind', k.kind, 'occurredOn', k.occurred_on, 'donorCode', k.donor_code,
          'caseCode', k.case_code, 'sampleCode', k.sample_code, 'gaps', g.gaps)
      from unnest($4::text[]) as rule cross join gapped g join kept k using (id)`,
    [registryId, root, JSON.stringify(needs), rules],
  );
}
