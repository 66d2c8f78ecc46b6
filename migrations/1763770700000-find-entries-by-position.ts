import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was written after a position: of whom distinct figures are to be counted again. */
export class FindEntriesByPosition1763770700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index entry_position on entry (registry_id, position)`);
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}
