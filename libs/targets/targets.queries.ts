import type { EntityManager } from 'typeorm';
import type { Operator } from '../core/target-text';

/** A target as it stands, or stood at a moment. */
export interface TargetRow {
  readonly org: string;
  readonly period: string;
  readonly key: string;
  readonly operator: Operator;
  readonly value: string;
  readonly version: number;
  readonly reason: string | null;
  readonly recordedAt: Date;
  readonly recordedBy: string;
}

/** One time that a target was set; operator and value are null where it was withdrawn. */
export type TargetVersion = Omit<TargetRow, 'operator' | 'value'> & {
  readonly operator: Operator | null;
  readonly value: string | null;
};

export interface TargetPlace {
  readonly org: string;
  readonly period: string;
  readonly key: string;
}

const COLUMNS = `org, period, key, operator, trim_scale(value)::text as value, version, reason,
  recorded_at as "recordedAt", recorded_by as "recordedBy"`;

/**
 * The targets that stand, by org, period and key.
 *
 * @param of which periods and orgs; null for all
 * @param before the moment before which they are to have been set; null for now
 */
export async function findTargets(
  manager: EntityManager,
  registryId: number,
  of: { readonly periods: readonly string[] | null; readonly orgs: readonly string[] | null },
  before: Date | null = null,
): Promise<TargetRow[]> {
  return manager.query(
    `select * from (
        select distinct on (org, period, key) ${COLUMNS} from target
        where registry_id = $1 and ($2::text[] is null or period = any($2)) and ($3::text[] is null or org = any($3))
          and ($4::timestamptz is null or recorded_at < $4)
        order by org, period, key, version desc
      ) latest
      where operator is not null order by org, period, key`,
    [registryId, of.periods, of.orgs, before],
  );
}

/** Every version of one target, the first first. */
export async function findTargetVersions(
  manager: EntityManager,
  registryId: number,
  { org, period, key }: TargetPlace,
): Promise<TargetVersion[]> {
  return manager.query(
    `select ${COLUMNS} from target where registry_id = $1 and org = $2 and period = $3 and key = $4 order by version`,
    [registryId, org, period, key],
  );
}

/** The last version at each of some places, withdrawn ones too. */
export async function findLastVersions(
  manager: EntityManager,
  registryId: number,
  places: readonly TargetPlace[],
): Promise<TargetVersion[]> {
  const each = (field: keyof TargetPlace) => [...new Set(places.map((place) => place[field]))];
  return manager.query(
    `select distinct on (org, period, key) ${COLUMNS} from target
      where registry_id = $1 and org = any($2) and period = any($3) and key = any($4)
      order by org, period, key, version desc`,
    [registryId, each('org'), each('period'), each('key')],
  );
}

/** Keeps every other writer of the registry's targets waiting until commit: versions follow each other. */
export async function lockTargets(manager: EntityManager, registryId: number): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(hashtext('marrow_ledger.target'), $1)`, [registryId]);
}

export async function insertTargetVersions(
  manager: EntityManager,
  registryId: number,
  versions: readonly Omit<TargetVersion, 'recordedAt'>[],
): Promise<void> {
  await manager.query(
    `insert into target (registry_id, org, period, key, version, operator, value, reason, recorded_at, recorded_by)
      select $1, t.org, t.period, t.key, t.version, t.operator, t.value, t.reason, clock_timestamp(), t."recordedBy"
      from json_to_recordset($2::json) as t
        (org text, period text, key text, version int, operator text, value numeric, reason text, "recordedBy" text)`,
    [registryId, JSON.stringify(versions)],
  );
}
