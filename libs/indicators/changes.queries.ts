import type { EntityManager } from 'typeorm';
import {
  countsFor,
  ENTRY_COLUMNS,
  ENTRY_ROWS,
  LIST_FEED,
  LISTED,
  scopeParameters,
  standsAt,
  SUBJECT_COLUMN,
  type BehindEntry,
  type ListPlace,
  type ListScope,
} from './entries-behind.queries';
import { unnested } from './values-as-of.queries';

/**
 * What was written after a first position and up to that of the scope, and stands there: an entry that was written and
 * taken back between the two has moved nothing, nor has what took it back.
 */
const WRITTEN = `e.position > $8 and e.position <= $7 and not exists (
    select from entry r
    where r.registry_id = e.registry_id and r.reverses = e.id and r.posted_month <= $4 and r.position <= $7
  ) and not exists (
    select from entry o
    where o.registry_id = e.registry_id and o.id = e.reverses and o.posted_month >= $3 and o.position > $8
  )`;

const ORDER = 'month, org, kind, occurred_on, id';

function unitOf({ subject, reported }: ListScope): string | null {
  if (subject) return `e.${SUBJECT_COLUMN[subject]}`;
  return reported ? 'e.org' : null;
}

/** By how much each subject, or what each org reported, moved between the two positions. */
function moves({ subject }: ListScope): string {
  const at = (position: string) =>
    subject
      ? `select distinct e.${SUBJECT_COLUMN[subject]} as unit, 1 as value
          ${LISTED} and ${standsAt(position)} and ${countsFor(subject)}
            and e.${SUBJECT_COLUMN[subject]} in (select unit from moved)`
      : `select distinct on (e.org) e.org as unit, e.quantity * f.times as value
          ${LISTED} and ${standsAt(position)} and e.reverses is null and e.org in (select unit from moved)
          order by e.org, e.occurred_on desc, e.position desc, e.id desc`;
  return `
    moved as materialized (select distinct unit from written where unit is not null),
    before as materialized (${at('$8')}),
    after as materialized (${at('$7')}),
    move as (
      select m.unit, coalesce(a.value, 0) - coalesce(b.value, 0) as value
      from moved m left join before b using (unit) left join after a using (unit)
    ),
    told as materialized (
      select w.*, case when row_number() over (partition by w.unit order by ${ORDER}) = 1
        then coalesce(m.value, 0) else 0 end as contribution
      from written w left join move m using (unit)
    )`;
}

function toldOf(scope: ListScope): string {
  const unit = unitOf(scope);
  const written = `written as materialized (
      select e.posted_month as month, e.org, e.kind, e.occurred_on, e.id, ${unit ?? 'null'} as unit,
        e.quantity * f.times as adds
      ${LISTED} and ${WRITTEN}
    )`;
  const told = unit === null ? 'told as (select *, adds as contribution from written)' : moves(scope);
  return `${LIST_FEED}, ${written}, ${told}`;
}

/**
 * One page of what moved a figure between two positions. What the entries contribute adds up to the difference: in a sum
 * each what it adds, where subjects count the first entry of each what became of that subject.
 */
export async function findChanges(
  manager: EntityManager,
  scope: ListScope,
  since: string,
  after: ListPlace | null,
  limit: number,
): Promise<BehindEntry[]> {
  return unnested(
    manager,
    `with ${toldOf(scope)},
      page as materialized (
        select * from told
        where $10::date is null or (${ORDER}) > ($10::date, $11, $12, $13::date, $14::uuid)
        order by ${ORDER} limit $9
      )
      select ${ENTRY_COLUMNS}, trim_scale(p.contribution::numeric)::text as contribution
      from page p ${ENTRY_ROWS}
      order by p.month, p.org, p.kind, p.occurred_on, p.id`,
    async () => [
      ...scopeParameters(scope),
      scope.position,
      since,
      limit,
      after?.month ?? null,
      after?.org ?? null,
      after?.kind ?? null,
      after?.day ?? null,
      after?.id ?? null,
    ],
  );
}

/** How many entries moved a figure, and by how much together. */
export async function totalOfChanges(
  manager: EntityManager,
  scope: ListScope,
  since: string,
): Promise<{ entries: number; sum: string }> {
  const [total] = await unnested<{ entries: number; sum: string }>(
    manager,
    `with ${toldOf(scope)}
      select count(*)::int as entries, trim_scale(coalesce(sum(contribution), 0)::numeric)::text as sum from told`,
    async () => [...scopeParameters(scope), scope.position, since],
  );
  return total!;
}
