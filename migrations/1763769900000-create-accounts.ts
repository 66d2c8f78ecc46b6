import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who may come in. Of passwords, sessions, tokens, links and recovery codes the database holds hashes alone; what the
 * second factor is reckoned from stands beside the password's hash, apart from what pages list.
 */
export class CreateAccounts1763769900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table account (
        registry_id integer not null,
        id uuid not null,
        name text not null,
        display_name text not null,
        role text not null,
        org text not null,
        demonstration boolean not null default false,
        created_at timestamptz not null default now(),
        created_by text not null,
        disabled_at timestamptz,
        constraint account_pkey primary key (registry_id, id),
        constraint account_name_key unique (registry_id, name),
        constraint account_org_fkey foreign key (registry_id, org) references org (registry_id, org),
        constraint account_role_check check (role in ('clerk', 'reviewer', 'officer', 'auditor', 'administrator'))
      )`);
    await runner.query(`
      create table account_secret (
        registry_id integer not null,
        account_id uuid not null,
        password_hash text,
        must_change_password boolean not null,
        password_changed_at timestamptz not null default now(),
        totp_secret text,
        totp_confirmed_at timestamptz,
        totp_last_step bigint,
        constraint account_secret_pkey primary key (registry_id, account_id),
        constraint account_secret_account_fkey
          foreign key (registry_id, account_id) references account (registry_id, id)
      )`);
    await runner.query(`
      create table recovery_code (
        registry_id integer not null,
        account_id uuid not null,
        code_hash bytea not null,
        constraint recovery_code_pkey primary key (registry_id, account_id, code_hash),
        constraint recovery_code_account_fkey
          foreign key (registry_id, account_id) references account (registry_id, id)
      )`);
    await runner.query(`
      create table session (
        registry_id integer not null,
        token_hash bytea not null,
        account_id uuid not null,
        created_at timestamptz not null default now(),
        seen_at timestamptz not null default now(),
        ends_at timestamptz not null,
        address text,
        constraint session_pkey primary key (registry_id, token_hash),
        constraint session_account_fkey foreign key (registry_id, account_id) references account (registry_id, id)
      )`);
    await runner.query(`create index session_account on session (registry_id, account_id)`);
    await runner.query(`
      create table access_token (
        registry_id integer not null,
        id uuid not null,
        token_hash bytea not null,
        account_id uuid not null,
        name text not null,
        permissions text[] not null,
        created_at timestamptz not null default now(),
        ends_at timestamptz not null,
        used_at timestamptz,
        revoked_at timestamptz,
        constraint access_token_pkey primary key (registry_id, id),
        constraint access_token_hash_key unique (registry_id, token_hash),
        constraint access_token_account_fkey
          foreign key (registry_id, account_id) references account (registry_id, id)
      )`);
    await runner.query(`create index access_token_account on access_token (registry_id, account_id)`);
    // Not tied to accounts: names that nobody has are counted too, so that they answer alike.
    await runner.query(`
      create table sign_in_attempt (
        registry_id integer not null,
        subject text not null,
        attempts integer not null,
        tried_at timestamptz not null,
        locked_until timestamptz,
        constraint sign_in_attempt_pkey primary key (registry_id, subject)
      )`);
    // Of registry 0 until there is one.
    await runner.query(`
      create table setup_link (
        registry_id integer not null,
        token_hash bytea not null,
        ends_at timestamptz not null,
        constraint setup_link_pkey primary key (registry_id, token_hash)
      )`);
    await runner.query(`grant select, insert on account to marrow_app`);
    await runner.query(`grant update (display_name, role, org, disabled_at) on account to marrow_app`);
    await runner.query(`grant select, insert, update on account_secret to marrow_app`);
    await runner.query(`grant select, insert on access_token to marrow_app`);
    await runner.query(`grant update (used_at, revoked_at) on access_token to marrow_app`);
    for (const table of ['recovery_code', 'setup_link']) {
      await runner.query(`grant select, insert, delete on ${table} to marrow_app`);
    }
    for (const table of ['session', 'sign_in_attempt']) {
      await runner.query(`grant select, insert, update, delete on ${table} to marrow_app`);
    }
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}
