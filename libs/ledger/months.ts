import { QueryFailedError, type EntityManager } from 'typeorm';
import { recordAct, type Act } from '../accounts/audit';
import { DomainError } from '../core/domain-error';
import { parsePeriod, type Month } from '../core/period';
import { callCloseMonth, callReopenMonth } from './months.queries';

/**
 * Closes the registry's first open month (R3), in the caller's transaction, which so keeps every writer out until it
 * has recomputed what it closes. The act is recorded with it.
 *
 * @throws {DomainError} when an earlier month is open or the month is not over
 */
export async function closeMonth(
  manager: EntityManager,
  registryId: number,
  month: Month,
  actor: string,
  reason: string | null = null,
  address: string | null = null,
): Promise<void> {
  await monthAct(month, () => callCloseMonth(manager, registryId, `${month}-01`, actor, reason));
  await recordAct(manager, actOn(month, { registryId, actor, act: 'months.close', address, detail: { reason } }));
}

/**
 * Opens the last closed month again (R3). No entry moves (R4). The act is recorded with it.
 *
 * @throws {DomainError} when the month is not the last closed one
 */
export async function reopenMonth(
  manager: EntityManager,
  registryId: number,
  month: Month,
  actor: string,
  reason: string,
  address: string | null = null,
): Promise<void> {
  await monthAct(month, () => callReopenMonth(manager, registryId, `${month}-01`, actor, reason));
  await recordAct(manager, actOn(month, { registryId, actor, act: 'months.reopen', address, detail: { reason } }));
}

function actOn(month: Month, act: Pick<Act, 'registryId' | 'actor' | 'act' | 'address' | 'detail'>): Act {
  return { ...act, thing: month, org: null, result: 'done' };
}

async function monthAct(month: Month, act: () => Promise<unknown>): Promise<void> {
  if (parsePeriod(month).grain !== 'month') {
    throw new DomainError('month_not_readable', {
      zh: `“${month}”不是月份，应写作 2024-05。`,
      en: `"${month}" is no month; write 2024-05.`,
    });
  }
  try {
    await act();
  } catch (error) {
    const constraint =
      error instanceof QueryFailedError ? (error.driverError as { constraint?: string }).constraint : '';
    if (constraint === 'month_order') {
      throw new DomainError('month_order', {
        zh: `月份须按顺序结账、从最后一个已结月份起重开，${month} 还轮不到。`,
        en: `Months close in order and reopen from the last closed one; it is not the turn of ${month}.`,
      });
    }
    if (constraint === 'month_over') {
      throw new DomainError('month_not_over', {
        zh: `${month} 尚未结束，过了最后一天才能结账。`,
        en: `${month} is not over; it can be closed after its last day.`,
      });
    }
    throw error;
  }
}
