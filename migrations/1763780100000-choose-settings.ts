import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an office chose among the meanings that a definition may have, each from a month on (R15). */
export class ChooseSettings1763780100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table setting (
        registry_id integer not null,
        number integer not null,
        key text not null,
        choice text not null,
        since date not null,
        reason text not null,
        position bigint not null,
        constraint setting_pkey primary key (registry_id, number),
        constraint setting_write_fkey foreign key (registry_id, position)
          references ledger_write (registry_id, position),
        constraint setting_number_check check (number between 1 and 999),
        constraint setting_since_check check (extract(day from since) = 1)
      )`);
    await runner.query(`
      create trigger setting_append_only before update or delete on setting
      for each row execute function refuse_change()`);
    await runner.query(`alter table recompute_head add column settings integer not null default 0`);
    await runner.query(CHOOSE_SETTING);
    await runner.query(`revoke all on function choose_setting(integer, text, text, date, text, text) from public`);
    await runner.query(`grant execute on function choose_setting(integer, text, text, date, text, text) to marrow_app`);
    await runner.query(`grant select on setting to marrow_app`);
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}

// Under the lock of the registry's head, which a close takes too: a month that is closed keeps what its figures mean.
const CHOOSE_SETTING = `
  create function choose_setting(of_registry integer, of_key text, chosen text, from_month date, actor text, why text)
  returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    taken bigint := take_position(of_registry, actor, 'setting');
    given integer;
  begin
    if from_month < (select first_open_month from registry_head where registry_id = of_registry) then
      raise exception '% is closed: a setting begins in an open month', from_month
        using errcode = 'check_violation', constraint = 'setting_month';
    end if;
    insert into setting (registry_id, number, key, choice, since, reason, position)
      select of_registry, coalesce(max(number), 0) + 1, of_key, chosen, from_month, why, taken
      from setting where registry_id = of_registry
      returning number into given;
    return given;
  end $$`;
