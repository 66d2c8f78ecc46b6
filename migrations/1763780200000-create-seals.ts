import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Closing a month seals it: its entries and values, hashed and chained, by the database itself (R21). */
export class CreateSeals1763780200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table seal (
        registry_id integer not null,
        period text not null,
        number integer not null,
        seq bigint not null,
        position bigint not null,
        definitions text,
        entries bigint,
        entries_hash bytea,
        figures bigint not null,
        figures_hash bytea not null,
        previous bytea not null,
        hash bytea not null,
        constraint seal_pkey primary key (registry_id, period, number),
        constraint seal_seq_key unique (registry_id, seq),
        constraint seal_write_fkey foreign key (registry_id, position) references ledger_write (registry_id, position),
        constraint seal_entries_check check ((entries is null) = (entries_hash is null))
      )`);
    await runner.query(`
      create table sealed_value (
        registry_id integer not null,
        period text not null,
        number integer not null,
        org text not null,
        own boolean not null,
        key text not null,
        state text not null,
        value numeric,
        numerator numeric,
        denominator numeric,
        version integer not null,
        constraint sealed_value_pkey primary key (registry_id, period, number, org, own, key),
        constraint sealed_value_seal_fkey
          foreign key (registry_id, period, number) references seal (registry_id, period, number)
      )`);
    await runner.query(`alter table verification add column seals jsonb`);
    for (const table of ['seal', 'sealed_value']) {
      await runner.query(`
        create trigger ${table}_append_only before update or delete on ${table}
        for each row execute function refuse_change()`);
      await runner.query(`grant select on ${table} to marrow_app`);
    }
    for (const made of [SEAL_PERIOD, SEAL_MONTH, CLOSE_MONTH]) await runner.query(made);
    for (const signature of [
      'seal_period(integer, text, date, integer, bigint)',
      'seal_month(integer, date, bigint)',
    ]) {
      await runner.query(`revoke all on function ${signature} from public`);
    }
    await runner.query(SEAL_CLOSED);
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}

// Texts are put in the order of their bytes, which no collation of a server changes; a row stands as its own hash, so
// that a million of them are 32 MB. Notes stay out but for their hashes (R8). Of a period longer than a month the
// entries are those that its months have sealed.
const SEAL_PERIOD = `
  create function seal_period(of_registry integer, of_period text, of_month date, of_number integer, of_position bigint)
  returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    taken ledger_write%rowtype;
    tail seal%rowtype;
    by_definitions text := (select definitions from recompute_head where registry_id = of_registry);
    orgs text[] := array(select org from org where registry_id = of_registry);
    sealed_entries bigint;
    digest bytea;
  begin
    select * into taken from ledger_write where registry_id = of_registry and position = of_position;
    select * into tail from seal where registry_id = of_registry order by seq desc limit 1;
    if of_month is not null then
      with fact as materialized (
        select id, position, sha256(convert_to(json_build_array(id, position, posted_month, occurred_on, kind, org,
            donor_code, case_code, sample_code, outcome, reason, trim_scale(quantity), attributes,
            encode(note_hash, 'hex'), justification, reverses, original_month)::text, 'UTF8')) as hash
        from entry where registry_id = of_registry and org = any (orgs) and posted_month = of_month
      ), written as (
        select w.position, sha256(convert_to(json_build_array(w.position,
            (extract(epoch from w.recorded_at) * 1000000)::bigint, w.recorded_by, w.source)::text, 'UTF8')) as hash
        from (select distinct position from fact) f
        cross join lateral (
          select * from ledger_write l where l.registry_id = of_registry and l.position = f.position limit 1
        ) w
      )
      select count(*), sha256(coalesce(string_agg(hash, '' order by id), '')
          || coalesce((select string_agg(hash, '' order by position) from written), ''))
        into sealed_entries, digest from fact;
    end if;
    with figure as (
      insert into sealed_value
          (registry_id, period, number, org, own, key, state, value, numerator, denominator, version)
        select registry_id, period, of_number, org, own, key, state, value, null, null, version from metric_value
          where registry_id = of_registry and org = any (orgs) and own in (true, false) and period = of_period
        union all
        select registry_id, period, of_number, org, own, key, state, value, numerator, denominator, version
          from indicator_value
          where registry_id = of_registry and org = any (orgs) and own in (true, false) and period = of_period
        returning org, own, key, sha256(convert_to(json_build_array(org, own, key, state, value, numerator, denominator,
          version)::text, 'UTF8')) as hash
    ), summed as (
      select count(*) as figures,
        sha256(coalesce(string_agg(hash, '' order by org collate "C", own, key collate "C"), '')) as hash
      from figure
    )
    insert into seal (registry_id, period, number, seq, position, definitions, entries, entries_hash, figures,
        figures_hash, previous, hash)
      select of_registry, of_period, of_number, coalesce(tail.seq, 0) + 1, of_position, by_definitions, sealed_entries,
        digest, s.figures, s.hash, coalesce(tail.hash, ''),
        sha256(coalesce(tail.hash, '') || convert_to(json_build_array(of_registry, coalesce(tail.seq, 0) + 1, of_period,
          of_number, of_position, (extract(epoch from taken.recorded_at) * 1000000)::bigint, taken.recorded_by,
          by_definitions, sealed_entries, encode(digest, 'hex'), s.figures, encode(s.hash, 'hex'))::text, 'UTF8'))
      from summed s;
  end $$`;

// The last month of a quarter, a half-year or a year seals these too, in this order.
const SEAL_MONTH = `
  create function seal_month(of_registry integer, of_month date, of_position bigint) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    of_number integer := (
      select count(*) from month_event where registry_id = of_registry and month = of_month and action = 'close'
    );
    of_year text := to_char(of_month, 'YYYY');
    month_of_year integer := extract(month from of_month);
  begin
    perform seal_period(of_registry, to_char(of_month, 'YYYY-MM'), of_month, of_number, of_position);
    if month_of_year % 3 = 0 then
      perform seal_period(of_registry, of_year || '-Q' || month_of_year / 3, null, of_number, of_position);
    end if;
    if month_of_year % 6 = 0 then
      perform seal_period(of_registry, of_year || '-H' || month_of_year / 6, null, of_number, of_position);
    end if;
    if month_of_year = 12 then
      perform seal_period(of_registry, of_year, null, of_number, of_position);
    end if;
  end $$`;

// As it was, but that it seals, and refuses while entries of the month are not yet in its values.
const CLOSE_MONTH = `
  create or replace function close_month(of_registry integer, of_month date, actor text, why text) returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    open_month date;
    taken bigint := take_position(of_registry, actor, 'close');
  begin
    select first_open_month into open_month from registry_head where registry_id = of_registry;
    if of_month <> open_month then
      raise exception 'months close in order: % is next', open_month
        using errcode = 'check_violation', constraint = 'month_order';
    end if;
    if (clock_timestamp() at time zone 'Asia/Shanghai')::date < (of_month + interval '1 month')::date then
      raise exception 'month % is not over', of_month using errcode = 'check_violation', constraint = 'month_over';
    end if;
    if exists (select from recompute_mark where registry_id = of_registry and posted_month <= of_month) then
      raise exception 'entries of month % wait to be computed', of_month
        using errcode = 'check_violation', constraint = 'month_marks';
    end if;
    insert into month_event (registry_id, position, month, action, reason)
      values (of_registry, taken, of_month, 'close', why);
    perform seal_month(of_registry, of_month, taken);
    update registry_head set first_open_month = (of_month + interval '1 month')::date where registry_id = of_registry;
    return taken;
  end $$`;

// What was closed by a version without seals is sealed as it stands.
const SEAL_CLOSED = `
  do $$
  declare
    closed record;
  begin
    for closed in
      select distinct e.registry_id, e.month from month_event e join registry_head h using (registry_id)
      where e.month < h.first_open_month order by 1, 2
    loop
      perform seal_month(closed.registry_id, closed.month, take_position(closed.registry_id, 'migration', 'seal'));
    end loop;
  end $$`;
