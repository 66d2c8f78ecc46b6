import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { createJobNumbers, grantQueueToApplication, lockQueueMigration } from './job-queue.queries';
import { LEDGER_QUEUE } from './queue';
import { QUEUE_SCHEMA } from './queue-store';

/**
 * Brings the queue's tables in the schema `bullmq` up to date and lets the application's login use them.
 * Needs the owner's login, and the application's role to exist. Safe to run twice and from several places at once.
 */
export async function migrateJobQueue(ownerUrl: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await lockQueueMigration(client);
    await runMigrations(client, QUEUE_SCHEMA);
    await createJobNumbers(client, LEDGER_QUEUE);
    await grantQueueToApplication(client);
  } finally {
    await client.end();
  }
}
