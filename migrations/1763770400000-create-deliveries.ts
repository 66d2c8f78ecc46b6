import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is told of what, where, and what has been sent to them. A webhook's secret signs: it stands as it is. */
export class CreateDeliveries1763770400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table subscription (
        registry_id integer not null,
        id uuid not null,
        topic text not null,
        org text not null,
        via text not null,
        address text not null,
        secret text,
        created_by uuid not null,
        created_at timestamptz not null default now(),
        ended_at timestamptz,
        constraint subscription_pkey primary key (registry_id, id),
        constraint subscription_org_fkey foreign key (registry_id, org) references org (registry_id, org),
        constraint subscription_created_by_fkey
          foreign key (registry_id, created_by) references account (registry_id, id),
        constraint subscription_topic_check check (topic in ('worklists')),
        constraint subscription_via_check check (via in ('mail', 'webhook')),
        constraint subscription_secret_check
          check ((secret is not null) = (via = 'webhook' and ended_at is null))
      )`);
    // Asked for twice, it would come twice each day.
    await runner.query(`
      create unique index subscription_live on subscription (registry_id, created_by, topic, org, via, address)
        where ended_at is null`);
    await runner.query(`
      create table delivery (
        registry_id integer not null,
        id uuid not null,
        subscription_id uuid not null,
        occasion text not null,
        body jsonb not null,
        state text not null,
        attempts integer not null default 0,
        created_at timestamptz not null,
        next_attempt_at timestamptz not null,
        delivered_at timestamptz,
        last_problem jsonb,
        constraint delivery_pkey primary key (registry_id, id),
        constraint delivery_occasion_key unique (registry_id, subscription_id, occasion),
        constraint delivery_subscription_fkey
          foreign key (registry_id, subscription_id) references subscription (registry_id, id),
        constraint delivery_state_check check (state in ('waiting', 'delivered', 'dead')),
        constraint delivery_delivered_check check ((delivered_at is not null) = (state = 'delivered'))
      )`);
    await runner.query(`create index delivery_waiting on delivery (next_attempt_at) where state = 'waiting'`);
    await runner.query(`grant select, insert on subscription, delivery to marrow_app`);
    await runner.query(`grant update (ended_at, secret) on subscription to marrow_app`);
    await runner.query(`
      grant update (state, attempts, next_attempt_at, delivered_at, last_problem) on delivery to marrow_app`);
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}
