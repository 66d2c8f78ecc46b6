import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was, was so under the names and with the orgs of its time (R2): every state of an org, with its position. */
export class KeepOrgsHistory1763781200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table org_history (
        registry_id integer not null,
        org text not null,
        version integer not null,
        position bigint not null,
        parent text,
        level text not null,
        name_zh text not null,
        name_en text not null,
        closed_on date,
        constraint org_history_pkey primary key (registry_id, org, version),
        constraint org_history_org_fkey foreign key (registry_id, org) references org (registry_id, org)
      )`);
    // Since when those that there are have borne their names is not known: they stand from the beginning.
    await runner.query(`
      insert into org_history (registry_id, org, version, position, parent, level, name_zh, name_en, closed_on)
        select registry_id, org, 1, 0, parent, level, name_zh, name_en, closed_on from org`);
    await runner.query(`
      create trigger org_history_append_only before update or delete on org_history
      for each row execute function refuse_change()`);
    await runner.query(KEEP_ORG);
    await runner.query(`
      create trigger org_kept after insert or update on org for each row execute function keep_org()`);
    await runner.query(ORGS_AT);
    await runner.query(`revoke all on function orgs_at(integer, bigint) from public`);
    await runner.query(`grant execute on function orgs_at(integer, bigint) to marrow_app`);
    await runner.query(`grant select on org_history to marrow_app`);
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}

// The orgs that a registry begins with come before its ledger: at 0.
const KEEP_ORG = `
  create function keep_org() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    taken bigint := 0;
  begin
    if tg_op = 'UPDATE' and (new.parent, new.level, new.name_zh, new.name_en, new.closed_on)
       is not distinct from (old.parent, old.level, old.name_zh, old.name_en, old.closed_on) then
      return null;
    end if;
    if exists (select from registry_head where registry_id = new.registry_id) then
      taken := take_position(new.registry_id, session_user, 'sql');
    end if;
    insert into org_history (registry_id, org, version, position, parent, level, name_zh, name_en, closed_on)
      select new.registry_id, new.org, coalesce(max(version), 0) + 1, taken, new.parent, new.level, new.name_zh,
        new.name_en, new.closed_on
      from org_history where registry_id = new.registry_id and org = new.org;
    return null;
  end $$`;

const ORGS_AT = `
  create function orgs_at(of_registry integer, of_position bigint)
  returns table (org text, parent text, level text, name_zh text, name_en text, closed_on date)
  language sql stable as $$
    select o.org, o.parent, o.level, o.name_zh, o.name_en, o.closed_on from org o
      where o.registry_id = of_registry and of_position is null
    union all
    select * from (
      select distinct on (h.org) h.org, h.parent, h.level, h.name_zh, h.name_en, h.closed_on from org_history h
      where h.registry_id = of_registry and h.position <= of_position order by h.org, h.version desc
    ) stood
  $$`;
