import type { EntityManager } from 'typeorm';
import type { DayCursor } from '../core/cursor';
import type { Subject } from '../catalogue/kind-definition';

/** A guard as a row: what an entry of a kind needs before it. */
export interface Need {
  readonly kind: string;
  readonly subject: Subject;
  readonly needs: string;
  readonly outcome: string | null;
  readonly or_opening: boolean;
}

export interface Gap {
  readonly subject: Subject;
  readonly code: string;
  /** The kind, and where it matters the outcome, of what should stand before. */
  readonly kind: string;
  readonly outcome: string | null;
}

export interface GappedEntry {
  readonly id: string;
  readonly kind: string;
  readonly org: string;
  readonly occurredOn: string;
  readonly postedMonth: string;
  readonly donorCode: string | null;
  readonly caseCode: string | null;
  readonly sampleCode: string | null;
  readonly outcome: string | null;
  readonly gaps: readonly Gap[];
  /** How many there are; on the first page. */
  readonly total: number;
}

const STANDS = (entry: string) => `${entry}.reverses is null
  and (select true from entry r where r.registry_id = $1 and r.reverses = ${entry}.id limit 1) is null`;

const MET = (column: string) => `(
  select true from entry x
  where x.registry_id = $1 and x.${column} = c.code and x.kind = n.needs and x.occurred_on <= k.occurred_on
    and (n.outcome is null or x.outcome = n.outcome) and ${STANDS('x')}
  limit 1
) is not null`;

/** `kept`, and of those the `gapped`: of a registry `$1`, a subtree `$2`, by the needs `$3`. */
export const GAPPED = `
  need as materialized (
    select * from json_to_recordset($3::json) as n
      (kind text, subject text, needs text, outcome text, or_opening boolean)
  ),
  opening as materialized (
    select exists (
      select from entry e where e.registry_id = $1 and e.kind like 'Opening%' and e.kind = 'OpeningStock'
        and ${STANDS('e')}
    ) as known
  ),
  kept as materialized (
    select e.id, e.kind, e.org, e.occurred_on, e.posted_month, e.donor_code, e.case_code, e.sample_code, e.outcome
    from import i
    join import_entry l on l.registry_id = $1 and l.source_id = i.source_id and l.import_id = i.import_id
    join entry e on e.registry_id = $1 and e.id = l.id
    where i.registry_id = $1 and i.keep_gaps and e.kind in (select kind from need) and e.quantity > 0
      and e.org in (select org from org_closure where registry_id = $1 and ancestor = $2) and ${STANDS('e')}
  ),
  gapped as (
    select k.id, json_agg(json_build_object(
        'subject', n.subject, 'code', c.code, 'kind', n.needs, 'outcome', n.outcome
      ) order by n.needs, n.outcome, n.subject) as gaps
    from kept k
    join need n on n.kind = k.kind
    cross join opening o
    cross join lateral (
      select case n.subject when 'donor' then k.donor_code when 'case' then k.case_code else k.sample_code end as code
    ) c
    where c.code is not null
      and not case n.subject when 'donor' then ${MET('donor_code')} when 'case' then ${MET('case_code')}
        else ${MET('sample_code')} end
      and not (o.known and n.or_opening and n.subject = 'donor' and (
        select true from entry x
        where x.registry_id = $1 and x.donor_code = c.code
          and (x.kind in ('RecruitmentRegistered', 'SampleCollected', 'DonorEnrolled')) is true and ${STANDS('x')}
        limit 1
      ) is null)
    group by k.id
  )`;

/**
 * The standing entries of a subtree, by day, whose guard nothing meets. Only imports that were asked to keep gaps have
 * let such entries in.
 */
export async function findGappedEntries(
  manager: EntityManager,
  scope: { readonly registryId: number; readonly org: string },
  needs: readonly Need[],
  after: DayCursor | null,
  limit: number,
): Promise<GappedEntry[]> {
  return manager.query(
    `with ${GAPPED}
      select id, k.kind, k.org, k.occurred_on as "occurredOn", to_char(k.posted_month, 'YYYY-MM') as "postedMonth",
        k.donor_code as "donorCode", k.case_code as "caseCode", k.sample_code as "sampleCode", k.outcome, g.gaps,
        count(*) over ()::int as total
      from gapped g join kept k using (id)
      where $4::date is null or (k.occurred_on, id) > ($4::date, $5::uuid)
      order by k.occurred_on, id
      limit $6`,
    [scope.registryId, scope.org, JSON.stringify(needs), after?.day ?? null, after?.id ?? null, limit],
  );
}
