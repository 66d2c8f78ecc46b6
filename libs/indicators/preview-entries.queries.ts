import type { EntityManager } from 'typeorm';

/** An entry as it would be posted (R4). */
export interface StagedEntry {
  readonly id: string;
  readonly kind: string;
  readonly org: string;
  readonly occurredOn: string;
  readonly quantity: string;
  readonly reverses: string | null;
  /** The month that it would be posted to. */
  readonly postedMonth: string;
  /** The month that it belongs to: its own, of a reversal that of the entry it takes back. */
  readonly belongsTo: string;
  /** Whether those are two. */
  readonly adjustment: boolean;
}

export async function findHead(manager: EntityManager, registryId: number): Promise<string> {
  const [head] = await manager.query('select position from registry_head where registry_id = $1', [registryId]);
  return head?.position ?? '0';
}

/** What is staged, reversals first. To be called after `shadowLedger`. */
export async function findStaged(manager: EntityManager): Promise<StagedEntry[]> {
  return manager.query(
    `select id, kind, org, occurred_on as "occurredOn", trim_scale(quantity)::text as quantity, reverses,
        to_char(posted_month, 'YYYY-MM') as "postedMonth", to_char(belongs, 'YYYY-MM') as "belongsTo",
        posted_month <> belongs as adjustment
      from staged_entry, lateral (
        select case when reverses is null then date_trunc('month', occurred_on::timestamp)::date else original_month end
          as belongs
      ) b
      order by reverses is null, occurred_on, id`,
  );
}
