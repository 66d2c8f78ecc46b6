import type { DataSource } from 'typeorm';
import { releaseImportLock, tryImportLock } from './import-lock.queries';

/** Does work on an import that one process at a time may do. @returns false, and does nothing, while another does */
export async function withImportLock(
  dataSource: DataSource,
  importId: string,
  work: () => Promise<unknown>,
): Promise<boolean> {
  const runner = dataSource.createQueryRunner();
  try {
    if (!(await tryImportLock(runner, importId))) return false;
    try {
      await work();
    } finally {
      await releaseImportLock(runner, importId);
    }
    return true;
  } finally {
    await runner.release();
  }
}
