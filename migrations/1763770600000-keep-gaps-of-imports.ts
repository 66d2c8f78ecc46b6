import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An import of history may take rows in that stand on nothing; which, is asked of the ledger. */
export class KeepGapsOfImports1763770600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table import add column keep_gaps boolean not null default false`);
    await runner.query(`create index import_keeping_gaps on import (registry_id, import_id) where keep_gaps`);
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}
