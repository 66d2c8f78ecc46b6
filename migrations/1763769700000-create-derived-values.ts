import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is derived from the ledger and can be rebuilt from it, the targets it is held against, and the recounts. */
export class CreateDerivedValues1763769700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table monthly_tally (
        registry_id integer not null,
        org text not null,
        posted_month date not null,
        kind text not null,
        outcome text not null,
        reason text not null,
        original_month date not null,
        originals bigint not null,
        reversals bigint not null,
        quantity numeric not null,
        constraint monthly_tally_pkey
          primary key (registry_id, org, posted_month, kind, outcome, reason, original_month)
      )`);
    await runner.query(`
      create table metric_value (
        registry_id integer not null,
        org text not null,
        own boolean not null,
        period text not null,
        key text not null,
        state text not null,
        value numeric not null,
        version integer not null,
        position bigint not null,
        computed_at timestamptz not null,
        constraint metric_value_pkey primary key (registry_id, org, own, period, key),
        constraint metric_value_state_check check (state in ('value', 'zero'))
      )`);
    await runner.query(`
      create table indicator_value (
        registry_id integer not null,
        org text not null,
        own boolean not null,
        period text not null,
        key text not null,
        state text not null,
        value numeric,
        numerator numeric,
        denominator numeric not null,
        version integer not null,
        position bigint not null,
        computed_at timestamptz not null,
        constraint indicator_value_pkey primary key (registry_id, org, own, period, key),
        constraint indicator_value_state_check check (state in ('value', 'zero', 'not_applicable'))
      )`);
    await runner.query(`
      create table recompute_head (
        registry_id integer not null,
        position bigint not null default 0,
        computed_at timestamptz,
        constraint recompute_head_pkey primary key (registry_id),
        constraint recompute_head_registry_fkey foreign key (registry_id) references registry (registry_id)
      )`);
    await runner.query(`
      create table target (
        registry_id integer not null,
        org text not null,
        period text not null,
        key text not null,
        operator text not null,
        value numeric not null,
        constraint target_pkey primary key (registry_id, org, period, key),
        constraint target_org_fkey foreign key (registry_id, org) references org (registry_id, org),
        constraint target_operator_check check (operator in ('ge', 'le', 'eq'))
      )`);
    await runner.query(`
      create table verification (
        registry_id integer not null,
        started_at timestamptz not null,
        finished_at timestamptz not null,
        checked bigint not null,
        drift bigint not null,
        findings jsonb not null,
        constraint verification_pkey primary key (registry_id, started_at),
        constraint verification_registry_fkey foreign key (registry_id) references registry (registry_id)
      )`);
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}
