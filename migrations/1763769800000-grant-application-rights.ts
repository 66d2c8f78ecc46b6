import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the application's role may do (R7). The ledger can be read and added to, no more: positions, months and marks
 * are written by the functions that the owner defined.
 */
export class GrantApplicationRights1763769800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`revoke all on all tables in schema public from public, marrow_app`);
    await runner.query(`revoke all on all functions in schema public from public`);
    await runner.query(`grant usage on schema public to marrow_app`);
    await runner.query(`grant select on all tables in schema public to marrow_app`);
    await runner.query(`grant insert on entry, entry_note to marrow_app`);
    await runner.query(`grant delete on recompute_mark to marrow_app`);
    await runner.query(`grant insert on registry, org to marrow_app`);
    await runner.query(`grant update (name_zh, name_en) on registry to marrow_app`);
    await runner.query(`grant update (parent, name_zh, name_en, closed_on) on org to marrow_app`);
    await runner.query(`grant insert, update on target, recompute_head to marrow_app`);
    await runner.query(`grant insert on registry_head, verification to marrow_app`);
    await runner.query(`grant delete on target to marrow_app`);
    await runner.query(`grant insert, update, delete on monthly_tally, metric_value, indicator_value to marrow_app`);
    for (const signature of [
      'lock_registry(integer)',
      'take_position(integer, text, text)',
      'close_month(integer, date, text, text)',
      'reopen_month(integer, date, text, text)',
    ]) {
      await runner.query(`grant execute on function ${signature} to marrow_app`);
    }
  }

  async down(): Promise<void> {
    throw new Error('write a migration that goes forward');
  }
}
