import type { EntityManager } from 'typeorm';

/** Codes of those whom figures count. */
export interface Subjects {
  readonly donors: readonly string[];
  readonly cases: readonly string[];
}

/** From so many subjects on, counting everyone is not dearer than looking at each. */
const SUBJECTS_APART = 100_000;

/** Whom the entries between two positions name, in some months; null if they are too many to be looked at apart. */
export async function findSubjectsBetween(
  manager: EntityManager,
  registryId: number,
  { after, upTo }: { readonly after: string; readonly upTo: string },
  within: {
    readonly orgs: readonly string[];
    readonly kinds: readonly string[];
    readonly first: string;
    readonly last: string;
  },
): Promise<Subjects | null> {
  const [found] = await manager.query(
    `with named as materialized (
        select distinct e.donor_code, e.case_code from entry e
        where e.registry_id = $1 and e.position > $2 and e.position <= $3 and e.org = any($4) and e.kind = any($5)
          and e.posted_month between $6 and $7
        limit $8
      )
      select (select count(*) from named)::int as named,
        array(select distinct donor_code from named where donor_code is not null) as donors,
        array(select distinct case_code from named where case_code is not null) as cases`,
    [registryId, after, upTo, within.orgs, within.kinds, within.first, within.last, SUBJECTS_APART + 1],
  );
  return found.named > SUBJECTS_APART ? null : { donors: found.donors, cases: found.cases };
}
