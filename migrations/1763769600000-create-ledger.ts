import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Registries and their orgs, the append-only ledger, and the marks that tell the workers what to recompute. */
export class CreateLedger1763769600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table registry (
        registry_id integer not null,
        name_zh text not null,
        name_en text not null,
        first_day date not null,
        demonstration boolean not null default false,
        constraint registry_pkey primary key (registry_id)
      )`);
    await runner.query(`
      create table org (
        registry_id integer not null,
        org text not null,
        parent text,
        level text not null,
        name_zh text not null,
        name_en text not null,
        closed_on date,
        constraint org_pkey primary key (registry_id, org),
        constraint org_registry_fkey foreign key (registry_id) references registry (registry_id),
        constraint org_parent_fkey foreign key (registry_id, parent) references org (registry_id, org),
        constraint org_level_check check (level in ('registry', 'city', 'county', 'station', 'university')),
        constraint org_root_check check ((parent is null) = (level = 'registry'))
      )`);
    await runner.query(`create unique index org_one_root on org (registry_id) where parent is null`);
    await runner.query(`
      create view org_closure as
        with recursive below (registry_id, ancestor, org) as (
          select registry_id, org, org from org
          union
          select below.registry_id, below.ancestor, child.org
          from below join org child on child.registry_id = below.registry_id and child.parent = below.org
        )
        select registry_id, ancestor, org from below`);
    await runner.query(`
      create table registry_head (
        registry_id integer not null,
        position bigint not null default 0,
        recorded_at timestamptz not null default '-infinity',
        first_open_month date not null,
        constraint registry_head_pkey primary key (registry_id),
        constraint registry_head_registry_fkey foreign key (registry_id) references registry (registry_id)
      )`);
    await runner.query(`
      create table ledger_write (
        registry_id integer not null,
        position bigint not null,
        recorded_at timestamptz not null,
        recorded_by text not null,
        source text not null,
        constraint ledger_write_pkey primary key (registry_id, position),
        constraint ledger_write_registry_fkey foreign key (registry_id) references registry (registry_id)
      )`);
    await runner.query(`
      create table entry (
        registry_id integer not null,
        id uuid not null,
        position bigint not null,
        posted_month date not null,
        occurred_on date not null,
        kind text not null,
        org text not null,
        donor_code text,
        case_code text,
        sample_code text,
        outcome text,
        reason text,
        quantity numeric not null default 1,
        attributes jsonb,
        note_hash bytea,
        justification text,
        reverses uuid,
        original_month date not null,
        constraint entry_pkey primary key (registry_id, id),
        constraint entry_org_fkey foreign key (registry_id, org) references org (registry_id, org),
        constraint entry_day_check check (isfinite(occurred_on)),
        constraint entry_quantity_check check (scale(quantity) <= 2 and abs(quantity) < 1000000000),
        constraint entry_original_check check (reverses is not null or quantity >= 0)
      )`);
    await runner.query(`create index entry_cell on entry (registry_id, org, posted_month, kind)`);
    await runner.query(
      `create index entry_donor on entry (registry_id, donor_code, kind) where donor_code is not null`,
    );
    await runner.query(`create index entry_case on entry (registry_id, case_code, kind) where case_code is not null`);
    await runner.query(
      `create index entry_sample on entry (registry_id, sample_code, kind) where sample_code is not null`,
    );
    await runner.query(`create index entry_opening on entry (registry_id, org, kind) where kind like 'Opening%'`);
    await runner.query(
      `create unique index entry_reversal on entry (registry_id, reverses) where reverses is not null`,
    );
    await runner.query(
      `create index entry_reversed_cell on entry (registry_id, org, posted_month, kind) where reverses is not null`,
    );
    await runner.query(`
      create table entry_note (
        registry_id integer not null,
        id uuid not null,
        note text,
        salt bytea not null,
        constraint entry_note_pkey primary key (registry_id, id),
        constraint entry_note_entry_fkey foreign key (registry_id, id) references entry (registry_id, id)
      )`);
    await runner.query(`
      create table month_event (
        registry_id integer not null,
        position bigint not null,
        month date not null,
        action text not null,
        reason text,
        constraint month_event_pkey primary key (registry_id, position, month),
        constraint month_event_write_fkey foreign key (registry_id, position)
          references ledger_write (registry_id, position),
        constraint month_event_action_check check (action in ('close', 'reopen')),
        constraint month_event_reason_check check (action = 'close' or reason is not null)
      )`);
    await runner.query(`
      create table recompute_mark (
        registry_id integer not null,
        position bigint not null,
        org text not null,
        posted_month date not null,
        kind text not null,
        constraint recompute_mark_pkey primary key (registry_id, position, org, posted_month, kind)
      )`);

    await runner.query(LOCK_REGISTRY);
    await runner.query(TAKE_POSITION);
    await runner.query(POST_ENTRY);
    await runner.query(`
      create trigger entry_post before insert on entry for each row execute function post_entry()`);
    await runner.query(REFUSE_CHANGE);
    for (const table of ['entry', 'ledger_write', 'month_event']) {
      await runner.query(`
        create trigger ${table}_append_only before update or delete on ${table}
        for each row execute function refuse_change()`);
    }
    await runner.query(GUARD_NOTE);
    await runner.query(`
      create trigger entry_note_of_entry before insert or update or delete on entry_note
      for each row execute function guard_note()`);
    await runner.query(GUARD_ORG);
    await runner.query(
      `create trigger org_parent before insert or update or delete on org for each row execute function guard_org()`,
    );
    await runner.query(GUARD_REGISTRY);
    await runner.query(
      `create trigger registry_first_day before update on registry for each row execute function guard_registry()`,
    );
    await runner.query(CLOSE_MONTH);
    await runner.query(REOPEN_MONTH);
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never taken back');
  }
}

// Writers and closers of one registry take turns: the head row stays locked until commit.
const LOCK_REGISTRY = `
  create function lock_registry(of_registry integer) returns table (first_open_month date)
  language sql security definer set search_path = public, pg_temp as $$
    select first_open_month from registry_head where registry_id = of_registry for no key update
  $$`;

// R2: one number per write transaction and registry, under a lock of the head row that is held until commit.
// Whether this transaction has its number already is read from the head row's own xmin: nothing is stored for it.
// Inside a savepoint the row's xmin is that of the savepoint, so that each entry or call there takes a number of its
// own. That does no harm: they are rolled back with it, and positions still follow the order of commits.
const TAKE_POSITION = `
  create function take_position(of_registry integer, actor text, origin text) returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    taken bigint;
  begin
    select position into taken from registry_head
      where registry_id = of_registry and xmin = pg_current_xact_id()::xid;
    if found then
      return taken;
    end if;
    update registry_head
      set position = position + 1, recorded_at = greatest(clock_timestamp(), recorded_at)
      where registry_id = of_registry
      returning position into taken;
    if not found then
      raise exception 'registry % does not exist', of_registry using errcode = 'foreign_key_violation';
    end if;
    insert into ledger_write (registry_id, position, recorded_at, recorded_by, source)
      select registry_id, position, recorded_at, actor, origin from registry_head where registry_id = of_registry;
    return taken;
  end $$`;

// R1, R4, R20, for every way in: the position, the month, the mirror of a reversal, and the mark.
const POST_ENTRY = `
  create function post_entry() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    open_month date;
    begins date;
    original entry%rowtype;
  begin
    select position, first_open_month into new.position, open_month from registry_head
      where registry_id = new.registry_id and xmin = pg_current_xact_id()::xid;
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
      new.posted_month := greatest(date_trunc('month', new.occurred_on)::date, open_month);
      new.original_month := new.posted_month;
      if new.posted_month <> date_trunc('month', new.occurred_on)::date and new.justification is null then
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
    end if;

    if not exists (
      select from recompute_mark m
      where m.registry_id = new.registry_id and m.position = new.position and m.org = new.org
        and m.posted_month = new.posted_month and m.kind = new.kind
    ) then
      insert into recompute_mark (registry_id, position, org, posted_month, kind)
        values (new.registry_id, new.position, new.org, new.posted_month, new.kind);
    end if;
    return new;
  end $$`;

const REFUSE_CHANGE = `
  create function refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception '% is append-only: correct an entry by a reversal and a new entry', tg_table_name
      using errcode = 'insufficient_privilege';
  end $$`;

// R8: a note is the one that its entry holds the hash of. It may be blanked; nothing else of it may change, and
// nothing may go.
const GUARD_NOTE = `
  create function guard_note() returns trigger language plpgsql set search_path = public, pg_temp as $$
  begin
    if tg_op = 'INSERT' then
      if exists (
        select from entry where registry_id = new.registry_id and id = new.id
          and note_hash = sha256(new.salt || convert_to(new.note, 'UTF8'))
      ) then
        return new;
      end if;
      raise exception 'entry % holds the hash of another note, or of none', new.id
        using errcode = 'check_violation', constraint = 'entry_note_hash';
    end if;
    if tg_op = 'UPDATE' and new.note is null
       and (new.registry_id, new.id, new.salt) is not distinct from (old.registry_id, old.id, old.salt) then
      return new;
    end if;
    raise exception 'a note can only be blanked' using errcode = 'insufficient_privilege';
  end $$`;

// R14: an org keeps its parent once it, or an org below it, has entries, and never lies below itself. Under the lock
// that every writer holds, entries that are not yet committed are waited for, and two moves see each other.
const GUARD_ORG = `
  create function guard_org() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    above text;
    seen text[];
  begin
    if tg_op = 'UPDATE' and (new.registry_id, new.org, new.parent, new.level)
       is not distinct from (old.registry_id, old.org, old.parent, old.level) then
      return new;
    end if;
    if tg_op <> 'INSERT' then
      perform lock_registry(old.registry_id);
      if exists (
        select from org_closure c join entry e on e.registry_id = c.registry_id and e.org = c.org
        where c.registry_id = old.registry_id and c.ancestor = old.org
      ) then
        raise exception 'org % has entries and keeps its place: close it and open another', old.org
          using errcode = 'check_violation', constraint = 'org_parent';
      end if;
      if tg_op = 'DELETE' then
        return old;
      end if;
    end if;
    -- One insert may bring an org and its parent in either order: what is not there yet is looked at when it comes.
    seen := array[new.org];
    above := new.parent;
    while above is not null loop
      if above = any (seen) then
        raise exception 'org % would lie below itself', new.org
          using errcode = 'check_violation', constraint = 'org_cycle';
      end if;
      seen := seen || above;
      above := (select parent from org where registry_id = new.registry_id and org = above);
    end loop;
    return new;
  end $$`;

// R6: entries are dated from the first day on, and openings on it.
const GUARD_REGISTRY = `
  create function guard_registry() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
  begin
    if (new.registry_id, new.first_day) is distinct from (old.registry_id, old.first_day) then
      perform lock_registry(old.registry_id);
      if exists (select from entry where registry_id = old.registry_id) then
        raise exception 'registry % has entries and keeps its first day', old.registry_id
          using errcode = 'check_violation', constraint = 'registry_first_day';
      end if;
    end if;
    return new;
  end $$`;

// R3: months close in order, only after their last day (Asia/Shanghai). The head row's lock keeps writers out.
const CLOSE_MONTH = `
  create function close_month(of_registry integer, of_month date, actor text, why text) returns bigint
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
    insert into month_event (registry_id, position, month, action, reason)
      values (of_registry, taken, of_month, 'close', why);
    update registry_head set first_open_month = (of_month + interval '1 month')::date where registry_id = of_registry;
    return taken;
  end $$`;

const REOPEN_MONTH = `
  create function reopen_month(of_registry integer, of_month date, actor text, why text) returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    taken bigint := take_position(of_registry, actor, 'reopen');
  begin
    if not exists (
      select from registry_head
      where registry_id = of_registry and first_open_month = (of_month + interval '1 month')::date
    ) or not exists (
      select from month_event where registry_id = of_registry and month = of_month and action = 'close'
    ) then
      raise exception 'months reopen from the last closed one: % is not it', of_month
        using errcode = 'check_violation', constraint = 'month_order';
    end if;
    insert into month_event (registry_id, position, month, action, reason)
      values (of_registry, taken, of_month, 'reopen', why);
    update registry_head set first_open_month = of_month where registry_id = of_registry;
    return taken;
  end $$`;
