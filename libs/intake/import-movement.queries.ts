import type { EntityManager } from 'typeorm';

/** An import that has gone a step on. */
export interface ImportMovement {
  readonly importId: string;
  /** Whose file it is. */
  readonly org: string;
  /** Another whenever the import has moved. */
  readonly mark: string;
}

/** The imports that have moved within the last minute. */
export async function findImportMovements(manager: EntityManager, registryId: number): Promise<ImportMovement[]> {
  return manager.query(
    `select i.import_id as "importId", s.org, concat_ws(' ', i.state, i.phase, i.progressed_at) as mark
      from import i join import_source s on s.registry_id = i.registry_id and s.source_id = i.source_id
      where i.registry_id = $1 and i.progressed_at > now() - interval '1 minute'`,
    [registryId],
  );
}
