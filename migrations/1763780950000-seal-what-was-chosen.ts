import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A month is sealed by what its registry has chosen: not between a choice and the computing that follows it. */
export class SealWhatWasChosen1763780950000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CLOSE_MONTH);
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}

// As it was, but that a choice that no value follows yet holds it up as an entry does.
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
    if exists (
      select from recompute_head c join setting s on s.registry_id = c.registry_id and s.number > c.settings
      where c.registry_id = of_registry and c.position > 0
    ) then
      raise exception 'a choice waits to be computed before month % is closed', of_month
        using errcode = 'check_violation', constraint = 'month_marks';
    end if;
    insert into month_event (registry_id, position, month, action, reason)
      values (of_registry, taken, of_month, 'close', why);
    perform seal_month(of_registry, of_month, taken);
    update registry_head set first_open_month = (of_month + interval '1 month')::date where registry_id = of_registry;
    return taken;
  end $$`;
