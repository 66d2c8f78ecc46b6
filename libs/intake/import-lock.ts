import type { DataSource } from 'typeorm';
import { releaseImportLock, tryImportLock } from './import-lock.queries';

/**
 * Does work that one process at a time may do.
 *
 * @param what an import's id, or what else is to be done alone
 * @returns false, and does nothing, while another does it
 */
export async function withImportLock(
  dataSource: DataSource,
  what: string,
  work: () => Promise<unknown>,
): Promise<boolean> {
  const runner = dataSource.createQueryRunner();
  try {
    if (!(await tryImportLock(runner, what))) return false;
    try {
      await work();
    } finally {
      await releaseImportLock(runner, what);
    }
    return true;
  } finally {
    await runner.release();
  }
}
