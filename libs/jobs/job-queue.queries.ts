import { Client } from 'pg';
import { APPLICATION_ROLE } from '../database/data-source';

/** Held until the session ends: two grants of the same rights at once fail in PostgreSQL. */
export async function lockQueueMigration(client: Client): Promise<void> {
  await client.query(`select pg_advisory_lock(hashtext('marrow_ledger.job_queue'))`);
}

/** BullMQ creates the sequence of a queue with its first job, which the application may not. Taking a number does it. */
export async function createJobNumbers(client: Client, queue: string): Promise<void> {
  await client.query('select bullmq.next_job_id($1)', [queue]);
}

/** Lets the application run queues, but neither change nor migrate their tables. */
export async function grantQueueToApplication(client: Client): Promise<void> {
  await client.query(`
    grant usage on schema bullmq to ${APPLICATION_ROLE};
    grant select, insert, update, delete on all tables in schema bullmq to ${APPLICATION_ROLE};
    revoke insert, update, delete on bullmq.migration from ${APPLICATION_ROLE};
    grant usage on all sequences in schema bullmq to ${APPLICATION_ROLE};
    grant execute on all functions in schema bullmq to ${APPLICATION_ROLE};
    alter default privileges in schema bullmq grant select, insert, update, delete on tables to ${APPLICATION_ROLE};
    alter default privileges in schema bullmq grant usage on sequences to ${APPLICATION_ROLE};
    alter default privileges in schema bullmq grant execute on functions to ${APPLICATION_ROLE};
  `);
}
