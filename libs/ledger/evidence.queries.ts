import type { EntityManager } from 'typeorm';

/** A file of evidence as it is shown; its bytes apart. */
export interface EvidenceView {
  /** What the attribute of an entry takes. */
  readonly code: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly mediaType: string;
  /** In hexadecimal. */
  readonly sha256: string;
  readonly org: string;
  readonly uploadedBy: string;
  readonly uploadedAt: Date;
}

export interface EvidenceContent extends EvidenceView {
  readonly bytes: Buffer;
}

const VIEW = `code, name, size, media_type as "mediaType", encode(sha256, 'hex') as sha256, org,
  uploaded_by as "uploadedBy", uploaded_at as "uploadedAt"`;

export interface NewEvidence {
  readonly registryId: number;
  readonly code: string;
  readonly org: string;
  readonly sha256: Buffer;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly uploadedBy: string;
}

/** @returns nothing when the org has a file of these bytes already */
export async function insertEvidence(manager: EntityManager, file: NewEvidence): Promise<EvidenceView | undefined> {
  const [kept] = await manager.query(
    `insert into evidence_file (registry_id, code, org, sha256, name, media_type, size, bytes, uploaded_by)
      values ($1, $2, $3, $4, $5, $6, octet_length($7::bytea), $7, $8)
      on conflict on constraint evidence_file_sha256_key do nothing
      returning ${VIEW}`,
    [file.registryId, file.code, file.org, file.sha256, file.name, file.mediaType, file.bytes, file.uploadedBy],
  );
  return kept;
}

export async function findEvidenceOfBytes(
  manager: EntityManager,
  { registryId, org, sha256 }: Pick<NewEvidence, 'registryId' | 'org' | 'sha256'>,
): Promise<EvidenceView | undefined> {
  const [found] = await manager.query(
    `select ${VIEW} from evidence_file where registry_id = $1 and org = $2 and sha256 = $3`,
    [registryId, org, sha256],
  );
  return found;
}

export async function findEvidence(
  manager: EntityManager,
  registryId: number,
  code: string,
): Promise<EvidenceContent | undefined> {
  const [found] = await manager.query(`select ${VIEW}, bytes from evidence_file where registry_id = $1 and code = $2`, [
    registryId,
    code,
  ]);
  return found;
}

/** The orgs of the files of these codes that there are. */
export async function findEvidenceOrgs(
  manager: EntityManager,
  registryId: number,
  codes: readonly string[],
): Promise<{ code: string; org: string }[]> {
  return manager.query('select code, org from evidence_file where registry_id = $1 and code = any($2)', [
    registryId,
    codes,
  ]);
}

/** The files of a subtree, the latest first; `after` is the code of the last one of the page before. */
export async function findEvidenceOf(
  manager: EntityManager,
  scope: { readonly registryId: number; readonly org: string },
  after: string | null,
  limit: number,
): Promise<EvidenceView[]> {
  return manager.query(
    `select ${VIEW} from evidence_file
      where registry_id = $1
        and org = any(array(select org from org_closure where registry_id = $1 and ancestor = $2))
        and ($3::text is null or (uploaded_at, code) <
          (select uploaded_at, code from evidence_file where registry_id = $1 and code = $3))
      order by uploaded_at desc, code desc
      limit $4`,
    [scope.registryId, scope.org, after, limit],
  );
}
