import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A target is never overwritten (R15): what it was, who changed it, when and why stays beside what it is. */
export class KeepTargetsHistory1763780700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table target
        add column version integer not null default 1,
        add column reason text,
        add column recorded_at timestamptz not null default now(),
        add column recorded_by text not null default 'unknown',
        alter column operator drop not null,
        alter column value drop not null,
        drop constraint target_pkey,
        add constraint target_pkey primary key (registry_id, org, period, key, version),
        add constraint target_withdrawn_check check ((operator is null) = (value is null))
    `);
    await runner.query(`
      alter table target alter column version drop default, alter column recorded_at drop default,
        alter column recorded_by drop default
    `);
    await runner.query('revoke update, delete on target from marrow_app');
    await runner.query(`
      create trigger target_append_only before update or delete on target
        for each row execute function refuse_change()
    `);
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}
