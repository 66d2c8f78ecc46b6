import { QueryFailedError, type EntityManager } from 'typeorm';
import type { Pool, PoolClient } from 'pg';

/**
 * Runs a statement that a connection plans once and keeps by its name: for those that run with each request. The same
 * name always stands for the same text.
 *
 * @throws {QueryFailedError} as the manager's own queries do
 */
export async function queryPrepared<Row extends object>(
  manager: EntityManager,
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const connection: Pool | PoolClient = manager.queryRunner
    ? await manager.queryRunner.connect()
    : (manager.connection.driver as unknown as { master: Pool }).master;
  try {
    return (await connection.query<Row>({ name, text, values })).rows;
  } catch (error) {
    throw new QueryFailedError(text, values, error as Error);
  }
}
