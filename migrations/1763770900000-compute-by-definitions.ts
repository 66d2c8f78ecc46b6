import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Values know by which definitions they were computed; a write looks its subjects up and never scans for them. */
export class ComputeByDefinitions1763770900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table recompute_head add column definitions text`);
    await runner.query(BEGIN_WRITE);
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}

// As it was, but with the planner kept from scanning the ledger until commit. While the table is small a scan is cheap,
// and a connection keeps the plans of its functions: a call of 10,000 entries would then be compared with every row.
const BEGIN_WRITE = `
  create or replace function begin_write(of_registry integer, ids uuid[], out first_open_month date, out stored uuid[])
  language plpgsql security definer set search_path = public, pg_temp as $$
  begin
    perform set_config('enable_seqscan', 'off', true);
    select h.first_open_month into first_open_month from registry_head h
      where h.registry_id = of_registry for no key update;
    stored := array(select e.id from entry e where e.registry_id = of_registry and e.id = any (ids));
  end $$`;
