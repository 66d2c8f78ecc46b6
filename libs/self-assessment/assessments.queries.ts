import type { EntityManager } from 'typeorm';
import type { AssessmentPlace } from './address';
import type { AssessmentState } from './record';

/** One revision as it is kept. */
export interface AssessmentRow extends AssessmentPlace {
  readonly revision: number;
  readonly formVersion: number;
  readonly pack: string;
  readonly packVersion: number;
  readonly state: AssessmentState;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Date;
}

const ROW = `registry_id as "registryId", org, form, period, project, revision, form_version as "formVersion", pack,
  pack_version as "packVersion", state, version, created_by as "createdBy", created_at as "createdAt"`;

/** That every table of an assessment begins with, as parameters 1 to 5; 6 is the revision. */
export const AT_PLACE = 'registry_id = $1 and org = $2 and form = $3 and period = $4 and project = $5';
export const AT_REVISION = `${AT_PLACE} and revision = $6`;

export function placeKey({ registryId, org, form, period, project }: AssessmentPlace): unknown[] {
  return [registryId, org, form, period, project];
}

export function revisionKey(row: AssessmentPlace & { readonly revision: number }): unknown[] {
  return [...placeKey(row), row.revision];
}

/** The revisions of one address, the first first. */
export async function findRevisions(manager: EntityManager, place: AssessmentPlace): Promise<AssessmentRow[]> {
  return manager.query(`select ${ROW} from assessment where ${AT_PLACE} order by revision`, placeKey(place));
}

/** Keeps every other writer of the address waiting until commit. */
export async function lockLatest(manager: EntityManager, place: AssessmentPlace): Promise<AssessmentRow | undefined> {
  const [row] = await manager.query(
    `select ${ROW} from assessment where ${AT_PLACE} order by revision desc limit 1 for update`,
    placeKey(place),
  );
  return row;
}

/** @returns whether it was made; not when somebody else has just made it */
export async function insertAssessment(
  manager: EntityManager,
  row: Omit<AssessmentRow, 'createdAt' | 'state'>,
): Promise<boolean> {
  const made = await manager.query(
    `insert into assessment (registry_id, org, form, period, project, revision, form_version, pack, pack_version, state,
        version, created_by, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'draft', $10, $11, clock_timestamp())
      on conflict do nothing returning revision`,
    [...revisionKey(row), row.formVersion, row.pack, row.packVersion, row.version, row.createdBy],
  );
  return made.length > 0;
}

/** Counts the version up; what is not named stays. */
export async function updateAssessment(
  manager: EntityManager,
  row: AssessmentRow,
  to: { readonly state?: AssessmentState; readonly pack?: string; readonly packVersion?: number },
): Promise<void> {
  await manager.query(
    `update assessment set version = version + 1, state = $7, pack = $8, pack_version = $9 where ${AT_REVISION}`,
    [...revisionKey(row), to.state ?? row.state, to.pack ?? row.pack, to.packVersion ?? row.packVersion],
  );
}

/** The latest revision of each assessment of some periods and orgs. */
export async function findAssessments(
  manager: EntityManager,
  registryId: number,
  { periods, orgs }: { readonly periods: readonly string[]; readonly orgs: readonly string[] | null },
): Promise<AssessmentRow[]> {
  return manager.query(
    `select distinct on (org, form, period, project) ${ROW} from assessment
      where registry_id = $1 and period = any($2) and ($3::text[] is null or org = any($3))
      order by org, form, period, project, revision desc`,
    [registryId, periods, orgs],
  );
}
