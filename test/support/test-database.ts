import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { applicationDataSource } from '../../libs/database/data-source';
import { TEMPLATE } from './template';

/** A migrated database of its own, and the application's connections to it. */
export interface TestDatabase {
  readonly url: string;
  readonly ownerUrl: string;
  readonly source: DataSource;
  drop(): Promise<void>;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asOwner(`create database ${name} template ${TEMPLATE}`);
  const url = databaseUrl('TEST_APPLICATION_URL', name);
  const source = await applicationDataSource(url).initialize();
  return {
    url,
    ownerUrl: databaseUrl('TEST_OWNER_URL', name),
    source,
    async drop() {
      await source.destroy();
      await asOwner(`drop database ${name} with (force)`);
    },
  };
}

function databaseUrl(variable: 'TEST_APPLICATION_URL' | 'TEST_OWNER_URL', name: string): string {
  const url = new URL(process.env[variable] ?? '');
  url.pathname = `/${name}`;
  return url.href;
}

async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: process.env.TEST_OWNER_URL });
  await client.connect();
  try {
    // One copy of the template at a time: PostgreSQL refuses a second that begins meanwhile.
    await client.query('select pg_advisory_lock(1)');
    await client.query(statement);
  } finally {
    await client.end();
  }
}
