import type { EntityManager } from 'typeorm';
import type { ImportRecord } from './import-record';
import { findKindsOfRows, findSourcesOfName, holdsOtherKinds, obtainSource } from './import-source.queries';
import { updateImport } from './imports.queries';

/**
 * Decides, once the rows are staged, which source they are compared with: the one in whose name the file came, where
 * entries of it stand; else another of the same name that holds the same; else the one of the kind that all rows are of.
 * So a file is of one source whether its importer said the kind or not (R23).
 */
export async function settleSource(manager: EntityManager, record: ImportRecord): Promise<void> {
  const sourceId = await sourceOf(manager, record);
  if (sourceId !== record.sourceId) await updateImport(manager, record, { source_id: sourceId });
}

async function sourceOf(manager: EntityManager, record: ImportRecord): Promise<string> {
  const sources = await findSourcesOfName(manager, record);
  const own = sources.find(({ kind }) => kind === (record.kind ?? ''));
  if (own?.live) return own.sourceId;
  const kinds = await findKindsOfRows(manager, record);
  const [only] = kinds.length === 1 ? kinds : [];
  const live = sources.filter((one) => one.live);
  const mixed = live.find(({ kind }) => kind === '');
  if (mixed && (!only || !(await holdsOtherKinds(manager, record.registryId, mixed.sourceId, only)))) {
    return mixed.sourceId;
  }
  const [first, second] = live.filter(({ kind }) => kinds.includes(kind));
  if (first && !second) return first.sourceId;
  if (kinds.length === 0) return record.sourceId;
  return obtainSource(manager, { ...record, kind: only ?? null });
}
