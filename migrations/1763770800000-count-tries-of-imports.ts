import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An import that fails again and again is given up; one that said its kind and one that did not may be of one source. */
export class CountTriesOfImports1763770800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table import
        add column kind text,
        add column faults integer not null default 0,
        add column unended integer not null default 0
    `);
    await runner.query(`
      update import i set kind = s.kind from import_source s
      where s.registry_id = i.registry_id and s.source_id = i.source_id and s.kind <> ''
    `);
    await runner.query('grant update (source_id, faults, unended) on import to marrow_app');
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}
