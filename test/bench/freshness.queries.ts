import type { Client } from 'pg';

/** Up to which position of the ledger the year's agreement rate of the whole registry is computed. */
export async function findIndicatorPosition(client: Client, registryId: number): Promise<number> {
  const { rows } = await client.query(
    `select v.position from indicator_value v
      join org o on o.registry_id = v.registry_id and o.org = v.org and o.parent is null
      where v.registry_id = $1 and not v.own and v.period = '2024' and v.key = 'rate.screen_agree'`,
    [registryId],
  );
  return Number(rows[0]?.position ?? 0);
}

/** Up to which position of the ledger the year's revisited donors of the whole registry are counted. */
export async function findRevisitedPosition(client: Client, registryId: number): Promise<number> {
  const { rows } = await client.query(
    `select v.position from metric_value v
      join org o on o.registry_id = v.registry_id and o.org = v.org and o.parent is null
      where v.registry_id = $1 and not v.own and v.period = '2024' and v.key = 'retention.revisited'`,
    [registryId],
  );
  return Number(rows[0]?.position ?? 0);
}
