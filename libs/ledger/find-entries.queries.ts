import type { EntityManager } from 'typeorm';
import type { DayCursor } from '../core/cursor';

/** What entries are looked for by; what is not said does not matter. */
export interface EntrySearch {
  readonly kind?: string;
  readonly outcome?: string;
  readonly reason?: string;
  /** Days on which they happened, both included. */
  readonly from?: string;
  readonly to?: string;
  /** The month they are posted to, `YYYY-MM`. */
  readonly postedMonth?: string;
  readonly donorCode?: string;
  readonly caseCode?: string;
  readonly sampleCode?: string;
  /** Of a donor, a request or a sample. */
  readonly code?: string;
  /** A part of the note's text. */
  readonly note?: string;
  /** The file that it came in by. */
  readonly importId?: string;
  readonly recordedBy?: string;
  readonly source?: string;
  /** Only what still stands: neither a reversal nor reversed. */
  readonly standing?: boolean;
}

const CONDITIONS: Readonly<Record<Exclude<keyof EntrySearch, 'standing'>, (place: string) => string>> = {
  kind: (place) => `e.kind = ${place}`,
  outcome: (place) => `e.outcome = ${place}`,
  reason: (place) => `e.reason = ${place}`,
  from: (place) => `e.occurred_on >= ${place}::date`,
  to: (place) => `e.occurred_on <= ${place}::date`,
  postedMonth: (place) => `e.posted_month = (${place} || '-01')::date`,
  donorCode: (place) => `e.donor_code = ${place}`,
  caseCode: (place) => `e.case_code = ${place}`,
  sampleCode: (place) => `e.sample_code = ${place}`,
  code: (place) => `(e.donor_code = ${place} or e.case_code = ${place} or e.sample_code = ${place})`,
  note: (place) => `e.id = any(array(
    select id from entry_note where registry_id = $1 and strpos(lower(note), lower(${place})) > 0
  ))`,
  importId: (place) =>
    `e.id = any(array(select id from import_entry where registry_id = $1 and import_id = ${place}::uuid))`,
  recordedBy: (place) => `w.recorded_by = ${place}`,
  source: (place) => `w.source = ${place}`,
};

const STANDING = `e.reverses is null
  and not exists (select from entry r where r.registry_id = e.registry_id and r.reverses = e.id)`;

/** What the entries of a subtree are told by, and with what parameters after the first two. */
function conditionsOf({ standing, ...asked }: EntrySearch, parameters: unknown[]): string {
  const conditions = Object.entries(asked).flatMap(([field, value]) => {
    if (value === undefined) return [];
    parameters.push(value);
    return [CONDITIONS[field as keyof typeof CONDITIONS](`$${parameters.length}`)];
  });
  return [
    'e.registry_id = $1',
    'e.org = any(array(select org from org_closure where registry_id = $1 and ancestor = $2))',
    ...(standing ? [STANDING] : []),
    ...conditions,
  ].join('\n        and ');
}

const WITH_ITS_WRITE = `from entry e
      join ledger_write w on w.registry_id = e.registry_id and w.position = e.position`;

/** The first days of two months: what happened from the one on, and in the other at the latest. */
export interface MonthWindow {
  readonly first: string;
  readonly last: string;
}

/** The last month to which anything of a subtree is posted; nothing before the first entry. */
export async function findLastPostedMonth(
  manager: EntityManager,
  { registryId, org }: { readonly registryId: number; readonly org: string },
): Promise<string | null> {
  const [found] = await manager.query(
    `select max(e.posted_month) as month
      from org_closure o
      cross join lateral (
        select posted_month from entry where registry_id = $1 and org = o.org order by posted_month desc limit 1
      ) e
      where o.registry_id = $1 and o.ancestor = $2`,
    [registryId, org],
  );
  return found.month;
}

/** The ids of entries of a subtree, the latest day first; `after` is the place of the last one of the page before. */
export async function findEntriesLike(
  manager: EntityManager,
  scope: { readonly registryId: number; readonly org: string },
  asked: EntrySearch,
  after: DayCursor | null,
  limit: number,
  window: MonthWindow | null = null,
): Promise<string[]> {
  const parameters: unknown[] = [scope.registryId, scope.org, after?.day ?? null, after?.id ?? null, limit];
  const conditions = conditionsOf(asked, parameters);
  if (window) parameters.push(window.first, window.last);
  const [first, last] = [`$${parameters.length - 1}::date`, `$${parameters.length}::date`];
  // An entry is posted to its own month, or to a later one: for both there is an index.
  const within = `and e.occurred_on >= ${first} and (e.posted_month between ${first} and ${last}
          or e.occurred_on < e.posted_month and e.posted_month > ${last})`;
  const found: { id: string }[] = await manager.query(
    `select e.id
      ${WITH_ITS_WRITE}
      where ${conditions}
        ${window ? within : ''}
        and ($3::date is null or (e.occurred_on, e.id) < ($3::date, $4::uuid))
      order by e.occurred_on desc, e.id desc
      limit $5`,
    parameters,
  );
  return found.map(({ id }) => id);
}

/** How many there are. */
export async function countEntriesLike(
  manager: EntityManager,
  scope: { readonly registryId: number; readonly org: string },
  asked: EntrySearch,
): Promise<number> {
  const parameters: unknown[] = [scope.registryId, scope.org];
  const [counted] = await manager.query(
    `select count(*)::integer as entries ${WITH_ITS_WRITE} where ${conditionsOf(asked, parameters)}`,
    parameters,
  );
  return counted.entries;
}
