import type { EntityManager } from 'typeorm';

/** One run over a registry. */
export interface Run {
  readonly registryId: number;
  readonly at: Date;
  readonly actor: string;
  /** The rules that have looked; what others found before is left alone. */
  readonly rules: readonly string[];
}

/** How many findings a run has met, and what became of them. */
export interface Outcome {
  readonly found: number;
  readonly opened: number;
  readonly reopened: number;
  readonly gone: number;
}

/** One run at a time over a registry: held to commit. */
export async function lockRun(manager: EntityManager, registryId: number): Promise<void> {
  await manager.query('insert into quality_run (registry_id) values ($1) on conflict do nothing', [registryId]);
  await manager.query('select from quality_run where registry_id = $1 for update', [registryId]);
}

/** Nobody changes a finding of these rules until commit, so that no change of a person is passed over. */
export async function lockFindings(manager: EntityManager, { registryId, rules }: Run): Promise<void> {
  await manager.query(
    `select count(*) from (
        select from quality_finding where registry_id = $1 and rule = any($2::text[]) order by id for update
      ) as locked`,
    [registryId, rules],
  );
}

const EVENT = `insert into quality_event (registry_id, id, number, at, actor, state, measured, owner, reason)`;
const OWNER = `(select a.name from account a where a.registry_id = $1 and a.id = f.owner)`;

/**
 * What is there again: gone or resolved before, or acknowledged as something else than it is now.
 *
 * @returns how many
 */
export async function reopenFound(manager: EntityManager, { registryId, at, actor }: Run): Promise<number> {
  const [row] = await manager.query(
    `with back as (
        update quality_finding f
        set state = 'open', reason = null, measured = q.measured, changes = f.changes + 1
        from quality_found q
        where f.registry_id = $1 and f.id = q.id and (
          f.state in ('gone', 'resolved') or f.state = 'acknowledged' and f.measured <> q.measured)
        returning f.id, f.changes, f.measured, ${OWNER} as owner
      ),
      noted as (${EVENT} select $1, id, changes, $2, $3, 'open', measured, owner, null from back)
      select count(*)::int as count from back`,
    [registryId, at, actor],
  );
  return row.count;
}

/** Dates what is known and there still, and says what it measures now. */
export async function seeAgain(manager: EntityManager, { registryId, at }: Run): Promise<void> {
  await manager.query(
    `update quality_finding f
      set last_seen_at = $2, measured = q.measured, expected = q.expected, detail = q.detail
      from quality_found q where f.registry_id = $1 and f.id = q.id`,
    [registryId, at],
  );
}

/** @returns how many were not known before */
export async function openNew(manager: EntityManager, { registryId, at, actor }: Run): Promise<number> {
  const [row] = await manager.query(
    `with new as (
        insert into quality_finding (registry_id, id, rule, org, period, subject, measured, expected, detail, state,
          changes, first_seen_at, last_seen_at)
        select $1, q.id, q.rule, q.org, q.period, q.subject, q.measured, q.expected, q.detail, 'open', 1, $2, $2
        from quality_found q
        where not exists (select from quality_finding f where f.registry_id = $1 and f.id = q.id)
        returning id, measured
      ),
      noted as (${EVENT} select $1, id, 1, $2, $3, 'open', measured, null, null from new)
      select count(*)::int as count from new`,
    [registryId, at, actor],
  );
  return row.count;
}

/** What was open or acknowledged and is there no more. @returns how many */
export async function letGo(manager: EntityManager, { registryId, at, actor, rules }: Run): Promise<number> {
  const [row] = await manager.query(
    `with gone as (
        update quality_finding f set state = 'gone', reason = null, changes = f.changes + 1
        where f.registry_id = $1 and f.rule = any($4::text[]) and f.state in ('open', 'acknowledged')
          and not exists (select from quality_found q where q.id = f.id)
        returning f.id, f.changes, f.measured, ${OWNER} as owner
      ),
      noted as (${EVENT} select $1, id, changes, $2, $3, 'gone', measured, owner, null from gone)
      select count(*)::int as count from gone`,
    [registryId, at, actor, rules],
  );
  return row.count;
}

export async function countFound(manager: EntityManager): Promise<number> {
  const [row] = await manager.query('select count(*)::int as count from quality_found');
  return row.count;
}

/** When all rules have looked. */
export async function noteRun(manager: EntityManager, { registryId, at }: Run, found: number): Promise<void> {
  await manager.query('update quality_run set ran_at = $2, found = $3 where registry_id = $1', [registryId, at, found]);
}
