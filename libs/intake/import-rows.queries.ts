import type { EntityManager } from 'typeorm';
import type { KeptProblem } from './import-record';

export type Proposal = 'new' | 'unchanged' | 'changed' | 'gone' | 'invalid';

export const PROPOSALS: readonly Proposal[] = ['new', 'unchanged', 'changed', 'gone', 'invalid'];

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

/** The rows of one proposal, in the order of the file, from a place on. */
export async function findProposedRows(
  manager: EntityManager,
  registryId: number,
  importId: string,
  proposal: Exclude<Proposal, 'gone'>,
  after: { readonly sheet: number; readonly row: number },
  atMost: number,
): Promise<ProposedRow[]> {
  const which = {
    new: 's.id is not null and s.reverses is null',
    changed: 's.id is not null and s.reverses is not null',
    unchanged: 's.number is null and r.problems is null and r.breach is null',
    invalid: '(r.problems is not null or r.breach is not null)',
  }[proposal];
  return manager.query(
    `select r.sheet, r.row, $3::text as proposal, r.stated,
        coalesce(r.problems, r.breach, '[]') as problems, s.reverses, ${BEFORE} as before
      from import_row r
      left join lateral (
        select * from import_step s
        where s.registry_id = $1 and s.import_id = $2 and s.sheet = r.sheet and s.row = r.row limit 1
      ) s on true
      left join lateral (select * from entry e where e.registry_id = $1 and e.id = s.reverses limit 1) e on true
      where r.registry_id = $1 and r.import_id = $2 and (r.sheet, r.row) > ($4, $5) and ${which}
      order by r.sheet, r.row limit $6`,
    [registryId, importId, proposal, after.sheet, after.row, atMost],
  );
}

/** The entries that the file does not hold any more; with a problem, those that cannot be taken back. */
export async function findGoneEntries(
  manager: EntityManager,
  registryId: number,
  importId: string,
  skipped: number,
  atMost: number,
): Promise<ProposedRow[]> {
  return manager.query(
    `select null as sheet, null as row, 'gone' as proposal, null as stated,
        case when s.problem is null then '[]' else jsonb_build_array(s.problem) end as problems, s.reverses,
        ${BEFORE} as before
      from import_step s
      join entry e on e.registry_id = s.registry_id and e.id = s.reverses
      where s.registry_id = $1 and s.import_id = $2 and s.id is null
      order by s.batch, s.number offset $3 limit $4`,
    [registryId, importId, skipped, atMost],
  );
}
