import type { EntityManager } from 'typeorm';
import { HELD } from './import-plan.queries';
import type { KeptProblem } from './import-record';

/** What a row of the file comes to; `returning` is among the `new`. */
const OF_ROWS = {
  new: 's.id is not null and s.reverses is null',
  returning: 's.id is not null and s.reverses is null and t.again',
  changed: 's.id is not null and s.reverses is not null',
  unchanged: 's.number is null and r.problems is null and r.breach is null',
  invalid: '(r.problems is not null or r.breach is not null)',
} as const;

/** What becomes of an entry that the file does not hold any more. */
const OF_ENTRIES = {
  gone: 's.problem is null',
  held: `s.problem ->> 'code' = '${HELD}'`,
  blocked: `s.problem ->> 'code' <> '${HELD}'`,
} as const;

export type RowProposal = keyof typeof OF_ROWS;
export type EntryProposal = keyof typeof OF_ENTRIES;
export type Proposal = RowProposal | EntryProposal;

/** One for each of the counts. */
export const PROPOSALS = [...Object.keys(OF_ROWS), ...Object.keys(OF_ENTRIES)] as readonly Proposal[];

export function isOfEntries(proposal: Proposal): proposal is EntryProposal {
  return proposal in OF_ENTRIES;
}

export interface ProposedRow {
  /** Counted from 0. Null: the file does not hold it any more. */
  readonly sheet: number | null;
  /** As Excel numbers it. */
  readonly row: number | null;
  readonly proposal: Proposal;
  readonly stated: Readonly<Record<string, unknown>> | null;
  readonly problems: readonly KeptProblem[];
  /** The entry that it is to replace, or that has gone. */
  readonly reverses: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
}

const BEFORE = `case when e.id is not null then jsonb_strip_nulls(jsonb_build_object('kind', e.kind, 'org', e.org,
  'occurredOn', e.occurred_on, 'donorCode', e.donor_code, 'caseCode', e.case_code, 'sampleCode', e.sample_code,
  'outcome', e.outcome, 'reason', e.reason, 'quantity', trim_scale(e.quantity)::text, 'attributes', e.attributes)) end`;

/** Whether an entry of the same source and content as row `r` has been taken back; `$2` is the import. */
const AGAIN = `lateral (
  select exists (
    select from import_entry l join entry back on back.registry_id = l.registry_id and back.reverses = l.id
    where l.registry_id = $1 and l.content_key = r.content_key
      and l.source_id = (select source_id from import where registry_id = $1 and import_id = $2)
  ) as again
) t`;

/** The rows of one proposal, in the order of the file, from a place on. */
export async function findProposedRows(
  manager: EntityManager,
  registryId: number,
  importId: string,
  proposal: RowProposal,
  after: { readonly sheet: number; readonly row: number },
  atMost: number,
): Promise<ProposedRow[]> {
  return manager.query(
    `select r.sheet, r.row, $3::text as proposal, r.stated,
        coalesce(r.problems, r.breach, '[]') as problems, s.reverses, ${BEFORE} as before
      from import_row r
      left join lateral (
        select * from import_step s
        where s.registry_id = $1 and s.import_id = $2 and s.sheet = r.sheet and s.row = r.row limit 1
      ) s on true
      left join lateral (select * from entry e where e.registry_id = $1 and e.id = s.reverses limit 1) e on true
      ${proposal === 'returning' ? `cross join ${AGAIN}` : ''}
      where r.registry_id = $1 and r.import_id = $2 and (r.sheet, r.row) > ($4, $5) and ${OF_ROWS[proposal]}
      order by r.sheet, r.row limit $6`,
    [registryId, importId, proposal, after.sheet, after.row, atMost],
  );
}

/** How many rows are new whose entry has been taken back before. */
export async function countReturning(
  manager: EntityManager,
  { registryId, importId }: { readonly registryId: number; readonly importId: string },
): Promise<number> {
  const [count] = await manager.query(
    `select count(*)::int as rows
      from import_step s
      join import_row r on r.registry_id = $1 and r.import_id = $2 and r.sheet = s.sheet and r.row = s.row
      cross join ${AGAIN}
      where s.registry_id = $1 and s.import_id = $2 and ${OF_ROWS.returning}`,
    [registryId, importId],
  );
  return count.rows;
}

/** The entries that the file does not hold any more; with a problem, those that are not taken back. */
export async function findGoneEntries(
  manager: EntityManager,
  registryId: number,
  importId: string,
  proposal: EntryProposal,
  skipped: number,
  atMost: number,
): Promise<ProposedRow[]> {
  return manager.query(
    `select null as sheet, null as row, $3::text as proposal, null as stated,
        case when s.problem is null then '[]' else jsonb_build_array(s.problem) end as problems, s.reverses,
        ${BEFORE} as before
      from import_step s
      join entry e on e.registry_id = s.registry_id and e.id = s.reverses
      where s.registry_id = $1 and s.import_id = $2 and s.id is null and ${OF_ENTRIES[proposal]}
      order by s.batch, s.number offset $4 limit $5`,
    [registryId, importId, proposal, skipped, atMost],
  );
}
