import type { EntityManager } from 'typeorm';
import { storableJson } from '../core/storable-json';

/** A version of an office's own rule pack. */
export interface OfficePackRow {
  readonly code: string;
  readonly version: number;
  readonly since: string;
  readonly content: unknown;
  readonly recordedBy: string;
  readonly recordedAt: Date;
}

const ROW = `code, version, since, content, recorded_by as "recordedBy", recorded_at as "recordedAt"`;

/** Every version, by code, the first first. */
export async function findOfficePacks(manager: EntityManager, registryId: number): Promise<OfficePackRow[]> {
  return manager.query(`select ${ROW} from rule_pack where registry_id = $1 order by code, version`, [registryId]);
}

/** One version; the last unless it is named. */
export async function findOfficePack(
  manager: EntityManager,
  registryId: number,
  code: string,
  version: number | null,
): Promise<OfficePackRow | undefined> {
  const [row] = await manager.query(
    `select ${ROW} from rule_pack where registry_id = $1 and code = $2 and ($3::integer is null or version = $3)
      order by version desc limit 1`,
    [registryId, code, version],
  );
  return row;
}

/** Keeps every other writer of the registry's packs waiting until commit: versions follow each other. */
export async function lockOfficePacks(manager: EntityManager, registryId: number): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(hashtext('marrow_ledger.rule_pack'), $1)`, [registryId]);
}

export async function insertOfficePack(
  manager: EntityManager,
  registryId: number,
  { code, version, since, content, recordedBy }: Omit<OfficePackRow, 'recordedAt'>,
): Promise<void> {
  await manager.query(
    `insert into rule_pack (registry_id, code, version, since, content, recorded_by, recorded_at)
      values ($1, $2, $3, $4, $5, $6, clock_timestamp())`,
    [registryId, code, version, since, storableJson(content), recordedBy],
  );
}
