import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who did what to which thing, chained (R22); what a recount of the chain found; and the drills of a restore. */
export class CreateAudit1763770000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table audit_head (
        registry_id integer not null,
        seq bigint not null default 0,
        at timestamptz not null default '-infinity',
        hash bytea not null default '\\x',
        constraint audit_head_pkey primary key (registry_id),
        constraint audit_head_registry_fkey foreign key (registry_id) references registry (registry_id)
      )`);
    await runner.query(`
      create table audit_act (
        registry_id integer not null,
        seq bigint not null,
        at timestamptz not null,
        actor text not null,
        act text not null,
        thing text,
        org text,
        address text,
        result text not null,
        detail jsonb,
        hash bytea not null,
        constraint audit_act_pkey primary key (registry_id, seq),
        constraint audit_act_result_check check (result in ('done', 'refused', 'failed'))
      )`);
    await runner.query(`create index audit_act_at on audit_act (registry_id, at)`);
    await runner.query(`create index audit_act_actor on audit_act (registry_id, actor, seq)`);
    await runner.query(`create index audit_act_thing on audit_act (registry_id, thing, seq) where thing is not null`);
    await runner.query(`
      create table audit_checkpoint (
        registry_id integer not null,
        seq bigint not null,
        at timestamptz not null,
        hash bytea not null,
        pruned_at timestamptz not null,
        constraint audit_checkpoint_pkey primary key (registry_id, seq),
        constraint audit_checkpoint_registry_fkey foreign key (registry_id) references registry (registry_id)
      )`);
    await runner.query(`alter table verification add column audit jsonb`);
    await runner.query(`
      create table backup_drill (
        registry_id integer not null,
        started_at timestamptz not null,
        finished_at timestamptz not null,
        file text,
        bytes bigint,
        entries bigint,
        checked bigint,
        drift bigint,
        audit jsonb,
        problem jsonb,
        constraint backup_drill_pkey primary key (registry_id, started_at),
        constraint backup_drill_registry_fkey foreign key (registry_id) references registry (registry_id)
      )`);

    await runner.query(RECORD_ACTS);
    await runner.query(RECORD_ACT);
    await runner.query(GUARD_AUDIT);
    await runner.query(`
      create trigger audit_act_append_only before update or delete on audit_act
      for each row execute function guard_audit()`);
    await runner.query(GUARD_CHECKPOINT);
    await runner.query(`
      create trigger audit_checkpoint_of_an_old_act before insert or update or delete on audit_checkpoint
      for each row execute function guard_audit_checkpoint()`);
    await runner.query(PRUNE_AUDIT);

    await runner.query(`grant select on audit_act, audit_head, audit_checkpoint, backup_drill to marrow_app`);
    await runner.query(`grant insert on backup_drill to marrow_app`);
    for (const signature of [
      'record_acts(integer, json)',
      'record_act(integer, text, text, text, text, text, text, jsonb)',
      'prune_audit(integer, integer, text)',
    ]) {
      await runner.query(`revoke all on function ${signature} from public`);
      await runner.query(`grant execute on function ${signature} to marrow_app`);
    }
  }

  async down(): Promise<void> {
    throw new Error('what was done is never forgotten');
  }
}

// R22. Each act's hash is taken over the hash before it and the act's own text, under a lock of the head row that is
// held until commit: so the numbers have no gap, a rollback takes its numbers back, and nothing can be slipped in.
// To be called as late in a transaction as possible, and after everything else that is locked.
const RECORD_ACTS = `
  create function record_acts(of_registry integer, acts json) returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    head audit_head%rowtype;
    microseconds bigint;
    one record;
  begin
    select * into head from audit_head where registry_id = of_registry for no key update;
    if not found then
      insert into audit_head (registry_id) values (of_registry) on conflict do nothing;
      select * into head from audit_head where registry_id = of_registry for no key update;
    end if;
    head.at := greatest(clock_timestamp(), head.at);
    microseconds := extract(epoch from head.at) * 1000000;
    for one in
      select * from json_to_recordset(acts) as a (
        actor text, act text, thing text, org text, address text, result text, detail jsonb)
    loop
      head.seq := head.seq + 1;
      head.hash := sha256(head.hash || convert_to(json_build_array(of_registry, head.seq, microseconds,
        one.actor, one.act, one.thing, one.org, one.address, one.result, one.detail)::text, 'UTF8'));
      insert into audit_act (registry_id, seq, at, actor, act, thing, org, address, result, detail, hash)
        values (of_registry, head.seq, head.at, one.actor, one.act, one.thing, one.org, one.address, one.result,
          one.detail, head.hash);
    end loop;
    update audit_head set seq = head.seq, at = head.at, hash = head.hash where registry_id = of_registry;
    return head.seq;
  end $$`;

const RECORD_ACT = `
  create function record_act(of_registry integer, actor text, act text, thing text, org text, address text,
    result text, detail jsonb) returns bigint
  language sql security definer set search_path = public, pg_temp as $$
    select record_acts(of_registry, json_build_array(json_build_object('actor', actor, 'act', act, 'thing', thing,
      'org', org, 'address', address, 'result', result, 'detail', detail)))
  $$`;

// Also for the owner. An act may go only when a checkpoint stands for it.
const GUARD_AUDIT = `
  create function guard_audit() returns trigger language plpgsql set search_path = public, pg_temp as $$
  begin
    if tg_op = 'DELETE' and exists (
      select from audit_checkpoint where registry_id = old.registry_id and seq >= old.seq
    ) then
      return old;
    end if;
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
  end $$`;

// What a checkpoint stands for is an act of the chain that is older than six months.
const GUARD_CHECKPOINT = `
  create function guard_audit_checkpoint() returns trigger language plpgsql set search_path = public, pg_temp as $$
  begin
    if tg_op = 'INSERT' and new.at < clock_timestamp() - interval '6 months' and exists (
      select from audit_act
      where registry_id = new.registry_id and seq = new.seq and at = new.at and hash = new.hash
    ) then
      return new;
    end if;
    raise exception 'a checkpoint stands for an act older than six months, and stays'
      using errcode = 'insufficient_privilege';
  end $$`;

// Whole months only (Asia/Shanghai). The last act that goes leaves its hash behind, from which the rest is chained.
const PRUNE_AUDIT = `
  create function prune_audit(of_registry integer, keep_months integer, actor text) returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    kept_from timestamptz := (date_trunc('month', clock_timestamp() at time zone 'Asia/Shanghai')
      - make_interval(months => keep_months)) at time zone 'Asia/Shanghai';
    last_gone audit_act%rowtype;
    gone bigint;
  begin
    if keep_months is null or keep_months < 6 then
      raise exception 'acts are kept for six months at least'
        using errcode = 'check_violation', constraint = 'audit_retention';
    end if;
    perform from audit_head where registry_id = of_registry for no key update;
    select * into last_gone from audit_act
      where registry_id = of_registry and at < kept_from order by at desc, seq desc limit 1;
    if not found then
      return 0;
    end if;
    insert into audit_checkpoint (registry_id, seq, at, hash, pruned_at)
      values (of_registry, last_gone.seq, last_gone.at, last_gone.hash, clock_timestamp());
    delete from audit_act where registry_id = of_registry and seq <= last_gone.seq;
    get diagnostics gone = row_count;
    perform record_act(of_registry, actor, 'audit.prune', last_gone.seq::text, null, null, 'done',
      jsonb_build_object('acts', gone, 'before', kept_from));
    return gone;
  end $$`;
