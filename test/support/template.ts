import 'reflect-metadata';
import { migrate } from '../../libs/database/migrate';
import type { EmbeddedServer } from '../../libs/database/embedded-server';
import { migrateJobQueue } from '../../libs/jobs/migrate-job-queue';

export const TEMPLATE = 'marrow_template';

/** What every database of the tests is copied from. */
export async function prepareTemplate(server: EmbeddedServer): Promise<void> {
  await server.ensureDatabase(TEMPLATE);
  await migrate(server.ownerUrl(TEMPLATE), 'marrow_app');
  await migrateJobQueue(server.ownerUrl(TEMPLATE));
}
