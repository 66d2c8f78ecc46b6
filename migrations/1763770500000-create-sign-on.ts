import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Signing in by an OpenID Connect provider. An administrator says by which name the provider knows an account; the
 * first sign-on by that name ties the provider's own identifier of the person to it, and the name counts no more.
 */
export class CreateSignOn1763770500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table account
        add column sign_on_name text,
        add column sign_on_issuer text,
        add column sign_on_subject text,
        add constraint account_sign_on_name_key unique (registry_id, sign_on_name),
        add constraint account_sign_on_subject_key unique (registry_id, sign_on_issuer, sign_on_subject),
        add constraint account_sign_on_check check (
          (sign_on_issuer is null) = (sign_on_subject is null)
          and (sign_on_subject is null or sign_on_name is not null))`);
    await runner.query(`alter table session add column signed_on boolean not null default false`);
    // Of registry 0: whose it is turns out at its end.
    await runner.query(`
      create table sign_on_attempt (
        registry_id integer not null,
        token_hash bytea not null,
        state text not null,
        nonce text not null,
        code_verifier text not null,
        ends_at timestamptz not null,
        constraint sign_on_attempt_pkey primary key (registry_id, token_hash)
      )`);
    await runner.query(`grant update (sign_on_name, sign_on_issuer, sign_on_subject) on account to marrow_app`);
    await runner.query(`grant select, insert, delete on sign_on_attempt to marrow_app`);
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}
