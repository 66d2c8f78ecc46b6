import type { EntityManager } from 'typeorm';
import { storableJson } from '../core/storable-json';
import { AT_REVISION, revisionKey, type AssessmentRow } from './assessments.queries';
import type { TypedView } from './record';

/** Something typed, as it is kept. */
export interface TypedRow extends TypedView {
  /** Null of the machine's owner. */
  readonly account: string | null;
}

const ROW = `place, content, version, written_by as "writtenBy", account, written_at as "writtenAt"`;

/** What stands at each place. */
export async function findTyped(manager: EntityManager, row: AssessmentRow): Promise<TypedRow[]> {
  return manager.query(
    `select distinct on (place) ${ROW} from assessment_typed where ${AT_REVISION} order by place, version desc`,
    revisionKey(row),
  );
}

/** Everybody who typed into the revision. */
export async function findMakers(
  manager: EntityManager,
  row: AssessmentRow,
): Promise<{ name: string; account: string | null }[]> {
  return manager.query(
    `select distinct written_by as name, account from assessment_typed where ${AT_REVISION} order by written_by`,
    revisionKey(row),
  );
}

export async function insertTyped(
  manager: EntityManager,
  row: AssessmentRow,
  version: number,
  by: { readonly name: string; readonly account: string | null },
  typed: ReadonlyMap<string, unknown>,
): Promise<void> {
  const rows = [...typed].map(([place, content]) => ({ place, content }));
  await manager.query(
    `insert into assessment_typed (registry_id, org, form, period, project, revision, version, place, content,
        written_by, account, written_at)
      select $1, $2, $3, $4, $5, $6, $7, t.place, t.content, $8, $9, clock_timestamp()
      from json_to_recordset($10::json) as t (place text, content jsonb)`,
    [...revisionKey(row), version, by.name, by.account, storableJson(rows)],
  );
}

/** What stood in a frozen revision begins the next, under the names of those who typed it. */
export async function copyTyped(manager: EntityManager, from: AssessmentRow, revision: number): Promise<void> {
  await manager.query(
    `insert into assessment_typed (registry_id, org, form, period, project, revision, version, place, content,
        written_by, account, written_at)
      select registry_id, org, form, period, project, $7, 1, place, content, written_by, account, written_at
      from (
        select distinct on (place) * from assessment_typed where ${AT_REVISION} order by place, version desc
      ) latest`,
    [...revisionKey(from), revision],
  );
}
