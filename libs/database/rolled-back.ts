import type { DataSource, EntityManager } from 'typeorm';

/**
 * Runs `work` in a transaction of which nothing stays.
 *
 * @param isolation on one moment of the database unless said: then it may wait for no writer
 */
export async function rolledBack<Result>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<Result>,
  isolation: 'REPEATABLE READ' | 'READ COMMITTED' = 'REPEATABLE READ',
): Promise<Result> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction(isolation);
    return await work(runner.manager);
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    await runner.release();
  }
}
