import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The files that reported values refer to. Kept as they came: what a figure rests on is neither changed nor removed. */
export class CreateEvidence1763771000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table evidence_file (
        registry_id integer not null,
        code text not null,
        org text not null,
        sha256 bytea not null,
        name text not null,
        media_type text not null,
        size integer not null,
        bytes bytea not null,
        uploaded_by text not null,
        uploaded_at timestamptz not null default now(),
        constraint evidence_file_pkey primary key (registry_id, code),
        constraint evidence_file_org_fkey foreign key (registry_id, org) references org (registry_id, org),
        constraint evidence_file_sha256_key unique (registry_id, org, sha256),
        constraint evidence_file_size_check
          check (size = octet_length(bytes) and size >= 1 and size <= 20971520),
        constraint evidence_file_sha256_check check (sha256 = sha256(bytes))
      )`);
    await runner.query(`create index evidence_file_uploaded on evidence_file (registry_id, uploaded_at, code)`);
    await runner.query(`
      create trigger evidence_file_append_only before update or delete on evidence_file
      for each row execute function refuse_change()`);
    await runner.query(`grant select, insert on evidence_file to marrow_app`);
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}
