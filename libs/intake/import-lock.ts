import type { DataSource, EntityManager } from 'typeorm';
import { releaseImportLock, tryImportLock } from './import-lock.queries';

/**
 * Does work that one process at a time may do.
 *
 * @param what an import's id, or what else is to be done alone
 * @param work is given the session that holds the lock: where that has ended, so has the lock
 * @returns false, and does nothing, while another does it
 */
export async function withImportLock(
  dataSource: DataSource,
  what: string,
  work: (session: EntityManager) => Promise<unknown>,
): Promise<boolean> {
  const runner = dataSource.createQueryRunner();
  try {
    if (!(await tryImportLock(runner, what))) return false;
    try {
      await work(runner.manager);
    } finally {
      await releaseImportLock(runner, what);
    }
    return true;
  } finally {
    await runner.release();
  }
}
