import type { EntityManager } from 'typeorm';
import { AT_REVISION, revisionKey, type AssessmentRow } from './assessments.queries';
import type { FileKind, FileView } from './record';

const VIEW = `kind, name, octet_length(bytes) as size, encode(sha256, 'hex') as sha256`;

export async function findFiles(manager: EntityManager, row: AssessmentRow): Promise<FileView[]> {
  return manager.query(`select ${VIEW} from assessment_file where ${AT_REVISION} order by kind`, revisionKey(row));
}

/** A file as it was handed in. */
export async function findFile(
  manager: EntityManager,
  row: Parameters<typeof revisionKey>[0],
  kind: FileKind,
): Promise<(FileView & { readonly bytes: Buffer }) | undefined> {
  const [file] = await manager.query(`select ${VIEW}, bytes from assessment_file where ${AT_REVISION} and kind = $7`, [
    ...revisionKey(row),
    kind,
  ]);
  return file;
}

export async function insertFile(
  manager: EntityManager,
  row: AssessmentRow,
  { kind, name, bytes }: { readonly kind: FileKind; readonly name: string; readonly bytes: Buffer },
): Promise<void> {
  await manager.query(
    `insert into assessment_file (registry_id, org, form, period, project, revision, kind, name, bytes, sha256)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, sha256($9))`,
    [...revisionKey(row), kind, name, bytes],
  );
}
