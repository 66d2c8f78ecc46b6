import type { QueryRunner } from 'typeorm';

const KEY = `hashtext('marrow_ledger.import'), hashtext($1)`;

/** Held until the session ends, however it ends. */
export async function tryImportLock(runner: QueryRunner, importId: string): Promise<boolean> {
  const [lock] = await runner.query(`select pg_try_advisory_lock(${KEY}) as taken`, [importId]);
  return lock.taken;
}

export async function releaseImportLock(runner: QueryRunner, importId: string): Promise<void> {
  await runner.query(`select pg_advisory_unlock(${KEY})`, [importId]);
}
