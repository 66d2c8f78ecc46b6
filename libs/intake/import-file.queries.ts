import type { EntityManager } from 'typeorm';

export async function insertFilePart(
  manager: EntityManager,
  registryId: number,
  importId: string,
  part: number,
  bytes: Buffer,
): Promise<void> {
  await manager.query('insert into import_file (registry_id, import_id, part, bytes) values ($1, $2, $3, $4)', [
    registryId,
    importId,
    part,
    bytes,
  ]);
}

export async function findFilePart(
  manager: EntityManager,
  registryId: number,
  importId: string,
  part: number,
): Promise<Buffer | undefined> {
  const [found] = await manager.query(
    'select bytes from import_file where registry_id = $1 and import_id = $2 and part = $3',
    [registryId, importId, part],
  );
  return found?.bytes;
}

/** Forgets the files and the rows of imports that have been over for some days; what they did stays known. */
export async function deleteOldFiles(manager: EntityManager, days: number): Promise<void> {
  for (const table of ['import_file', 'import_step', 'import_row']) {
    await manager.query(
      `delete from ${table} t using import i
        where i.registry_id = t.registry_id and i.import_id = t.import_id and i.finished_at < now() - make_interval(days => $1)`,
      [days],
    );
  }
}
