import type { EntityManager } from 'typeorm';
import type { Subject } from '../catalogue/kind-definition';

const CODE_COLUMN = { donor: 'donor_code', case: 'case_code', sample: 'sample_code' } as const;

/** An original that nothing reverses stands; said so that it is never planned as a join. */
export const withoutJoin = (entry: string) => `${entry}.reverses is null
  and (select true from entry r where r.registry_id = ${entry}.registry_id and r.reverses = ${entry}.id limit 1) is null`;

const STANDS = withoutJoin('e');

// Each check probes the subject's index: a subquery with a limit is never turned into a join, which on a table that
// has just grown, and has no statistics yet, may be planned as a scan for each row. `is true` keeps kinds and days out of
// the choice of an index for the same cause: of one subject there are few entries, of one kind there are many.

/** Keeps the planner from scanning the ledger for some subjects until commit: it may not know yet how long that is. */
export async function planForGuards(manager: EntityManager): Promise<void> {
  await manager.query(`select set_config('enable_seqscan', 'off', true)`);
}

export interface GuardCheck {
  /** The place of the guarded entry in its call. */
  readonly row: number;
  readonly code: string;
  readonly occurredOn: string;
  readonly kind: string;
  readonly outcome: string | null;
  readonly orOpening: boolean;
}

/** The places of some checks that no standing entry of the ledger meets, nor an opening. */
export const UNMET = (subject: Subject, checks: string, openingKnown: string) => `
  select c.row
  from json_to_recordset(${checks}::json) as c (row int, code text, "occurredOn" date, kind text, outcome text,
    "orOpening" boolean)
  where (
    select true from entry e
    where e.registry_id = $1 and e.${CODE_COLUMN[subject]} = c.code
      and (e.kind = c.kind and e.occurred_on <= c."occurredOn") is true
      and (c.outcome is null or e.outcome = c.outcome) and ${STANDS}
    limit 1
  ) is null and not (
    ${openingKnown} and c."orOpening" and (
      select true from entry e
      where e.registry_id = $1 and e.${CODE_COLUMN[subject]} = c.code
        and (e.kind in ('RecruitmentRegistered', 'SampleCollected', 'DonorEnrolled')) is true and ${STANDS}
      limit 1
    ) is null
  )`;

/** Checks as rows that are known by their place. */
export function placed(checks: readonly GuardCheck[]): string {
  return JSON.stringify(checks.map((check, row) => ({ ...check, row })));
}

/** The places of those checks that no standing entry of the ledger meets, nor an opening. */
export async function findUnmetGuards(
  manager: EntityManager,
  registryId: number,
  subject: Subject,
  checks: readonly GuardCheck[],
  openingKnown: boolean,
): Promise<number[]> {
  const unmet: { row: number }[] = await manager.query(UNMET(subject, '$2', '$3::boolean'), [
    registryId,
    placed(checks),
    openingKnown,
  ]);
  return unmet.map(({ row }) => row);
}

/** The standing entries of one kind that name one subject. */
export async function findStandingEntries(
  manager: EntityManager,
  registryId: number,
  subject: Subject,
  code: string,
  kind: string,
): Promise<{ id: string; kind: string; occurredOn: string }[]> {
  return manager.query(
    `select e.id, e.kind, e.occurred_on as "occurredOn" from entry e
      where e.registry_id = $1 and e.${CODE_COLUMN[subject]} = $2 and e.kind = $3 and ${STANDS}
      order by e.occurred_on, e.id`,
    [registryId, code, kind],
  );
}

/** The donors that standing entries name together with these requests and samples; none without a donor. */
export const DONORS_OF = (cases: string, samples: string) => `
  select * from (
    select 'case' as subject, c.code, array(
      select distinct e.donor_code from entry e
      where e.registry_id = $1 and e.case_code = c.code and (e.donor_code is not null) is true and ${STANDS}
    ) as donors
    from unnest(${cases}::text[]) as c (code)
    union all
    select 'sample', c.code, array(
      select distinct e.donor_code from entry e
      where e.registry_id = $1 and e.sample_code = c.code and (e.donor_code is not null) is true and ${STANDS}
    )
    from unnest(${samples}::text[]) as c (code)
  ) as known
  where donors <> '{}'`;

export interface DonorEntry {
  readonly id: string;
  readonly donorCode: string;
  readonly kind: string;
  readonly outcome: string | null;
  readonly org: string;
  readonly occurredOn: string;
}

export const DONOR_FIELDS = `e.id, e.donor_code as "donorCode", e.kind, e.outcome, e.org, e.occurred_on as "occurredOn"`;

const DONOR_ENTRY = `select ${DONOR_FIELDS} from entry e`;

/** The standing entries of some kinds that name one of these donors. */
export async function findDonorEntries(
  manager: EntityManager,
  registryId: number,
  donors: readonly string[],
  kinds: readonly string[],
): Promise<DonorEntry[]> {
  return manager.query(
    `${DONOR_ENTRY}
      where e.registry_id = $1 and e.donor_code = any($2) and (e.kind = any($3)) is true and ${STANDS}
      order by e.occurred_on, e.id`,
    [registryId, donors, kinds],
  );
}

export interface OpeningEntry {
  readonly org: string;
  readonly kind: string;
  readonly attributes: Readonly<Record<string, string>> | null;
}

/** Whether an opening stock stands: then there are donors of whom only it knows. */
export const IS_OPENING_KNOWN = `exists (
    select from entry e
    where e.registry_id = $1 and e.kind like 'Opening%' and e.kind = 'OpeningStock' and ${STANDS}
  )`;

export async function isOpeningKnown(manager: EntityManager, registryId: number): Promise<boolean> {
  const [found] = await manager.query(`select ${IS_OPENING_KNOWN} as known`, [registryId]);
  return found.known;
}

/** The opening tallies that stand; of years before the ledger, of which there are many, only those of some orgs. */
export async function findOpenings(
  manager: EntityManager,
  registryId: number,
  yearTotalsOf: readonly string[],
): Promise<OpeningEntry[]> {
  return manager.query(
    `select e.org, e.kind, e.attributes from entry e
      where e.registry_id = $1 and e.kind like 'Opening%' and (e.kind <> 'OpeningYearTotal' or e.org = any($2))
        and ${STANDS}`,
    [registryId, yearTotalsOf],
  );
}

/** An entry of some kinds whose donor was never enrolled here: only an opening can have listed that donor. */
export async function findListedByOpening(
  manager: EntityManager,
  registryId: number,
  kinds: readonly string[],
): Promise<DonorEntry | undefined> {
  const [entry] = await manager.query(
    `${DONOR_ENTRY}
      where e.registry_id = $1 and e.donor_code is not null and e.kind = any($2) and ${STANDS}
        and not exists (
          select from entry n
          where n.registry_id = $1 and n.donor_code = e.donor_code and n.kind = 'DonorEnrolled'
        )
      limit 1`,
    [registryId, kinds],
  );
  return entry;
}
