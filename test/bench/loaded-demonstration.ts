import { DEMONSTRATION_SIZE } from '../../libs/demonstration/entries';
import { loadDemonstration } from '../../libs/demonstration/load';
import { DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { rebuild } from '../../libs/indicators/recompute';
import type { BenchDatabase } from './bench-database';
import { writeCopyFile } from './copy-baseline';
import { timed } from './stopwatch';

/** The demonstration, loaded and computed, and how fast it was loaded. */
export class LoadedDemonstration {
  private constructor(
    readonly database: BenchDatabase,
    readonly copyFile: string,
    readonly entriesPerSecond: number,
  ) {}

  static async load(database: BenchDatabase, copyFile: string): Promise<LoadedDemonstration> {
    await database.checkpoint();
    const milliseconds = await timed(() => loadDemonstration(database.source));
    await writeCopyFile(database, copyFile);
    await database.settle();
    await rebuild(database.source, DEMONSTRATION_REGISTRY.registryId);
    return new LoadedDemonstration(database, copyFile, DEMONSTRATION_SIZE / (milliseconds / 1_000));
  }
}
