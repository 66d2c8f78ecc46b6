import type { EntityManager } from 'typeorm';
import type { DayCursor } from '../core/cursor';

/** What entries are looked for by; what is not said does not matter. */
export interface EntrySearch {
  readonly kind?: string;
  readonly outcome?: string;
  /** Days on which they happened, both included. */
  readonly from?: string;
  readonly to?: string;
  /** The month they are posted to, `YYYY-MM`. */
  readonly postedMonth?: string;
  readonly donorCode?: string;
  readonly caseCode?: string;
  readonly sampleCode?: string;
  readonly recordedBy?: string;
  readonly source?: string;
  /** Only what still stands: neither a reversal nor reversed. */
  readonly standing?: boolean;
}

const CONDITIONS: Readonly<Record<Exclude<keyof EntrySearch, 'standing'>, (place: string) => string>> = {
  kind: (place) => `e.kind = ${place}`,
  outcome: (place) => `e.outcome = ${place}`,
  from: (place) => `e.occurred_on >= ${place}::date`,
  to: (place) => `e.occurred_on <= ${place}::date`,
  postedMonth: (place) => `e.posted_month = (${place} || '-01')::date`,
  donorCode: (place) => `e.donor_code = ${place}`,
  caseCode: (place) => `e.case_code = ${place}`,
  sampleCode: (place) => `e.sample_code = ${place}`,
  recordedBy: (place) => `w.recorded_by = ${place}`,
  source: (place) => `w.source = ${place}`,
};

const STANDING = `e.reverses is null
  and not exists (select from entry r where r.registry_id = e.registry_id and r.reverses = e.id)`;

/** The ids of entries of a subtree, the latest day first; `after` is the place of the last one of the page before. */
export async function findEntriesLike(
  manager: EntityManager,
  scope: { readonly registryId: number; readonly org: string },
  { standing, ...asked }: EntrySearch,
  after: DayCursor | null,
  limit: number,
): Promise<string[]> {
  const parameters: unknown[] = [scope.registryId, scope.org, after?.day ?? null, after?.id ?? null, limit];
  const conditions = Object.entries(asked).flatMap(([field, value]) => {
    if (value === undefined) return [];
    parameters.push(value);
    return [CONDITIONS[field as keyof typeof CONDITIONS](`$${parameters.length}`)];
  });
  const found: { id: string }[] = await manager.query(
    `select e.id
      from entry e
      join ledger_write w on w.registry_id = e.registry_id and w.position = e.position
      where e.registry_id = $1
        and e.org = any(array(select org from org_closure where registry_id = $1 and ancestor = $2))
        and ($3::date is null or (e.occurred_on, e.id) < ($3::date, $4::uuid))
        ${[...(standing ? [STANDING] : []), ...conditions].map((one) => `and ${one}`).join('\n        ')}
      order by e.occurred_on desc, e.id desc
      limit $5`,
    parameters,
  );
  return found.map(({ id }) => id);
}
