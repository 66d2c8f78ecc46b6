import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An org that has told that a month of its own is whole. It locks nothing: by the position, and how many entries stood
 * in that month up to it, anybody can tell whether another has come since.
 */
export class CreateSubmissions1763780300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table submission (
        registry_id integer not null,
        org text not null,
        month date not null,
        position bigint not null,
        entries bigint not null,
        nil_returns integer not null,
        note text,
        constraint submission_pkey primary key (registry_id, org, month, position),
        constraint submission_org_fkey foreign key (registry_id, org) references org (registry_id, org),
        constraint submission_write_fkey
          foreign key (registry_id, position) references ledger_write (registry_id, position)
      )`);
    await runner.query(`create index submission_month on submission (registry_id, month)`);
    await runner.query(`
      create trigger submission_append_only before update or delete on submission
      for each row execute function refuse_change()`);
    // Of the few entries that were posted to a later month than they happened in; the others cost nothing.
    await runner.query(
      `create index entry_adjustment on entry (registry_id, posted_month, position) where occurred_on < posted_month`,
    );
    await runner.query(SUBMIT_MONTH);
    await runner.query(`revoke all on function submit_month(integer, text, date, text, text) from public`);
    await runner.query(`grant execute on function submit_month(integer, text, date, text, text) to marrow_app`);
    await runner.query(`grant select on submission to marrow_app`);
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}

/** Counts what was submitted itself, under the lock of writers: what it says of the month was so at its position. */
const SUBMIT_MONTH = `
create function submit_month(of_registry integer, of_org text, of_month date, actor text, why text)
returns bigint language plpgsql security definer set search_path = public, pg_temp as $function$
  declare
    taken bigint := take_position(of_registry, actor, 'submit');
  begin
    if (clock_timestamp() at time zone 'Asia/Shanghai')::date < (of_month + interval '1 month')::date then
      raise exception 'month % is not over', of_month using errcode = 'check_violation', constraint = 'month_over';
    end if;
    if exists (select from registry_head where registry_id = of_registry and first_open_month > of_month) then
      raise exception 'month % is closed', of_month using errcode = 'check_violation', constraint = 'month_open';
    end if;
    if not exists (
      select from org o join org above on above.registry_id = o.registry_id and above.org = o.parent
      where o.registry_id = of_registry and o.org = of_org and above.parent is null
        and (o.closed_on is null or o.closed_on >= of_month)
    ) then
      raise exception 'org % submits nothing for %', of_org, of_month
        using errcode = 'check_violation', constraint = 'submission_org';
    end if;
    insert into submission (registry_id, org, month, position, entries, nil_returns, note)
      select of_registry, of_org, of_month, taken, count(*),
        count(*) filter (where e.position = taken and e.quantity = 0 and e.reverses is null), why
      from entry e
      where e.registry_id = of_registry and e.posted_month = of_month and e.org = any(array(
        select c.org from org_closure c where c.registry_id = of_registry and c.ancestor = of_org
      ));
    return taken;
  end $function$`;
