import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Cases by the day of a stage: cohorts and times follow the day on which something happened, not its posted month. A
 * reversal is of its original's kind and day, so that one stretch of the index says what stands.
 */
export class FindEntriesByDay1763780600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index entry_case_day on entry (registry_id, kind, occurred_on) where case_code is not null`,
    );
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}
