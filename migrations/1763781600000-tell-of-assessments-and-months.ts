import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Subscribers may be told of assessments that were frozen, and of months that were closed or opened again. */
export class TellOfAssessmentsAndMonths1763781600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table subscription
        drop constraint subscription_topic_check,
        add constraint subscription_topic_check check (topic in ('worklists', 'assessments', 'months'))`);
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}
