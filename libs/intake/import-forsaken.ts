import type { DataSource } from 'typeorm';
import { recompute } from '../indicators/recompute';
import { deleteOldFiles } from './import-file.queries';
import { runImport } from './import-run';
import { findForsaken } from './imports.queries';

/** An import that has not gone on for so long is nobody's: its worker was killed, or its job was lost. */
const FORSAKEN_AFTER_SECONDS = 30;

/**
 * Goes on with every import that nobody is working on.
 *
 * @throws what they threw, once each has had its turn
 */
export async function runForsakenImports(dataSource: DataSource): Promise<void> {
  const failures: unknown[] = [];
  for (const { registryId, importId } of await findForsaken(dataSource.manager, FORSAKEN_AFTER_SECONDS)) {
    await runImport(dataSource, registryId, importId)
      .then(() => recompute(dataSource, registryId))
      .catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 1) throw new AggregateError(failures, failures.map(String).join('; '));
  if (failures.length === 1) throw failures[0];
}

/** Forgets the files and the rows of imports that have been over for so many days; what they did stays known. */
export async function forgetOldImports(dataSource: DataSource, days: number): Promise<void> {
  await deleteOldFiles(dataSource.manager, days);
}
