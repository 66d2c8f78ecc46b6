import type { EntityManager } from 'typeorm';

export type FindingState = 'open' | 'acknowledged' | 'resolved' | 'gone';

export interface FindingRow {
  readonly id: string;
  readonly rule: string;
  readonly org: string;
  /** `2024-05`; empty for what is wrong since the ledger's start. */
  readonly period: string;
  readonly subject: string;
  readonly measured: string;
  readonly expected: string | null;
  readonly detail: Readonly<Record<string, unknown>> | null;
  readonly state: FindingState;
  /** The name of the account that looks into it. */
  readonly owner: string | null;
  readonly reason: string | null;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

/** One change of a finding, by a run or a person. */
export interface EventRow {
  readonly at: Date;
  readonly actor: string;
  readonly state: FindingState;
  readonly measured: string;
  readonly owner: string | null;
  readonly reason: string | null;
}

export interface FindingCursor {
  readonly period: string;
  readonly id: string;
}

export interface FindingQuestion {
  readonly registryId: number;
  /** The root of the subtree. */
  readonly org: string;
  readonly state: FindingState | null;
  /** Codes of rules; null for all. */
  readonly rules: readonly string[] | null;
  /** The name of the account that looks into them; null for anybody's. */
  readonly owner: string | null;
}

const BELOW = `f.org = any(array(select c.org from org_closure c where c.registry_id = $1 and c.ancestor = $2))`;

const SHOWN = `f.id, f.rule, f.org, f.period, f.subject, f.measured, f.expected, f.detail, f.state,
  (select a.name from account a where a.registry_id = $1 and a.id = f.owner) as owner, f.reason,
  f.first_seen_at as "firstSeenAt", f.last_seen_at as "lastSeenAt"`;

/** The latest months first; what is wrong since the start comes last. */
export async function findFindings(
  manager: EntityManager,
  { registryId, org, state, rules, owner }: FindingQuestion,
  after: FindingCursor | null,
  limit: number,
): Promise<FindingRow[]> {
  return manager.query(
    `select ${SHOWN} from quality_finding f
      where f.registry_id = $1 and ${BELOW} and ($3::text is null or f.state = $3) and ($4::text[] is null or f.rule = any($4))
        and ($5::text is null or (f.period, f.id) < ($5, $6::uuid))
        and ($8::text is null or f.owner = (select a.id from account a where a.registry_id = $1 and a.name = $8))
      order by f.period desc, f.id desc
      limit $7`,
    [registryId, org, state, rules, after?.period ?? null, after?.id ?? null, limit, owner],
  );
}

export interface FindingCount {
  readonly rule: string;
  readonly org: string;
  readonly open: number;
  readonly acknowledged: number;
  readonly resolved: number;
  /** Of the open ones, those that nobody has taken. */
  readonly unowned: number;
}

/** What is not gone, by rule and org. */
export async function countFindings(manager: EntityManager, registryId: number, org: string): Promise<FindingCount[]> {
  return manager.query(
    `select f.rule, f.org, count(*) filter (where f.state = 'open')::int as open,
        count(*) filter (where f.state = 'acknowledged')::int as acknowledged,
        count(*) filter (where f.state = 'resolved')::int as resolved,
        count(*) filter (where f.state = 'open' and f.owner is null)::int as unowned
      from quality_finding f where f.registry_id = $1 and f.state <> 'gone' and ${BELOW}
      group by f.rule, f.org order by f.rule, f.org`,
    [registryId, org],
  );
}

export interface OwnedFindings {
  readonly open: number;
  /** When the oldest of them was first seen. */
  readonly since: Date | null;
}

/** The open findings of an org and those below it that an account looks into. */
export async function countOwned(
  manager: EntityManager,
  registryId: number,
  org: string,
  owner: string,
): Promise<OwnedFindings> {
  const [owned] = await manager.query(
    `select count(*)::int as open, min(f.first_seen_at) as since
      from quality_finding f where f.registry_id = $1 and ${BELOW} and f.state = 'open'
        and f.owner = (select a.id from account a where a.registry_id = $1 and a.name = $3)`,
    [registryId, org, owner],
  );
  return owned;
}

/** When all rules last looked; null while they never have. */
export async function findLastRun(manager: EntityManager, registryId: number): Promise<Date | null> {
  const [run] = await manager.query('select ran_at as "ranAt" from quality_run where registry_id = $1', [registryId]);
  return run?.ranAt ?? null;
}

/** One finding. */
export async function findFinding(
  manager: EntityManager,
  registryId: number,
  id: string,
): Promise<FindingRow | undefined> {
  const [row] = await manager.query(`select ${SHOWN} from quality_finding f where f.registry_id = $1 and f.id = $2`, [
    registryId,
    id,
  ]);
  return row;
}

/** Keeps it as it is until commit. */
export async function lockFinding(manager: EntityManager, registryId: number, id: string): Promise<void> {
  await manager.query('select from quality_finding where registry_id = $1 and id = $2 for update', [registryId, id]);
}

export async function findEvents(manager: EntityManager, registryId: number, id: string): Promise<EventRow[]> {
  return manager.query(
    `select at, actor, state, measured, owner, reason from quality_event
      where registry_id = $1 and id = $2 order by number`,
    [registryId, id],
  );
}

/** The account of that name, if it can still sign in. */
export async function findOwner(
  manager: EntityManager,
  registryId: number,
  name: string,
): Promise<{ id: string; org: string } | undefined> {
  const [account] = await manager.query(
    'select id, org from account where registry_id = $1 and name = $2 and disabled_at is null',
    [registryId, name],
  );
  return account;
}

/** Sets a finding's state, owner and reason, and keeps that it was done. */
export async function updateFinding(
  manager: EntityManager,
  { registryId, id, actor }: { readonly registryId: number; readonly id: string; readonly actor: string },
  to: { readonly state: FindingState; readonly owner: string | null; readonly reason: string | null },
): Promise<void> {
  await manager.query(
    `with changed as (
        update quality_finding f
        set state = $3, owner = (select a.id from account a where a.registry_id = $1 and a.name = $4), reason = $5,
          changes = f.changes + 1
        where f.registry_id = $1 and f.id = $2
        returning f.id, f.changes, f.measured
      )
      insert into quality_event (registry_id, id, number, at, actor, state, measured, owner, reason)
      select $1, id, changes, clock_timestamp(), $6, $3, measured, $4, $5 from changed`,
    [registryId, id, to.state, to.owner, to.reason, actor],
  );
}
