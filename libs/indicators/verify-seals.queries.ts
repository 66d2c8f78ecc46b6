import type { EntityManager } from 'typeorm';

/** A seal as it stands, its hashes in hexadecimal. */
export interface ChainLink {
  readonly registryId: number;
  readonly seq: string;
  readonly period: string;
  readonly number: number;
  readonly position: string;
  /** When it was closed, in microseconds since 1970. */
  readonly at: string;
  readonly by: string;
  readonly definitions: string | null;
  readonly entries: string | null;
  readonly entriesHash: string | null;
  readonly figures: string;
  readonly figuresHash: string;
  readonly previous: string;
  readonly hash: string;
}

export async function findChain(manager: EntityManager, registryId: number): Promise<ChainLink[]> {
  return manager.query(
    `select s.registry_id as "registryId", s.seq, s.period, s.number, s.position,
        round(date_part('epoch', date_trunc('second', w.recorded_at)))::bigint * 1000000
          + to_char(w.recorded_at, 'US')::bigint as at,
        w.recorded_by as by, s.definitions, s.entries, encode(s.entries_hash, 'hex') as "entriesHash", s.figures,
        encode(s.figures_hash, 'hex') as "figuresHash", encode(s.previous, 'hex') as previous,
        encode(s.hash, 'hex') as hash
      from seal s left join ledger_write w on w.registry_id = s.registry_id and w.position = s.position
      where s.registry_id = $1 order by s.seq`,
    [registryId],
  );
}

export interface MonthEvent {
  readonly month: string;
  readonly position: string;
  readonly action: 'close' | 'reopen';
  readonly reason: string | null;
}

/** Every time that a month was closed or reopened, in their order. */
export async function findMonthEvents(manager: EntityManager, registryId: number): Promise<MonthEvent[]> {
  return manager.query(
    `select to_char(month, 'YYYY-MM') as month, position, action, reason
      from month_event where registry_id = $1 order by position, month`,
    [registryId],
  );
}

export interface NotedSeal {
  readonly seq: string | null;
  readonly period: string | null;
  readonly number: number | null;
  readonly hash: string;
  /** Of the audit log: what was done to the period whose seal it names, and the reason given. */
  readonly act: 'months.close' | 'months.reopen' | null;
  readonly reason: string | null;
}

/** What earlier recounts and the audit log say that seals were: by place in the chain, or by period and number. */
export async function findNotedSeals(
  manager: EntityManager,
  registryId: number,
  months: readonly string[],
): Promise<NotedSeal[]> {
  return manager.query(
    `select distinct seals ->> 'seq' as seq, null as period, null::int as number, seals ->> 'hash' as hash,
        null as act, null as reason
      from verification where registry_id = $1 and seals ->> 'hash' <> ''
      union all
      select null, s ->> 'period', (s ->> 'number')::int, s ->> 'hash', a.act, a.detail ->> 'reason'
      from audit_act a, jsonb_array_elements(a.detail -> 'seals') s
      where a.registry_id = $1 and a.thing = any($2) and a.act in ('months.close', 'months.reopen')
        and a.result = 'done'`,
    [registryId, months],
  );
}

export interface Recounted {
  readonly count: string;
  /** In hexadecimal. */
  readonly hash: string;
}

/**
 * The entries of a month, hashed anew.
 *
 * @param before the position that opened the month again, from which on it could take more; null while it is closed
 */
export async function recountEntries(
  manager: EntityManager,
  registryId: number,
  month: string,
  before: string | null,
): Promise<Recounted> {
  const [recounted] = await manager.query(
    `with line as materialized (
        select e.id, e.position, concat('[', concat_ws(', ', to_json(e.id), e.position, to_json(e.posted_month),
          to_json(e.occurred_on), to_json(e.kind), to_json(e.org), coalesce(to_json(e.donor_code)::text, 'null'),
          coalesce(to_json(e.case_code)::text, 'null'), coalesce(to_json(e.sample_code)::text, 'null'),
          coalesce(to_json(e.outcome)::text, 'null'), coalesce(to_json(e.reason)::text, 'null'), trim_scale(e.quantity),
          coalesce(e.attributes::text, 'null'), coalesce('"' || encode(e.note_hash, 'hex') || '"', 'null'),
          coalesce(to_json(e.justification)::text, 'null'), coalesce(to_json(e.reverses)::text, 'null'),
          to_json(e.original_month)), ']') as content
        from entry e
        where e.registry_id = $1 and e.posted_month = ($2 || '-01')::date
          and e.org = any(array(select org from org where registry_id = $1))
          and ($3::bigint is null or e.position < $3)
      ),
      act as (
        select position, concat('[', position, ', ', round(date_part('epoch', date_trunc('second', recorded_at)))::bigint
            * 1000000 + to_char(recorded_at, 'US')::bigint, ', ', to_json(recorded_by), ', ', to_json(source), ']')
          as content
        from ledger_write
        where registry_id = $1 and position = any(array(select distinct position from line))
      ),
      hashed as (
        select 1 as part, sha256(convert_to(content, 'UTF8')) as hash, id, position from line
        union all
        select 2, sha256(convert_to(content, 'UTF8')), null, position from act
      )
      select count(*) filter (where part = 1) as count,
        encode(sha256(coalesce(string_agg(hash, ''::bytea order by part, id, position), '')), 'hex') as hash
      from hashed`,
    [registryId, month, before],
  );
  return recounted;
}

/** The stored values of a seal, hashed anew. */
export async function recountFigures(
  manager: EntityManager,
  registryId: number,
  { period, number }: ChainLink,
): Promise<Recounted> {
  const [recounted] = await manager.query(
    `with line as (
        select convert_to(org, 'UTF8') as org, own, convert_to(key, 'UTF8') as key,
          concat('[', concat_ws(', ', to_json(org), to_json(own), to_json(key), to_json(state), coalesce(value::text, 'null'),
            coalesce(numerator::text, 'null'), coalesce(denominator::text, 'null'), version), ']') as content
        from sealed_value where registry_id = $1 and period = $2 and number = $3
      )
      select count(*), encode(sha256(coalesce(
        string_agg(sha256(convert_to(content, 'UTF8')), ''::bytea order by org, own, key), ''
      )), 'hex') as hash from line`,
    [registryId, period, number],
  );
  return recounted;
}

export interface ValueMoved {
  readonly org: string;
  readonly own: boolean;
  readonly key: string;
  readonly sealed: object | null;
  readonly today: object | null;
}

/** What a program of today may have, or lack, beside the seals of an earlier one. */
export interface KnownKeys {
  /** The keys of all metrics and indicators. */
  readonly all: readonly string[];
  /** Those that a month without entries has from the month before, and has no row of until entries follow (R11). */
  readonly carried: readonly string[];
}

/**
 * The values of a seal beside those of today; of what differs at most `limit`. No difference are values that only a
 * later program has, or has no longer, and running totals of a month without entries.
 */
export async function compareWithToday(
  manager: EntityManager,
  registryId: number,
  { period, number, definitions }: ChainLink,
  known: KnownKeys,
  limit: number,
): Promise<{ moved: string; findings: ValueMoved[] }> {
  const [comparison] = await manager.query(
    `with sealed as materialized (
        select org, own, key, jsonb_build_object('state', state, 'value', value, 'numerator', numerator,
          'denominator', denominator, 'version', version) as content
        from sealed_value where registry_id = $1 and period = $2 and number = $3
      ),
      today as materialized (
        select v.org, v.own, v.key, jsonb_build_object('state', v.state, 'value', v.value, 'numerator', null,
          'denominator', null, 'version', v.version) as content
        from org o join metric_value v on v.registry_id = $1 and v.org = o.org and v.own in (true, false)
          and v.period = $2
        where o.registry_id = $1
        union all
        select v.org, v.own, v.key, jsonb_build_object('state', v.state, 'value', v.value, 'numerator', v.numerator,
          'denominator', v.denominator, 'version', v.version)
        from org o join indicator_value v on v.registry_id = $1 and v.org = o.org and v.own in (true, false)
          and v.period = $2
        where o.registry_id = $1
      ),
      forgiven as (
        select key from unnest($6::text[]) key where not exists (select from sealed s where s.key = any($6))
        union
        select distinct key from today
        where key not in (select key from sealed)
          and (select definitions from recompute_head where registry_id = $1) is distinct from $4
      ),
      moved as materialized (
        select org, own, key, s.content as sealed, t.content as today
        from sealed s full join today t using (org, own, key)
        where s.content is distinct from t.content
          and not (s.content is null and key in (select key from forgiven))
          and not (t.content is null and key <> all($5))
      )
      select count(*) as moved, array(
          select to_jsonb(f) from (select * from moved order by org, own, key limit $7) f
        ) as findings
      from moved`,
    [registryId, period, number, definitions, known.all, known.carried, limit],
  );
  return comparison;
}
