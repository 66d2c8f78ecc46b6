import type { Environment } from '../config/environment';
import { openEmbeddedServer, type EmbeddedServer } from '../database/embedded-server';
import { migrate } from '../database/migrate';
import { reach } from '../database/reach';
import { migrateJobQueue } from './migrate-job-queue';
import type { QueueStore } from './queue-store';

/** The demonstration is kept apart from what an office logs. */
export type OfficeDatabaseName = 'marrow_demonstration' | 'marrow_office';

/** The database that this process works with. */
export interface OfficeDatabase {
  readonly store: QueueStore;
  /** Our own PostgreSQL; absent when `DATABASE_URL` names one. */
  readonly server?: EmbeddedServer;
  close(): Promise<void>;
}

/**
 * The database of `DATABASE_URL`, or one in the program's own PostgreSQL below `DATA_DIR`. Our own is always migrated;
 * that of an office, whose login may not be the owner's, only when it is asked for.
 *
 * @throws {DomainError} when it cannot be started, reached or migrated; the sentence says why and what to do
 */
export async function openOfficeDatabase(
  environment: Environment,
  name: OfficeDatabaseName,
  migrating: boolean,
): Promise<OfficeDatabase> {
  const { DATA_DIR, DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL } = environment;
  if (DATABASE_URL !== undefined) {
    await reach(DATABASE_URL, 'DATABASE_URL');
    if (migrating && DATABASE_OWNER_URL !== undefined) {
      await reach(DATABASE_OWNER_URL, 'DATABASE_OWNER_URL');
      await migrateAll(DATABASE_OWNER_URL, DATABASE_URL);
    }
    return { store: { databaseUrl: DATABASE_URL, redisUrl: REDIS_URL }, close: () => Promise.resolve() };
  }
  const server = await openEmbeddedServer({ dataDir: DATA_DIR });
  try {
    await server.ensureDatabase(name);
    const databaseUrl = server.applicationUrl(name);
    await migrateAll(server.ownerUrl(name), databaseUrl);
    return { store: { databaseUrl, redisUrl: REDIS_URL }, server, close: () => server.close() };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function migrateAll(ownerUrl: string, applicationUrl: string): Promise<void> {
  await migrate(ownerUrl, decodeURIComponent(new URL(applicationUrl).username));
  await migrateJobQueue(ownerUrl);
}
