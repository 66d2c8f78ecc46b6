import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the sheets of a file were taken for stood among the choices of its columns, under a name that a choice could have. */
export class KeepSheetsOfImports1763771100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table import add column sheets jsonb');
    await runner.query(`
      update import set
        sheets = case when jsonb_typeof(mapping -> '') = 'array' then mapping -> '' end,
        mapping = nullif(mapping - '', '{}')
      where jsonb_exists(mapping, '')
    `);
    await runner.query(`update import_source set mapping = mapping - '' where jsonb_exists(mapping, '')`);
    await runner.query('grant update (sheets) on import to marrow_app');
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}
