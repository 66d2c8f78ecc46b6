import type { EntityManager } from 'typeorm';
import { storableJson } from '../core/storable-json';
import type { SourceName } from './import-source.queries';
import type { ImportRecord, ImportState } from './import-record';

const RECORD = `i.import_id as "importId", i.registry_id as "registryId", i.source_id as "sourceId", s.org,
  i.kind, s.name, i.mode, i.keep_gaps as "keepGaps",
  i.state, i.file_name as "fileName", i.file_size::float8 as "fileSize",
  i.mapping, i.sheets, coalesce(i.notices, '[]') as notices, i.reason, i.phase, i.done::float8 as done, i.total::float8 as total,
  i.counts, i.proposed_version as "proposedVersion", i.batches, i.next_batch as "nextBatch",
  i.entries_posted::float8 as "entriesPosted", i.question, i.problem, i.created_by as "createdBy",
  i.created_at as "createdAt", i.accepted_by as "acceptedBy", i.accepted_at as "acceptedAt",
  i.progressed_at as "progressedAt", i.finished_at as "finishedAt"`;

const FROM = `from import i join import_source s on s.registry_id = i.registry_id and s.source_id = i.source_id`;

export interface NewImport {
  readonly importId: string;
  readonly registryId: number;
  readonly sourceId: string;
  readonly kind: string | null;
  readonly mode: string;
  readonly keepGaps: boolean;
  readonly fileName: string;
  readonly fileHash: string;
  readonly fileSize: number;
  readonly reason: string | null;
  readonly createdBy: string;
}

export async function insertImport(manager: EntityManager, one: NewImport): Promise<void> {
  await manager.query(
    `insert into import (registry_id, import_id, source_id, mode, state, file_name, file_hash, file_size, reason, phase,
        created_by, created_at, progressed_at, keep_gaps, kind)
      values ($1, $2, $3, $4, 'received', $5, decode($6, 'hex'), $7, $8, 'read', $9, now(), now(), $10, $11)`,
    [
      one.registryId,
      one.importId,
      one.sourceId,
      one.mode,
      one.fileName,
      one.fileHash,
      one.fileSize,
      one.reason,
      one.createdBy,
      one.keepGaps,
      one.kind,
    ],
  );
}

export async function findImport(
  manager: EntityManager,
  registryId: number,
  importId: string,
): Promise<ImportRecord | undefined> {
  const [found] = await manager.query(`select ${RECORD} ${FROM} where i.registry_id = $1 and i.import_id = $2`, [
    registryId,
    importId,
  ]);
  return found;
}

/** The same, and nobody else changes it until commit. */
export async function lockImport(
  manager: EntityManager,
  registryId: number,
  importId: string,
): Promise<ImportRecord | undefined> {
  const [found] = await manager.query(
    `select ${RECORD} ${FROM} where i.registry_id = $1 and i.import_id = $2 for update of i`,
    [registryId, importId],
  );
  return found;
}

/** An import of the same file, named as it is now, that is not over: what a program that was killed has left. */
export async function findUnfinished(
  manager: EntityManager,
  { registryId, org, kind, name }: SourceName,
  fileHash: string,
): Promise<ImportRecord | undefined> {
  const [found] = await manager.query(
    `select ${RECORD} ${FROM}
      where i.registry_id = $1 and s.org = $2 and i.kind is not distinct from $3 and s.name = $4
        and i.file_hash = decode($5, 'hex') and i.state not in ('done', 'cancelled', 'refused')
      order by i.created_at desc limit 1`,
    [registryId, org, kind, name, fileHash],
  );
  return found;
}

/** The import of the same source that waits for an answer. */
export async function findStopped(
  manager: EntityManager,
  registryId: number,
  importId: string,
): Promise<ImportRecord | undefined> {
  const [found] = await manager.query(
    `select ${RECORD} ${FROM}
      where i.registry_id = $1 and i.state = 'stopped' and i.import_id <> $2
        and i.source_id = (select source_id from import where registry_id = $1 and import_id = $2)`,
    [registryId, importId],
  );
  return found;
}

/** Those of some orgs, the latest first, from one on; all of them, or what waits for somebody's answer. */
export async function listImports(
  manager: EntityManager,
  registryId: number,
  orgs: readonly string[],
  { before = null, waiting = false }: { readonly before?: Date | null; readonly waiting?: boolean },
  atMost: number,
): Promise<ImportRecord[]> {
  return manager.query(
    `select ${RECORD} ${FROM}
      where i.registry_id = $1 and s.org = any($2) and ($3::timestamptz is null or i.created_at < $3)
        and (not $5 or i.state in ('mapping', 'staged', 'stopped'))
      order by i.created_at desc, i.import_id limit $4`,
    [registryId, orgs, before, atMost, waiting],
  );
}

/** What nobody has worked on for a while, though there is something to do: left by a killed worker, or a lost job. */
export async function findForsaken(
  manager: EntityManager,
  seconds: number,
): Promise<{ registryId: number; importId: string }[]> {
  return manager.query(
    `select registry_id as "registryId", import_id as "importId" from import
      where state in ('received', 'accepted', 'posting') and progressed_at < now() - make_interval(secs => $1)
      order by created_at`,
    [seconds],
  );
}

type Column =
  | 'state'
  | 'phase'
  | 'done'
  | 'total'
  | 'batches'
  | 'next_batch'
  | 'proposed_version'
  | 'proposed_position'
  | 'reason'
  | 'source_id'
  | 'faults'
  | 'unended';
type JsonColumn = 'counts' | 'question' | 'problem' | 'notices' | 'mapping' | 'sheets';

export type ImportChange = { readonly [column in Column]?: string | number | null } & {
  readonly [column in JsonColumn]?: unknown;
};

const JSON_COLUMNS: ReadonlySet<string> = new Set(['counts', 'question', 'problem', 'notices', 'mapping', 'sheets']);

export async function updateImport(
  manager: EntityManager,
  { registryId, importId }: { readonly registryId: number; readonly importId: string },
  change: ImportChange,
): Promise<void> {
  const columns = Object.entries(change).filter(([, value]) => value !== undefined);
  const values = columns.map(([column, value]) =>
    JSON_COLUMNS.has(column) && value !== null ? storableJson(value) : value,
  );
  await manager.query(
    `update import set ${['progressed_at = now()', ...columns.map(([column], at) => `${column} = $${at + 3}`)].join()}
      where registry_id = $1 and import_id = $2`,
    [registryId, importId, ...values],
  );
}

export async function markAccepted(
  manager: EntityManager,
  registryId: number,
  importId: string,
  by: string,
): Promise<void> {
  await manager.query(
    `update import set state = 'accepted', accepted_by = $3, accepted_at = now(), progressed_at = now(), phase = 'post',
        done = 0, faults = 0, unended = 0
      where registry_id = $1 and import_id = $2`,
    [registryId, importId, by],
  );
}

/** Whether an entry of the source has been reversed since the import was compared with it, by whatever way in. */
export async function isReversedSince(
  manager: EntityManager,
  { registryId, importId, sourceId }: { registryId: number; importId: string; sourceId: string },
): Promise<boolean> {
  const [found] = await manager.query(
    `select exists (
        select from import i
        join entry r on r.registry_id = i.registry_id and r.position > i.proposed_position and r.reverses is not null
        join import_entry l on l.registry_id = r.registry_id and l.id = r.reverses and l.source_id = $3
        where i.registry_id = $1 and i.import_id = $2
      ) as reversed`,
    [registryId, importId, sourceId],
  );
  return found.reversed;
}

/** Whether rows were refused only for want of a reason. */
export async function isRefusedForMonth(
  manager: EntityManager,
  { registryId, importId }: { registryId: number; importId: string },
): Promise<boolean> {
  const [found] = await manager.query(
    `select exists (
        select from import_row
        where registry_id = $1 and import_id = $2 and breach @> '[{"code": "month_closed"}]'
      ) as refused`,
    [registryId, importId],
  );
  return found.refused;
}

/** Ends an import; what it may have made of its source's entries, makes other proposals outdated. */
export async function finishImport(
  manager: EntityManager,
  { registryId, importId, sourceId }: ImportRecord,
  state: Extract<ImportState, 'done' | 'cancelled' | 'refused'>,
): Promise<void> {
  // The source first, as who accepts another file of it does.
  await manager.query('update import_source set version = version + 1 where registry_id = $1 and source_id = $2', [
    registryId,
    sourceId,
  ]);
  await manager.query(
    `update import set state = $3, finished_at = now(), progressed_at = now(), question = null
      where registry_id = $1 and import_id = $2`,
    [registryId, importId, state],
  );
}
