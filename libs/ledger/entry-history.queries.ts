import type { EntityManager } from 'typeorm';

/** Where in a file an entry came from. */
export interface EntryOrigin {
  readonly importId: string;
  readonly fileName: string;
  readonly sheet: number;
  readonly row: number;
  readonly acceptedBy: string | null;
}

export async function findEntryOrigin(
  manager: EntityManager,
  registryId: number,
  id: string,
): Promise<EntryOrigin | undefined> {
  const [origin] = await manager.query(
    `select o.import_id as "importId", i.file_name as "fileName", o.sheet, o."row", i.accepted_by as "acceptedBy"
      from import_entry o
      join import i on i.registry_id = o.registry_id and i.import_id = o.import_id
      where o.registry_id = $1 and o.id = $2`,
    [registryId, id],
  );
  return origin;
}

/** Entries of a kind and an org that one write brought and that take nothing back: what stands in the place of others. */
export async function findWrittenWith(
  manager: EntityManager,
  registryId: number,
  of: { readonly position: string; readonly kind: string; readonly org: string; readonly reversals: boolean },
  limit: number,
): Promise<string[]> {
  const found: { id: string }[] = await manager.query(
    `select id from entry
      where registry_id = $1 and position = $2 and kind = $3 and org = $4 and (reverses is not null) = $5
      order by occurred_on, id
      limit $6`,
    [registryId, of.position, of.kind, of.org, of.reversals, limit],
  );
  return found.map(({ id }) => id);
}
