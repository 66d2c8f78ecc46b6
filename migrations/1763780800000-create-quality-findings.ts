import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the rules of data quality found, whose it is to look into, and what became of it. */
export class CreateQualityFindings1763780800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table quality_finding (
        registry_id integer not null,
        id uuid not null,
        rule text not null,
        org text not null,
        period text not null,
        subject text not null,
        measured text not null,
        expected text,
        detail jsonb,
        state text not null,
        owner uuid,
        reason text,
        changes integer not null,
        first_seen_at timestamptz not null,
        last_seen_at timestamptz not null,
        constraint quality_finding_pkey primary key (registry_id, id),
        constraint quality_finding_org_fkey foreign key (registry_id, org) references org (registry_id, org),
        constraint quality_finding_owner_fkey foreign key (registry_id, owner) references account (registry_id, id),
        constraint quality_finding_state_check check (state in ('open', 'acknowledged', 'resolved', 'gone')),
        constraint quality_finding_reason_check check (state <> 'acknowledged' or reason is not null)
      )`);
    await runner.query(`create index quality_finding_listed on quality_finding (registry_id, period, id)`);
    await runner.query(`
      create table quality_event (
        registry_id integer not null,
        id uuid not null,
        number integer not null,
        at timestamptz not null,
        actor text not null,
        state text not null,
        measured text not null,
        owner text,
        reason text,
        constraint quality_event_pkey primary key (registry_id, id, number),
        constraint quality_event_finding_fkey
          foreign key (registry_id, id) references quality_finding (registry_id, id)
      )`);
    await runner.query(`
      create trigger quality_event_append_only before update or delete on quality_event
      for each row execute function refuse_change()`);
    await runner.query(`
      create table quality_run (
        registry_id integer not null,
        ran_at timestamptz,
        found integer not null default 0,
        constraint quality_run_pkey primary key (registry_id),
        constraint quality_run_registry_fkey foreign key (registry_id) references registry (registry_id)
      )`);
    await runner.query(`grant select, insert on quality_finding, quality_event, quality_run to marrow_app`);
    await runner.query(`
      grant update (measured, expected, detail, state, owner, reason, changes, last_seen_at)
      on quality_finding to marrow_app`);
    await runner.query(`grant update (ran_at, found) on quality_run to marrow_app`);
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}
