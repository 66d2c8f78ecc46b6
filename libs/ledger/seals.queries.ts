import type { EntityManager } from 'typeorm';

export interface SealRow {
  readonly period: string;
  readonly number: number;
  readonly seq: string;
  readonly position: string;
  readonly sealedAt: Date;
  readonly sealedBy: string;
  readonly definitions: string | null;
  readonly entries: string | null;
  readonly figures: string;
  readonly previous: string;
  readonly hash: string;
  /** No later one of the same period was made. */
  readonly latest: boolean;
  readonly firstOpenMonth: string;
}

/** In the order of the chain; those of some periods, or all. */
export async function findSeals(
  manager: EntityManager,
  registryId: number,
  periods: readonly string[] | null,
): Promise<SealRow[]> {
  return manager.query(
    `select s.period, s.number, s.seq, s.position, w.recorded_at as "sealedAt", w.recorded_by as "sealedBy",
        s.definitions, s.entries, s.figures, encode(s.previous, 'hex') as previous, encode(s.hash, 'hex') as hash,
        s.number = max(s.number) over (partition by s.period) as latest,
        to_char(h.first_open_month, 'YYYY-MM') as "firstOpenMonth"
      from seal s
      join ledger_write w on w.registry_id = s.registry_id and w.position = s.position
      join registry_head h on h.registry_id = s.registry_id
      where s.registry_id = $1 and ($2::text[] is null or s.period = any($2))
      order by s.seq`,
    [registryId, periods],
  );
}

/**
 * The number of the seal that stood when the ledger was at a position: the last one of the period up to there, unless
 * its last month was opened again since.
 */
export async function findSealNumberAt(
  manager: EntityManager,
  registryId: number,
  { period, lastMonth }: { readonly period: string; readonly lastMonth: string },
  position: string,
): Promise<number | null> {
  const [found] = await manager.query(
    `select max(s.number) as number from seal s
      where s.registry_id = $1 and s.period = $2 and s.position <= $4 and not exists (
        select from month_event m
        where m.registry_id = $1 and m.month = ($3 || '-01')::date and m.action = 'reopen'
          and m.position > s.position and m.position <= $4
      )`,
    [registryId, period, lastMonth, position],
  );
  return found.number;
}

/** A value as it was sealed. */
export interface SealedValueRow {
  readonly org: string;
  readonly own: boolean;
  readonly key: string;
  readonly state: 'value' | 'zero' | 'not_applicable';
  readonly value: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly version: number;
}

/** @param within the org whose subtree is asked for */
export async function findSealedValues(
  manager: EntityManager,
  registryId: number,
  { period, number }: { readonly period: string; readonly number: number },
  within: string,
): Promise<SealedValueRow[]> {
  return manager.query(
    `select org, own, key, state, value::text, numerator::text, denominator::text, version from sealed_value
      where registry_id = $1 and period = $2 and number = $3
        and org = any(array(select org from org_closure where registry_id = $1 and ancestor = $4))
      order by org, own, key`,
    [registryId, period, number, within],
  );
}

/** The figures that some seals hold of the registry as a whole. */
export async function findSealedKeys(
  manager: EntityManager,
  registryId: number,
  seals: readonly { readonly period: string; readonly number: number }[],
): Promise<string[]> {
  const keys: { key: string }[] = await manager.query(
    `select distinct v.key from json_to_recordset($2::json) as s (period text, number int)
      join sealed_value v on v.registry_id = $1 and v.period = s.period and v.number = s.number
      where v.org = (select org from org where registry_id = $1 and parent is null) and not v.own
      order by v.key`,
    [registryId, JSON.stringify(seals.map(({ period, number }) => ({ period, number })))],
  );
  return keys.map(({ key }) => key);
}
