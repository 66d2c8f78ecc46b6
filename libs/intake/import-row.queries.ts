import type { EntityManager } from 'typeorm';
import { storableJson } from '../core/storable-json';
import type { KeptProblem } from './import-record';

/** A row of the file as it is staged. */
export interface StagedRow {
  readonly sheet: number;
  readonly row: number;
  /** The entry in its one form, or what the row states where that cannot be taken. */
  readonly stated: Readonly<Record<string, unknown>>;
  readonly stated_id: string | null;
  readonly content_key: string | null;
  readonly problems: readonly KeptProblem[] | null;
}

export async function insertRows(
  manager: EntityManager,
  registryId: number,
  importId: string,
  rows: readonly StagedRow[],
): Promise<void> {
  await manager.query(
    `insert into import_row (registry_id, import_id, sheet, row, stated, stated_id, kind, org, occurred_on, donor_code,
        case_code, sample_code, outcome, content_key, problems)
      select $1, $2, r.sheet, r.row, r.stated, r.stated_id, c.kind, c.org, c."occurredOn", c."donorCode", c."caseCode",
        c."sampleCode", c.outcome, r.content_key, r.problems
      from json_to_recordset($3::json) as r (sheet int, row int, stated jsonb, stated_id uuid, content_key uuid,
        problems jsonb)
      left join lateral jsonb_to_record(case when r.problems is null then r.stated end) as c (kind text, org text,
        "occurredOn" date, "donorCode" text, "caseCode" text, "sampleCode" text, outcome text) on true
      on conflict do nothing`,
    [registryId, importId, storableJson(rows)],
  );
}

export async function deleteRows(manager: EntityManager, registryId: number, importId: string): Promise<void> {
  for (const table of ['import_step', 'import_row']) {
    await manager.query(`delete from ${table} where registry_id = $1 and import_id = $2`, [registryId, importId]);
  }
}

/** How far a sheet has been staged: its last row, 0 for none. */
export async function findLastRow(
  manager: EntityManager,
  registryId: number,
  importId: string,
  sheet: number,
): Promise<number> {
  const [found] = await manager.query(
    `select coalesce(max(row), 0) as row from import_row where registry_id = $1 and import_id = $2 and sheet = $3`,
    [registryId, importId, sheet],
  );
  return found.row;
}

/** Which orgs an importer of this org reaches, with what the reading of cells and the check of an entry need of them. */
export async function findReach(
  manager: EntityManager,
  registryId: number,
  org: string,
): Promise<{ org: string; nameZh: string; nameEn: string; closedOn: string | null }[]> {
  return manager.query(
    `select o.org, o.name_zh as "nameZh", o.name_en as "nameEn", o.closed_on as "closedOn"
      from org_closure c join org o on o.registry_id = c.registry_id and o.org = c.org
      where c.registry_id = $1 and c.ancestor = $2`,
    [registryId, org],
  );
}
