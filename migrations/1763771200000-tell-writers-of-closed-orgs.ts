import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A write learns under its lock which orgs are closed: what was checked before it may have been closed meanwhile. */
export class TellWritersOfClosedOrgs1763771200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop function begin_write(integer, uuid[])');
    await runner.query(BEGIN_WRITE);
    await runner.query('revoke all on function begin_write(integer, uuid[]) from public');
    await runner.query('grant execute on function begin_write(integer, uuid[]) to marrow_app');
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}

// The rest is as it was: the lock first, then what is stored, and no scans until commit.
const BEGIN_WRITE = `
  create function begin_write(of_registry integer, ids uuid[], out first_open_month date, out stored uuid[],
    out closed json)
  language plpgsql security definer set search_path = public, pg_temp as $$
  begin
    perform set_config('enable_seqscan', 'off', true);
    select h.first_open_month into first_open_month from registry_head h
      where h.registry_id = of_registry for no key update;
    stored := array(select e.id from entry e where e.registry_id = of_registry and e.id = any (ids));
    closed := (
      select json_object_agg(o.org, o.closed_on) from org o
      where o.registry_id = of_registry and o.closed_on is not null
    );
  end $$`;
