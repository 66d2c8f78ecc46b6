import type { EntityManager, QueryRunner } from 'typeorm';

const KEY = `hashtext('marrow_ledger.import'), hashtext($1)`;
const WAITS_AT_MOST = '2s';

/** Held until the session ends, however it ends. */
export async function tryImportLock(runner: QueryRunner, importId: string): Promise<boolean> {
  const [lock] = await runner.query(`select pg_try_advisory_lock(${KEY}) as taken`, [importId]);
  return lock.taken;
}

export async function releaseImportLock(runner: QueryRunner, importId: string): Promise<void> {
  await runner.query(`select pg_advisory_unlock(${KEY})`, [importId]);
}

/** The same until commit; waits for a process that is just ending, and fails (55P03) where one goes on. */
export async function takeImportLock(manager: EntityManager, importId: string): Promise<void> {
  await manager.query(`select set_config('lock_timeout', $1, true)`, [WAITS_AT_MOST]);
  await manager.query(`select pg_advisory_xact_lock(${KEY})`, [importId]);
}
