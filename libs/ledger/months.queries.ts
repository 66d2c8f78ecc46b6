import type { EntityManager } from 'typeorm';

export async function callCloseMonth(
  manager: EntityManager,
  registryId: number,
  firstDay: string,
  actor: string,
  reason: string | null,
): Promise<void> {
  await manager.query('select close_month($1, $2::date, $3, $4)', [registryId, firstDay, actor, reason]);
}

export async function callReopenMonth(
  manager: EntityManager,
  registryId: number,
  firstDay: string,
  actor: string,
  reason: string,
): Promise<void> {
  await manager.query('select reopen_month($1, $2::date, $3, $4)', [registryId, firstDay, actor, reason]);
}

/** The registry's first month and its first open one, `YYYY-MM`; those between are closed. */
export async function findFirstMonths(
  manager: EntityManager,
  registryId: number,
): Promise<{ begins: string; firstOpen: string }> {
  const [months] = await manager.query(
    `select to_char(r.first_day, 'YYYY-MM') as begins, to_char(h.first_open_month, 'YYYY-MM') as "firstOpen"
      from registry r join registry_head h using (registry_id) where r.registry_id = $1`,
    [registryId],
  );
  return months;
}
