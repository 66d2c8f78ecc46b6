import type { EntityManager } from 'typeorm';
import type { ImportRecord } from './import-record';

/** An import of the very same file into another source. */
export interface SameFile {
  /** Null where it is of an org that an importer of this one does not reach. */
  readonly name: string | null;
  readonly orgName: string;
  /** `YYYY-MM-DD`, of its end, or of its acceptance while it is being posted. */
  readonly day: string;
}

/** Nobody else decides until commit whether the very same file goes in: of two at once, the second finds the first. */
export async function lockSameFile(
  manager: EntityManager,
  { registryId, importId }: Pick<ImportRecord, 'registryId' | 'importId'>,
): Promise<void> {
  await manager.query(
    `select pg_advisory_xact_lock(hashtextextended(registry_id || ':' || encode(file_hash, 'hex'), 0))
      from import where registry_id = $1 and import_id = $2`,
    [registryId, importId],
  );
}

/** Where the file has gone into the ledger, or is on its way there, as another source: it would be counted twice. */
export async function findSameFile(
  manager: EntityManager,
  { registryId, importId, sourceId, org }: Pick<ImportRecord, 'registryId' | 'importId' | 'sourceId' | 'org'>,
): Promise<SameFile | undefined> {
  const [found] = await manager.query(
    `select case when c.org is not null then s.name end as name, o.name_zh as "orgName",
        to_char(coalesce(i.finished_at, i.accepted_at) at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day
      from import own
      join import i on i.registry_id = own.registry_id and i.file_hash = own.file_hash
      join import_source s on s.registry_id = i.registry_id and s.source_id = i.source_id
      join org o on o.registry_id = s.registry_id and o.org = s.org
      left join org_closure c on c.registry_id = s.registry_id and c.ancestor = $4 and c.org = s.org
      where own.registry_id = $1 and own.import_id = $2 and i.source_id <> $3
        and (
          i.state in ('accepted', 'posting', 'stopped')
          or (i.state = 'done' or i.state = 'cancelled' and i.entries_posted > 0) and exists (
            select from import_entry l
            where l.registry_id = i.registry_id and l.source_id = i.source_id
              and not exists (select from entry r where r.registry_id = l.registry_id and r.reverses = l.id)
          )
        )
      order by c.org is null, i.created_at limit 1`,
    [registryId, importId, sourceId, org],
  );
  return found;
}
