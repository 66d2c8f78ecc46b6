import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files on their way into the ledger: where each comes from, what it states, what it would change, and what it became. */
export class CreateImports1763770300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table import_source (
        registry_id integer not null,
        source_id uuid not null,
        org text not null,
        kind text not null,
        name text not null,
        salt bytea not null,
        mapping jsonb,
        version bigint not null default 0,
        created_at timestamptz not null,
        constraint import_source_pkey primary key (registry_id, source_id),
        constraint import_source_org_fkey foreign key (registry_id, org) references org (registry_id, org)
      )`);
    await runner.query(`create unique index import_source_name on import_source (registry_id, org, kind, name)`);
    await runner.query(`
      create table import (
        registry_id integer not null,
        import_id uuid not null,
        source_id uuid not null,
        mode text not null,
        state text not null,
        file_name text not null,
        file_hash bytea not null,
        file_size bigint not null,
        mapping jsonb,
        notices jsonb,
        reason text,
        phase text not null,
        done bigint not null default 0,
        total bigint,
        counts jsonb,
        proposed_version bigint,
        proposed_position bigint,
        batches integer,
        next_batch integer not null default 0,
        entries_posted bigint not null default 0,
        question jsonb,
        problem jsonb,
        created_by text not null,
        created_at timestamptz not null,
        accepted_by text,
        accepted_at timestamptz,
        progressed_at timestamptz not null,
        finished_at timestamptz,
        constraint import_pkey primary key (registry_id, import_id),
        constraint import_source_fkey foreign key (registry_id, source_id)
          references import_source (registry_id, source_id),
        constraint import_mode_check check (mode in ('good_rows', 'all_or_nothing')),
        constraint import_state_check check (state in
          ('received', 'mapping', 'staged', 'accepted', 'posting', 'stopped', 'done', 'cancelled', 'refused'))
      )`);
    // Of one source one file at a time: the next is compared with what this one has made of the ledger.
    await runner.query(`
      create unique index import_one_posting on import (registry_id, source_id)
        where state in ('accepted', 'posting', 'stopped')`);
    await runner.query(`create index import_by_source on import (registry_id, source_id, created_at)`);
    await runner.query(`
      create table import_file (
        registry_id integer not null,
        import_id uuid not null,
        part integer not null,
        bytes bytea not null,
        constraint import_file_pkey primary key (registry_id, import_id, part),
        constraint import_file_import_fkey foreign key (registry_id, import_id) references import (registry_id, import_id)
      )`);
    await runner.query(`
      create table import_row (
        registry_id integer not null,
        import_id uuid not null,
        sheet integer not null,
        row integer not null,
        stated jsonb not null,
        stated_id uuid,
        kind text,
        org text,
        occurred_on date,
        donor_code text,
        case_code text,
        sample_code text,
        outcome text,
        content_key uuid,
        problems jsonb,
        breach jsonb,
        stored boolean not null default false,
        constraint import_row_pkey primary key (registry_id, import_id, sheet, row)
      )`);
    await runner.query(`
      create index import_row_invalid on import_row (registry_id, import_id, sheet, row)
        where problems is not null or breach is not null`);
    await runner.query(`
      create table import_step (
        registry_id integer not null,
        import_id uuid not null,
        batch integer not null,
        number integer not null,
        id uuid,
        reverses uuid,
        sheet integer,
        row integer,
        problem jsonb,
        constraint import_step_pkey primary key (registry_id, import_id, batch, number),
        constraint import_step_check check (id is not null or reverses is not null)
      )`);
    await runner.query(`
      create index import_step_row on import_step (registry_id, import_id, sheet, row) where row is not null`);
    await runner.query(`
      create table import_entry (
        registry_id integer not null,
        id uuid not null,
        source_id uuid not null,
        content_key uuid not null,
        import_id uuid not null,
        sheet integer not null,
        row integer not null,
        constraint import_entry_pkey primary key (registry_id, id),
        constraint import_entry_entry_fkey foreign key (registry_id, id) references entry (registry_id, id)
      )`);
    await runner.query(`create index import_entry_source on import_entry (registry_id, source_id, content_key)`);
    await runner.query(`grant select on import_source, import, import_file, import_row, import_step, import_entry
      to marrow_app`);
    await runner.query(`grant insert on import_source, import, import_file, import_row, import_step, import_entry
      to marrow_app`);
    await runner.query(`grant update (mapping, version) on import_source to marrow_app`);
    // Whose file it is, what it was and who brought it stay as they are.
    await runner.query(`
      grant update (state, mapping, notices, reason, phase, done, total, counts, proposed_version, proposed_position,
        batches, next_batch, entries_posted, question, problem, accepted_by, accepted_at, progressed_at, finished_at)
      on import to marrow_app`);
    await runner.query(`grant update (breach, stored) on import_row to marrow_app`);
    await runner.query(`grant update (problem) on import_step to marrow_app`);
    await runner.query(`grant delete on import_file, import_row, import_step to marrow_app`);
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}
