import type { DataSource } from 'typeorm';
import { recompute } from '../indicators/recompute';
import { deleteOldFiles } from './import-file.queries';
import { runImport } from './import-run';
import { findForsaken } from './imports.queries';

/** An import that has not gone on for so long is nobody's: its worker was killed, or its job was lost. */
const FORSAKEN_AFTER_SECONDS = 30;

/** How long files and their rows are kept once an import is over; what it did stays known. */
const DAYS_KEPT = 30;

/** Goes on with every import that nobody is working on. */
export async function runForsakenImports(dataSource: DataSource): Promise<void> {
  for (const { registryId, importId } of await findForsaken(dataSource.manager, FORSAKEN_AFTER_SECONDS)) {
    await runImport(dataSource, registryId, importId);
    await recompute(dataSource, registryId);
  }
}

export async function forgetOldImports(dataSource: DataSource): Promise<void> {
  await deleteOldFiles(dataSource.manager, DAYS_KEPT);
}
