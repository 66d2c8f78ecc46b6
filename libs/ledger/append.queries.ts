import type { EntityManager } from 'typeorm';
import { actsAsJson, type Act } from '../accounts/audit';
import { queryPrepared, sendPrepared } from '../database/prepared.queries';

/** Keeps other writers and closers of the registry waiting until commit; tells its first open month, `YYYY-MM-DD`. */
export async function lockRegistry(manager: EntityManager, registryId: number): Promise<string | undefined> {
  const [head] = await manager.query('select first_open_month from lock_registry($1)', [registryId]);
  return head?.first_open_month;
}

/** The number of this write transaction, with who wrote it and by which way in (R2). */
export async function takePosition(
  manager: EntityManager,
  registryId: number,
  actor: string,
  source: string,
): Promise<string> {
  const [taken] = await manager.query('select take_position($1, $2, $3) as position', [registryId, actor, source]);
  return taken.position;
}

export interface BegunWrite {
  /** `YYYY-MM-DD`; null where there is no such registry. */
  readonly firstOpenMonth: string | null;
  /** Which of the ids are stored already. */
  readonly stored: readonly string[];
  /** Each closed org with its last day; null where there is none. */
  readonly closed: Readonly<Record<string, string>> | null;
}

/**
 * Keeps other writers and closers of the registry waiting until commit, and looks for ids when it is their turn. It is
 * on its way once this returns: what is asked after it is asked under its lock.
 */
export async function beginWrite(
  manager: EntityManager,
  registryId: number,
  ids: readonly string[],
): Promise<{ readonly begun: Promise<BegunWrite> }> {
  const { rows } = await sendPrepared<BegunWrite>(
    manager,
    'begin_write',
    'select first_open_month as "firstOpenMonth", stored, closed from begin_write($1, $2::uuid[])',
    [registryId, ids],
  );
  return { begun: rows.then(theOnly) };
}

function theOnly<Row>([row]: readonly Row[]): Row {
  if (!row) throw new Error('a function has a result');
  return row;
}

export interface StoredEntry {
  id: string;
  kind: string;
  org: string;
  occurredOn: string;
  donorCode: string | null;
  caseCode: string | null;
  sampleCode: string | null;
  outcome: string | null;
  reason: string | null;
  quantity: string;
  attributes: Record<string, string> | null;
  justification: string | null;
  reverses: string | null;
  reversedBy: string | null;
  postedMonth: string;
  position: string;
  recordedAt: Date;
  recordedBy: string;
  source: string;
  note: string | null;
  noteHash: Buffer | null;
  noteSalt: Buffer | null;
}

export async function findEntries(
  manager: EntityManager,
  registryId: number,
  ids: readonly string[],
): Promise<StoredEntry[]> {
  if (ids.length === 0) return [];
  return manager.query(
    `select e.id, e.kind, e.org, e.occurred_on as "occurredOn", e.donor_code as "donorCode",
        e.case_code as "caseCode", e.sample_code as "sampleCode", e.outcome, e.reason,
        trim_scale(e.quantity)::text as quantity, e.attributes, e.justification, e.reverses,
        r.id as "reversedBy", to_char(e.posted_month, 'YYYY-MM') as "postedMonth", e.position,
        w.recorded_at as "recordedAt", w.recorded_by as "recordedBy", w.source,
        n.note, e.note_hash as "noteHash", n.salt as "noteSalt"
      from entry e
      join ledger_write w on w.registry_id = e.registry_id and w.position = e.position
      left join entry r on r.registry_id = e.registry_id and r.reverses = e.id
      left join entry_note n on n.registry_id = e.registry_id and n.id = e.id
      where e.registry_id = $1 and e.id = any($2::uuid[])`,
    [registryId, ids],
  );
}

export interface EntryRow {
  readonly id: string;
  readonly occurred_on: string;
  readonly kind: string;
  readonly org: string;
  readonly donor_code?: string | null;
  readonly case_code?: string | null;
  readonly sample_code?: string | null;
  readonly outcome?: string | null;
  readonly reason?: string | null;
  /** 1 if not given. */
  readonly quantity?: string;
  readonly attributes?: Record<string, string> | null;
  readonly note_hash?: string;
  readonly justification?: string | null;
  readonly reverses?: string;
}

/** The number and time of a write. */
export interface Taken {
  readonly position: string;
  readonly recordedAt: Date;
}

/**
 * Posts, marks and writes entries, none of which is a reversal, as one set, under one number of their writer (R2).
 *
 * @param acts recorded after it, in the same exchange: others wait meanwhile
 * @param then sent with it
 */
export async function postEntries(
  manager: EntityManager,
  registryId: number,
  actor: string,
  source: string,
  rows: readonly EntryRow[],
  acts: readonly Act[],
  then?: 'commit',
): Promise<Taken> {
  const { rows: taken } = await sendPrepared<Taken>(
    manager,
    'post_entries',
    `select taken as position, taken_at as "recordedAt",
        case when $5::json is not null then record_acts($1, $5::json) end as acts
      from post_entries($1, $2, $3, $4)`,
    [registryId, actor, source, JSON.stringify(rows), acts.length > 0 ? actsAsJson(acts) : null],
    then,
  );
  return theOnly(await taken);
}

/** Writes entries, which the table's trigger posts one by one: what reversals come in by. */
export async function insertEntries(
  manager: EntityManager,
  registryId: number,
  rows: readonly EntryRow[],
): Promise<void> {
  await manager.query(
    `insert into entry (registry_id, id, occurred_on, kind, org, donor_code, case_code, sample_code, outcome, reason,
        quantity, attributes, note_hash, justification, reverses)
      select $1, r.id, r.occurred_on, r.kind, r.org, r.donor_code, r.case_code, r.sample_code, r.outcome, r.reason,
        r.quantity, r.attributes, decode(r.note_hash, 'hex'), r.justification, r.reverses
      from json_to_recordset($2::json) as r (id uuid, occurred_on date, kind text, org text, donor_code text,
        case_code text, sample_code text, outcome text, reason text, quantity numeric, attributes jsonb,
        note_hash text, justification text, reverses uuid)`,
    [registryId, JSON.stringify(rows)],
  );
}

export async function insertNotes(
  manager: EntityManager,
  registryId: number,
  notes: readonly { id: string; note: string; salt: string }[],
): Promise<void> {
  await manager.query(
    `insert into entry_note (registry_id, id, note, salt)
      select $1, r.id, r.note, decode(r.salt, 'hex')
      from json_to_recordset($2::json) as r (id uuid, note text, salt text)`,
    [registryId, JSON.stringify(notes)],
  );
}

/** What the check of an entry needs to know of the registry: its orgs and its first day. */
export async function findBounds(
  manager: EntityManager,
  registryId: number,
): Promise<{ orgs: Record<string, string | null>; firstDay: string } | undefined> {
  const [bounds] = await queryPrepared<{ orgs: Record<string, string | null>; firstDay: string }>(
    manager,
    'find_bounds',
    `select g.first_day as "firstDay", (
        select json_object_agg(o.org, o.closed_on) from org o where o.registry_id = g.registry_id
      ) as orgs
      from registry g where g.registry_id = $1`,
    [registryId],
  );
  return bounds;
}
