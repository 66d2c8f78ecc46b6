import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The program posts the entries of a whole write as a set. Every other way in is posted row by row as before, by a
 * trigger that asks the database once a row instead of twice.
 */
export class PostEntriesAsASet1763770100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(POST_ENTRY);
    await runner.query('drop trigger entry_post on entry');
    // Rows are passed over only when they come posted from within post_entries: the setting alone is anybody's, but a
    // position of one's own the application may not state (below), and the owner's psql has no reason to say the word.
    await runner.query(`
      create trigger entry_post before insert on entry for each row
      when (new.position is null or current_setting('marrow.posting', true) is distinct from 'as a set')
      execute function post_entry()`);
    await runner.query('revoke insert on entry from marrow_app');
    await runner.query(`
      grant insert (registry_id, id, occurred_on, kind, org, donor_code, case_code, sample_code, outcome, reason,
        quantity, attributes, note_hash, justification, reverses) on entry to marrow_app`);

    await runner.query(BEGIN_WRITE);
    await runner.query(NEXT_POSITION);
    await runner.query(POST_ENTRIES);
    await runner.query('revoke all on function next_position(integer, text, text) from public');
    for (const signature of ['begin_write(integer, uuid[])', 'post_entries(integer, text, text, json)']) {
      await runner.query(`revoke all on function ${signature} from public`);
      await runner.query(`grant execute on function ${signature} to marrow_app`);
    }
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never taken back');
  }
}

// R1, R4, R20: the position, the month, the mirror of a reversal, and the mark, as the first migration has it; but the
// head row and the mark are looked for in one query, and the month is found without going through time zones.
const POST_ENTRY = `
  create or replace function post_entry() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    own_month date := date_trunc('month', new.occurred_on::timestamp)::date;
    open_month date;
    marked boolean;
    begins date;
    original entry%rowtype;
  begin
    select h.position, h.first_open_month, exists (
        select from recompute_mark m
        where m.registry_id = new.registry_id and m.position = h.position and m.org = new.org
          and m.posted_month = greatest(own_month, h.first_open_month) and m.kind = new.kind
      )
      into new.position, open_month, marked
      from registry_head h
      where h.registry_id = new.registry_id and h.xmin = pg_current_xact_id()::xid;
    if not found then
      new.position := take_position(new.registry_id, session_user, 'sql');
      select first_open_month into open_month from registry_head where registry_id = new.registry_id;
    end if;

    if new.reverses is null then
      -- Most rows of a COPY are spared the two look-ups: no zone is more than a day behind another, and the first day
      -- lies in the first open month or before it.
      if new.occurred_on >= current_date - 1
         and new.occurred_on > (clock_timestamp() at time zone 'Asia/Shanghai')::date then
        raise exception '% lies in the future', new.occurred_on
          using errcode = 'check_violation', constraint = 'entry_day';
      end if;
      if new.occurred_on <= open_month + 31 then
        select first_day into begins from registry where registry_id = new.registry_id;
        if new.occurred_on < begins then
          raise exception '% lies before the first day of the registry, %', new.occurred_on, begins
            using errcode = 'check_violation', constraint = 'entry_day';
        end if;
      end if;
      new.posted_month := greatest(own_month, open_month);
      new.original_month := new.posted_month;
      if new.posted_month <> own_month and new.justification is null then
        raise exception 'the month of % is closed: an adjustment needs a justification', new.occurred_on
          using errcode = 'check_violation', constraint = 'entry_adjustment';
      end if;
    else
      select * into original from entry where registry_id = new.registry_id and id = new.reverses;
      if not found then
        raise exception 'entry % does not exist', new.reverses
          using errcode = 'foreign_key_violation', constraint = 'entry_reverses';
      end if;
      if original.reverses is not null then
        raise exception 'entry % is a reversal and cannot be reversed', new.reverses
          using errcode = 'check_violation', constraint = 'entry_reverses';
      end if;
      if new.justification is null then
        raise exception 'a reversal needs a justification' using errcode = 'check_violation', constraint = 'entry_reverses';
      end if;
      if (new.kind, new.org, new.occurred_on, new.donor_code, new.case_code, new.sample_code, new.outcome, new.reason,
          new.attributes, new.quantity)
         is distinct from
         (original.kind, original.org, original.occurred_on, original.donor_code, original.case_code,
          original.sample_code, original.outcome, original.reason, original.attributes, -original.quantity) then
        raise exception 'a reversal mirrors its original, with the quantity negated'
          using errcode = 'check_violation', constraint = 'entry_reverses';
      end if;
      new.posted_month := greatest(original.posted_month, open_month);
      new.original_month := original.posted_month;
      -- Its month may be another than the one that was looked for.
      marked := null;
    end if;

    if marked is not true then
      insert into recompute_mark (registry_id, position, org, posted_month, kind)
        values (new.registry_id, new.position, new.org, new.posted_month, new.kind)
        on conflict do nothing;
    end if;
    return new;
  end $$`;

// The lock first, and what is stored in a statement after it, which sees all that was committed while it waited.
const BEGIN_WRITE = `
  create function begin_write(of_registry integer, ids uuid[], out first_open_month date, out stored uuid[])
  language plpgsql security definer set search_path = public, pg_temp as $$
  begin
    select h.first_open_month into first_open_month from registry_head h
      where h.registry_id = of_registry for no key update;
    stored := array(select e.id from entry e where e.registry_id = of_registry and e.id = any (ids));
  end $$`;

// R2, for a transaction that writes for several people: each writer's entries have a number of their own, in the order
// in which they are written. The same writer keeps the number that the transaction has.
const NEXT_POSITION = `
  create function next_position(of_registry integer, actor text, origin text) returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    taken bigint := take_position(of_registry, actor, origin);
  begin
    if exists (
      select from ledger_write w
      where w.registry_id = of_registry and w.position = taken and w.recorded_by = actor and w.source = origin
    ) then
      return taken;
    end if;
    update registry_head
      set position = position + 1, recorded_at = greatest(clock_timestamp(), recorded_at)
      where registry_id = of_registry
      returning position into taken;
    insert into ledger_write (registry_id, position, recorded_at, recorded_by, source)
      select registry_id, position, recorded_at, actor, origin from registry_head where registry_id = of_registry;
    return taken;
  end $$`;

// R4, R20 for originals, as a set: what post_entry does for a row. Reversals come in by the trigger.
const POST_ENTRIES = `
  create function post_entries(of_registry integer, actor text, origin text, rows json,
    out taken bigint, out taken_at timestamptz)
  language plpgsql security definer
  set search_path = public, pg_temp as $$
  declare
    open_month date;
    begins date;
    earliest date;
    latest date;
    unjustified date;
  begin
    taken := next_position(of_registry, actor, origin);
    select h.first_open_month, h.recorded_at, r.first_day into open_month, taken_at, begins
      from registry_head h join registry r using (registry_id) where h.registry_id = of_registry;
    -- Set here and not in the head: only a superuser may give a function a setting of one's own making.
    perform set_config('marrow.posting', 'as a set', true);
    with posted as (
      insert into entry (registry_id, id, position, posted_month, occurred_on, kind, org, donor_code, case_code,
          sample_code, outcome, reason, quantity, attributes, note_hash, justification, original_month)
        select of_registry, r.id, taken, month, r.occurred_on, r.kind, r.org, r.donor_code, r.case_code,
          r.sample_code, r.outcome, r.reason, coalesce(r.quantity, 1), r.attributes, decode(r.note_hash, 'hex'),
          r.justification, month
        from json_to_recordset(rows) as r (id uuid, occurred_on date, kind text, org text, donor_code text,
            case_code text, sample_code text, outcome text, reason text, quantity numeric, attributes jsonb,
            note_hash text, justification text),
          greatest(date_trunc('month', r.occurred_on::timestamp)::date, open_month) as month
        returning occurred_on, posted_month, org, kind, justification
    ), marked as (
      insert into recompute_mark (registry_id, position, org, posted_month, kind)
        select distinct of_registry, taken, org, posted_month, kind from posted
        on conflict do nothing
    )
    select min(occurred_on), max(occurred_on),
        min(occurred_on) filter (where occurred_on < posted_month and justification is null)
      into earliest, latest, unjustified from posted;
    perform set_config('marrow.posting', '', true);
    if latest > (clock_timestamp() at time zone 'Asia/Shanghai')::date then
      raise exception '% lies in the future', latest using errcode = 'check_violation', constraint = 'entry_day';
    end if;
    if earliest < begins then
      raise exception '% lies before the first day of the registry, %', earliest, begins
        using errcode = 'check_violation', constraint = 'entry_day';
    end if;
    if unjustified is not null then
      raise exception 'the month of % is closed: an adjustment needs a justification', unjustified
        using errcode = 'check_violation', constraint = 'entry_adjustment';
    end if;
  end $$`;
