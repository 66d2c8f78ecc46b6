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
