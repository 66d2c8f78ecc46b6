import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';
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
  return (await sendPrepared<Row>(manager, name, text, values)).rows;
}

/** A statement that is on its way: what is sent on its connection from now on comes after it. */
export interface OnItsWay<Row> {
  readonly rows: Promise<Row[]>;
}

/**
 * Sends a statement as `queryPrepared` does, and does not wait for its answer.
 *
 * @param then sent behind it in the same exchange; an error of either is the answer
 */
export async function sendPrepared<Row extends object>(
  manager: EntityManager,
  name: string,
  text: string,
  values: unknown[],
  then?: 'commit',
): Promise<OnItsWay<Row>> {
  const connection: Pool | PoolClient = manager.queryRunner
    ? await manager.queryRunner.connect()
    : (manager.connection.driver as unknown as { master: Pool }).master;
  const answers = [connection.query<Row>({ name, text, values }), ...(then ? [connection.query(then)] : [])];
  const rows = Promise.all(answers).then(
    ([answer]) => (answer?.rows ?? []) as Row[],
    (error: Error) => {
      throw new QueryFailedError(text, values, error);
    },
  );
  // Whoever sent it may fail by another statement first.
  rows.catch(() => undefined);
  return { rows };
}

/**
 * A transaction whose beginning goes out with its first statement. It is committed at the end, unless a statement of
 * it was sent with its end.
 */
export async function transactionSentAhead<Result>(
  source: DataSource,
  work: (manager: EntityManager) => Promise<Result>,
): Promise<Result> {
  const runner = source.createQueryRunner();
  const connection: PoolClient = await runner.connect();
  const isOpen = () => connection.getTransactionStatus() !== 'I';
  try {
    const begun = connection.query('start transaction');
    // What comes behind it fails by the same.
    begun.catch(() => undefined);
    const result = await work(runner.manager);
    if (isOpen()) await connection.query('commit');
    return result;
  } catch (error) {
    if (isOpen()) await connection.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}
