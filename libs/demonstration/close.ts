import type { DataSource } from 'typeorm';
import { DEMONSTRATION_ACCOUNTS } from '../accounts/demonstration-accounts';
import { rolesWith } from '../accounts/roles';
import { nextMonth, type Month } from '../core/period';
import { closeMonth } from '../ledger/months';
import { findUnclosedMonth } from './demonstration.queries';
import { DEMONSTRATION_REGISTRY } from './registry';

/** The demonstration's last year is closed through November: December is there to be submitted, closed and reopened. */
export const LAST_CLOSED: Month = '2024-11';

const CLOSER = DEMONSTRATION_ACCOUNTS.find(({ role }) => rolesWith('months.close').includes(role));

/**
 * Closes and seals the demonstration's months, each in a transaction of its own. No mark may wait. A month that was
 * closed before stays as it is, also when somebody has reopened it: broken off and called again, it goes on.
 */
export async function closeDemonstration(
  dataSource: DataSource,
  onProgress?: (done: number, total: number) => void,
): Promise<void> {
  const { registryId, firstDay } = DEMONSTRATION_REGISTRY;
  const months: Month[] = [];
  const next = await findUnclosedMonth(dataSource.manager, registryId);
  for (let month = firstDay.slice(0, 7); month <= LAST_CLOSED; month = nextMonth(month)) {
    if (next !== null && month >= next) months.push(month);
  }
  for (const [done, month] of months.entries()) {
    await dataSource.transaction('READ COMMITTED', async (manager) => {
      if ((await findUnclosedMonth(manager, registryId)) !== month) return;
      await closeMonth(manager, registryId, month, CLOSER?.name ?? 'demonstration', '演示数据');
    });
    onProgress?.(done + 1, months.length);
  }
}
