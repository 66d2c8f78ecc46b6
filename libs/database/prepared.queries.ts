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
 * @param then sent behind it in the same exchange, for a transaction's last; an error of either is the answer
 */
export async function sendPrepared<Row extends object>(
  manager: EntityManager,
  name: string,
  text: string,
  values: unknown[],
  then?: 'commit',
): Promise<OnItsWay<Row>> {
  if (then && !manager.queryRunner) throw new Error('what is committed has a connection of its own');
  const connection: Pool | PoolClient = manager.queryRunner
    ? await manager.queryRunner.connect()
    : (manager.connection.driver as unknown as { master: Pool }).master;
  const answers = [connection.query<Row>({ name, text, values }), ...(then ? [commit(connection)] : [])] as const;
  const rows = Promise.all(answers).then(
    ([answer]) => answer.rows,
    (error: Error) => {
      throw new QueryFailedError(text, values, error);
    },
  );
  // Whoever sent it may fail by another statement first.
  rows.catch(() => undefined);
  return { rows };
}

/** What ends an aborted transaction is answered without an error. */
async function commit(connection: Pool | PoolClient): Promise<void> {
  const { command } = await connection.query('commit');
  if (command !== 'COMMIT') throw new Error(`the transaction ended with ${command}`);
}

/** A transaction that is on its way: what is sent in it may not be relied on before it has begun. */
export interface SentAhead {
  readonly begun: Promise<unknown>;
}

/**
 * A transaction whose beginning goes out with its first statement. It is committed at the end, unless a statement of
 * it was sent with its end.
 */
export async function transactionSentAhead<Result>(
  source: DataSource,
  work: (manager: EntityManager, ahead: SentAhead) => Promise<Result>,
): Promise<Result> {
  const runner = source.createQueryRunner();
  const connection: PoolClient = await runner.connect();
  try {
    const begun = connection.query('start transaction');
    begun.catch(() => undefined);
    const result = await work(runner.manager, { begun });
    if (connection.getTransactionStatus() !== 'I') await commit(connection);
    return result;
  } catch (error) {
    // Also where nothing has been answered yet: it comes behind all that is on its way.
    await connection.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}
