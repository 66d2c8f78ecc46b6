import type { EntityManager } from 'typeorm';

/** Which revision of which assessment. */
export interface FrozenAddress {
  readonly org: string;
  readonly form: string;
  readonly period: string;
  /** Empty unless the form is one of projects. */
  readonly project: string;
  readonly revision: number;
}

export interface FrozenRow extends FrozenAddress {
  readonly frozenAt: Date;
  /** Of its data.json, in hexadecimal. */
  readonly sha256: string;
}

const FROZEN = `from assessment a
  join assessment_step s using (registry_id, org, form, period, project, revision)
  join assessment_file f using (registry_id, org, form, period, project, revision)
  where a.registry_id = $1 and a.state = 'frozen' and s.to_state = 'frozen' and f.kind = 'data.json'`;

/** The latest period first, then by address. @param orgs whose they are */
export async function findFrozenAssessments(
  manager: EntityManager,
  registryId: number,
  orgs: readonly string[],
): Promise<FrozenRow[]> {
  return manager.query(
    `select a.org, a.form, a.period, a.project, a.revision, s.at as "frozenAt", encode(f.sha256, 'hex') as sha256
      ${FROZEN} and a.org = any($2)
      order by a.period desc, a.org, a.form, a.project, a.revision`,
    [registryId, orgs],
  );
}

/** @param address the last revision that is frozen unless one is named */
export async function findFrozenData(
  manager: EntityManager,
  registryId: number,
  { org, form, period, project, revision }: Omit<FrozenAddress, 'revision'> & { readonly revision?: number },
): Promise<{ readonly bytes: Buffer; readonly sha256: string } | undefined> {
  const [found] = await manager.query(
    `select f.bytes, encode(f.sha256, 'hex') as sha256 ${FROZEN}
      and a.org = $2 and a.form = $3 and a.period = $4 and a.project = $5 and ($6::integer is null or a.revision = $6)
      order by a.revision desc limit 1`,
    [registryId, org, form, period, project, revision ?? null],
  );
  return found;
}
