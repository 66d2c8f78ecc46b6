import type { EntityManager } from 'typeorm';

/** One look of the rules at a registry. */
export interface Look {
  readonly registryId: number;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  readonly today: string;
}

/** The planner takes what a rule has gathered for a few rows, and would loop over thousands. */
export async function planForRules(manager: EntityManager): Promise<void> {
  await manager.query('set local enable_nestloop = off');
}

/** Where the rules of one run put what they find, until it is settled with what was known. */
export async function createFound(manager: EntityManager): Promise<void> {
  await manager.query(
    `create temp table quality_found (
        rule text not null, org text not null, period text not null, subject text not null,
        measured text not null, expected text, detail jsonb, id uuid
      ) on commit drop`,
  );
}

/** Gives each its id: the same rule, org, period and subject always have the same. */
export async function nameFound(manager: EntityManager): Promise<void> {
  await manager.query(
    `update quality_found set id =
        left(encode(sha256(convert_to(concat_ws(chr(31), rule, org, period, subject), 'UTF8')), 'hex'), 32)::uuid`,
  );
  await manager.query('analyze quality_found');
}

/** What every rule fills of a finding. */
export const FOUND = `insert into quality_found (rule, org, period, subject, measured, expected, detail)`;

/** An entry that stands and counts something (R9). */
export const STANDS = (entry: string): string => `${entry}.registry_id = $1 and ${entry}.reverses is null
  and ${entry}.quantity > 0
  and not exists (select from entry r where r.registry_id = $1 and r.reverses = ${entry}.id)`;
