import type { EntityManager } from 'typeorm';

/** What the last standing entries of a reported kind say beside the number, of one org or of each below it. */
export interface ReportedDocument {
  readonly kind: string;
  readonly org: string;
  readonly conclusion: string | null;
  readonly source: string | null;
  readonly evidence: string | null;
}

/** @param months first and last of the period, `YYYY-MM` */
export async function findReportedDocuments(
  manager: EntityManager,
  registryId: number,
  {
    org,
    kinds,
    months,
  }: {
    readonly org: string;
    readonly kinds: readonly string[];
    readonly months: { readonly firstMonth: string; readonly lastMonth: string };
  },
): Promise<ReportedDocument[]> {
  if (kinds.length === 0) return [];
  return manager.query(
    `select distinct on (e.kind, e.org) e.kind, e.org, e.attributes ->> 'conclusion' as conclusion,
        e.attributes ->> 'source' as source, e.attributes ->> 'evidence' as evidence
      from entry e
      where e.registry_id = $1 and e.kind = any($3) and e.reverses is null
        and e.org = any(array(select org from org_closure where registry_id = $1 and ancestor = $2))
        and e.posted_month between ($4 || '-01')::date and ($5 || '-01')::date
        and not exists (
          select from entry r where r.registry_id = $1 and r.reverses = e.id and r.posted_month <= ($5 || '-01')::date
        )
      order by e.kind, e.org, e.occurred_on desc, e.position desc, e.id desc`,
    [registryId, org, kinds, months.firstMonth, months.lastMonth],
  );
}
