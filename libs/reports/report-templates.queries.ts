import type { EntityManager } from 'typeorm';

/** A version of an office's template of a report; without its bytes the one of the program stands again. */
export interface ReportTemplateRow {
  readonly form: string;
  readonly version: number;
  readonly docx: Buffer | null;
  /** As its sender called it. */
  readonly name: string | null;
  readonly recordedBy: string;
  readonly recordedAt: Date;
}

const ROW = 'form, version, docx, name, recorded_by as "recordedBy", recorded_at as "recordedAt"';

/** The version that stands. */
export async function findLastTemplate(
  manager: EntityManager,
  registryId: number,
  form: string,
): Promise<ReportTemplateRow | undefined> {
  const [row] = await manager.query(
    `select ${ROW} from report_template where registry_id = $1 and form = $2 order by version desc limit 1`,
    [registryId, form],
  );
  return row;
}

/** Keeps every other writer of the registry's templates waiting until commit: versions follow each other. */
export async function lockTemplates(manager: EntityManager, registryId: number): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(hashtext('marrow_ledger.report_template'), $1)`, [registryId]);
}

export async function insertTemplate(
  manager: EntityManager,
  registryId: number,
  { form, version, docx, name, recordedBy }: Omit<ReportTemplateRow, 'recordedAt'>,
): Promise<void> {
  await manager.query(
    `insert into report_template (registry_id, form, version, docx, name, recorded_by, recorded_at)
      values ($1, $2, $3, $4, $5, $6, clock_timestamp())`,
    [registryId, form, version, docx, name, recordedBy],
  );
}
