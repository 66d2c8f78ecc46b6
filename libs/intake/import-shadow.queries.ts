import type { EntityManager } from 'typeorm';
import { storableJson } from '../core/storable-json';
import { REVERSAL_ID, ROW_OF_STEP } from './import-plan.queries';

/** Of which import, and which of its batches; null: all. */
export interface Shadowed {
  readonly registryId: number;
  readonly importId: string;
  readonly batch: number | null;
}

const COLUMNS = `registry_id, id, position, posted_month, occurred_on, kind, org, donor_code, case_code, sample_code,
  outcome, reason, quantity, attributes, justification, reverses, original_month`;

const STEPS = `import_step s where s.registry_id = $1 and s.import_id = $2 and ($3::int is null or s.batch = $3)
  and s.problem is null`;

/** Puts the reversals in, except of some steps; position and month as they would be now. */
export async function stageReversals(
  manager: EntityManager,
  { registryId, importId, batch }: Shadowed,
  except: readonly number[] = [],
): Promise<void> {
  await manager.query(
    `insert into staged_entry (${COLUMNS})
      select e.registry_id, ${REVERSAL_ID('e.id')}, h.position, greatest(e.posted_month, h.first_open_month),
        e.occurred_on, e.kind, e.org, e.donor_code, e.case_code, e.sample_code, e.outcome, e.reason, -e.quantity,
        e.attributes, '', e.id, e.posted_month
      from (select s.reverses, s.number from ${STEPS} and s.reverses is not null) s
      join public.entry e on e.registry_id = $1 and e.id = s.reverses
      join registry_head h on h.registry_id = $1
      where s.number <> all($4)
        and not exists (select from public.entry r where r.registry_id = $1 and r.reverses = e.id)`,
    [registryId, importId, batch, except],
  );
}

/** Puts the new entries in, except of some steps. */
export async function stageNew(
  manager: EntityManager,
  { registryId, importId, batch }: Shadowed,
  except: readonly number[] = [],
): Promise<void> {
  await manager.query(
    `insert into staged_entry (${COLUMNS})
      select $1, s.id, h.position, p.month, r.occurred_on, r.kind, r.org, r.donor_code, r.case_code, r.sample_code,
        r.outcome, r.stated ->> 'reason', (r.stated ->> 'quantity')::numeric, r.stated -> 'attributes',
        r.stated ->> 'justification', null, p.month
      from (select s.id, s.sheet, s.row, s.number from ${STEPS} and s.id is not null) s
      ${ROW_OF_STEP}
      join registry_head h on h.registry_id = $1
      cross join lateral (
        select greatest(date_trunc('month', r.occurred_on::timestamp)::date, h.first_open_month) as month
      ) p
      where s.number <> all($4)`,
    [registryId, importId, batch, except],
  );
}

export interface ShadowReversed {
  readonly id: string;
  readonly kind: string;
  readonly org: string;
  readonly occurredOn: string;
  readonly outcome: string | null;
  readonly donorCode: string | null;
  readonly caseCode: string | null;
  readonly sampleCode: string | null;
}

/** What the staged reversals take back. */
export async function findShadowReversed(manager: EntityManager): Promise<ShadowReversed[]> {
  return manager.query(
    `select reverses as id, kind, org, occurred_on as "occurredOn", outcome, donor_code as "donorCode", case_code as "caseCode",
        sample_code as "sampleCode"
      from staged_entry where reverses is not null`,
  );
}

export interface CheckedStep {
  readonly number: number;
  readonly id: string | null;
  readonly reverses: string | null;
  readonly sheet: number | null;
  readonly row: number | null;
  readonly stated: Record<string, unknown> | null;
}

/** The steps of a batch, in the order of the file. */
export async function findSteps(
  manager: EntityManager,
  registryId: number,
  importId: string,
  batch: number,
): Promise<CheckedStep[]> {
  return manager.query(
    `select s.number, s.id, s.reverses, s.sheet, s.row, r.stated
      from import_step s
      ${ROW_OF_STEP}
      where s.registry_id = $1 and s.import_id = $2 and s.batch = $3 and s.problem is null
      order by s.number`,
    [registryId, importId, batch],
  );
}

export async function keepStepProblems(
  manager: EntityManager,
  { registryId, importId, batch }: { registryId: number; importId: string; batch: number },
  problems: readonly { readonly number: number; readonly problem: unknown }[],
): Promise<void> {
  await manager.query(
    `update import_step s set problem = p.problem
      from json_to_recordset($4::json) as p (number int, problem jsonb)
      where s.registry_id = $1 and s.import_id = $2 and s.batch = $3 and s.number = p.number`,
    [registryId, importId, batch, storableJson(problems)],
  );
}
