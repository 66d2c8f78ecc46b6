import type { EntityManager } from 'typeorm';
import { storableJson } from '../core/storable-json';
import type { ImportRecord } from './import-record';

export interface SourceName {
  readonly registryId: number;
  readonly org: string;
  readonly kind: string | null;
  readonly name: string;
}

/**
 * The source of that name, made if it is the first time. Those of one name have one salt, so that rows are the same
 * content to each of them; the one without a kind is made first, and whoever comes second waits for it.
 */
export async function obtainSource(
  manager: EntityManager,
  { registryId, org, kind, name }: SourceName,
): Promise<string> {
  for (const of of kind === null ? [''] : ['', kind]) {
    await manager.query(
      `insert into import_source (registry_id, source_id, org, kind, name, salt, created_at)
        select $1, gen_random_uuid(), $2, $3, $4, coalesce(
          (select salt from import_source where registry_id = $1 and org = $2 and name = $4 order by kind limit 1),
          uuid_send(gen_random_uuid())
        ), now()
        on conflict (registry_id, org, kind, name) do nothing`,
      [registryId, org, of, name],
    );
  }
  const [source] = await manager.query(
    `select source_id as id from import_source where registry_id = $1 and org = $2 and kind = $3 and name = $4`,
    [registryId, org, kind ?? '', name],
  );
  return source.id;
}

export interface SourceState {
  readonly salt: Buffer;
  readonly version: string;
}

export async function findSource(manager: EntityManager, registryId: number, sourceId: string): Promise<SourceState> {
  const [source] = await manager.query(
    'select salt, version from import_source where registry_id = $1 and source_id = $2',
    [registryId, sourceId],
  );
  return source;
}

/** The same, and no import of it ends until commit. */
export async function lockSource(manager: EntityManager, registryId: number, sourceId: string): Promise<SourceState> {
  const [source] = await manager.query(
    `select salt, version from import_source where registry_id = $1 and source_id = $2 for no key update`,
    [registryId, sourceId],
  );
  return source;
}

const IS_LIVE = '(select true from entry r where r.registry_id = l.registry_id and r.reverses = l.id limit 1) is null';

/** The sources of a name that an import's rows can be compared with, and whether entries of them stand. */
export async function findSourcesOfName(
  manager: EntityManager,
  { registryId, sourceId, org, name }: ImportRecord,
): Promise<{ sourceId: string; kind: string; live: boolean }[]> {
  return manager.query(
    `select s.source_id as "sourceId", s.kind, (
          select true from import_entry l
          where l.registry_id = s.registry_id and l.source_id = s.source_id and ${IS_LIVE} limit 1
        ) is not null as live
      from import_source s
      where s.registry_id = $1 and s.org = $3 and s.name = $4
        and s.salt = (select salt from import_source where registry_id = $1 and source_id = $2)`,
    [registryId, sourceId, org, name],
  );
}

/** Whether an entry of another kind stands that came from the source. */
export async function holdsOtherKinds(
  manager: EntityManager,
  registryId: number,
  sourceId: string,
  kind: string,
): Promise<boolean> {
  const [found] = await manager.query(
    `select exists (
        select from import_entry l join entry e on e.registry_id = l.registry_id and e.id = l.id
        where l.registry_id = $1 and l.source_id = $2 and e.kind <> $3 and ${IS_LIVE}
      ) as other`,
    [registryId, sourceId, kind],
  );
  return found.other;
}

/** What the good rows of a file are of. */
export async function findKindsOfRows(
  manager: EntityManager,
  { registryId, importId }: ImportRecord,
): Promise<string[]> {
  const rows: { kind: string }[] = await manager.query(
    `select distinct kind from import_row where registry_id = $1 and import_id = $2 and kind is not null`,
    [registryId, importId],
  );
  return rows.map(({ kind }) => kind);
}

/** The choices that an org has made for files of a kind, or of the other kinds, the latest of each column. */
export async function findRememberedMapping(
  manager: EntityManager,
  { registryId, org, kind }: Pick<ImportRecord, 'registryId' | 'org' | 'kind'>,
  of: 'its kind' | 'other kinds',
): Promise<Record<string, string | null>> {
  const [found] = await manager.query(
    `select coalesce(jsonb_object_agg(choice.key, choice.value order by s.created_at), '{}') as mapping
      from import_source s cross join lateral jsonb_each(s.mapping) choice
      where s.registry_id = $1 and s.org = $2 and (s.kind = $3) = $4 and s.mapping is not null`,
    [registryId, org, kind ?? '', of === 'its kind'],
  );
  return found.mapping;
}

/** Under the kind that the importer said, as the next file comes with that again. */
export async function rememberMapping(
  manager: EntityManager,
  { registryId, org, kind, name }: ImportRecord,
  mapping: Record<string, string | null>,
): Promise<void> {
  await manager.query(
    `update import_source set mapping = coalesce(mapping, '{}') || $5::jsonb
      where registry_id = $1 and org = $2 and kind = $3 and name = $4`,
    [registryId, org, kind ?? '', name, storableJson(mapping)],
  );
}
