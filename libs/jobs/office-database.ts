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
  /** The login that owns the tables, or what is said to be it. */
  readonly ownerUrl: string;
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
  const office = await openBareDatabase(environment, name);
  try {
    if (office.server) await migrateAll(office);
    else if (migrating) {
      await reach(office.ownerUrl, 'DATABASE_OWNER_URL');
      await migrateAll(office);
    }
    return office;
  } catch (error) {
    await office.close();
    throw error;
  }
}

/** The same, whatever structure it has, if any. */
export async function openBareDatabase(
  { DATA_DIR, DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL }: Environment,
  name: OfficeDatabaseName,
): Promise<OfficeDatabase> {
  if (DATABASE_URL !== undefined) {
    await reach(DATABASE_URL, 'DATABASE_URL');
    return {
      store: { databaseUrl: DATABASE_URL, redisUrl: REDIS_URL },
      ownerUrl: DATABASE_OWNER_URL ?? DATABASE_URL,
      close: () => Promise.resolve(),
    };
  }
  const server = await openEmbeddedServer({ dataDir: DATA_DIR });
  try {
    await server.ensureDatabase(name);
  } catch (error) {
    await server.close();
    throw error;
  }
  return {
    store: { databaseUrl: server.applicationUrl(name), redisUrl: REDIS_URL },
    ownerUrl: server.ownerUrl(name),
    server,
    close: () => server.close(),
  };
}

async function migrateAll({ ownerUrl, store }: OfficeDatabase): Promise<void> {
  await migrate(ownerUrl, loginOf(store.databaseUrl));
  await migrateJobQueue(ownerUrl);
}

/** The name that a database's address signs in with. */
export function loginOf(databaseUrl: string): string {
  return decodeURIComponent(new URL(databaseUrl).username);
}
