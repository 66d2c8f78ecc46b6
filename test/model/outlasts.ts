import { describeWithRedis } from '../support/needs';
import { killPrograms } from '../support/program';
import { startRedis, type TestRedis } from '../support/redis';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { ModelWorkers } from './model-workers';
import { runModel } from './run-model';

/** A test that does so many random operations to ledgers on which two workers run. */
export function outlastsAnything(operations: number, timeoutMs: number): void {
  describeWithRedis('a ledger to which anything happens', () => {
    let database: TestDatabase;
    let redis: TestRedis;
    let workers: ModelWorkers;

    beforeAll(async () => {
      database = await createTestDatabase();
      redis = await startRedis();
      workers = await ModelWorkers.start(database, redis);
    }, 180_000);

    afterAll(async () => {
      await workers?.close();
      await killPrograms();
      await redis?.stop();
      await database?.drop();
    });

    it(
      `has the values, lists and seals of one kept in memory after ${operations} operations`,
      async () => {
        expect(await runModel(database.source, workers, operations)).toBeGreaterThanOrEqual(operations);
      },
      timeoutMs,
    );
  });
}
