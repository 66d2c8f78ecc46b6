import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { dateInShanghai, nextMonth, type Month } from '../core/period';
import { lockRegistry } from '../ledger/append.queries';
import { checkFreeText } from '../ledger/entry-fields';
import { readMonthOrgs } from '../ledger/month-overview';
import type { Seal } from '../ledger/seals';
import { requireMonth } from '../ledger/submissions';
import { closeInTransaction } from './recompute';

/**
 * Closes a month as an office does: those who have not submitted it, or not what it holds now, are told of, and closing
 * without them needs a reason (R3). Who submits meanwhile comes before it or is refused.
 *
 * @throws {DomainError} when it is not the month's turn, the month is not over, or somebody is left out without a reason
 */
export async function closeSubmitted(
  dataSource: DataSource,
  registryId: number,
  month: Month,
  actor: string,
  reason: string | null,
  address: string | null = null,
): Promise<Seal[]> {
  requireMonth(month);
  const why = checkFreeText(reason?.trim() || null, 'reason');
  return dataSource.transaction('READ COMMITTED', async (manager) => {
    const firstOpen = await lockRegistry(manager, registryId);
    const over = dateInShanghai(new Date()) >= `${nextMonth(month)}-01`;
    // A month that is not to be closed at all is refused for what it is.
    if (why === null && over && firstOpen === `${month}-01`) await requireSubmitted(manager, registryId, month);
    return closeInTransaction(manager, registryId, month, actor, why, address);
  });
}

async function requireSubmitted(manager: EntityManager, registryId: number, month: Month): Promise<void> {
  const left = (await readMonthOrgs(manager, registryId, month)).filter(({ state }) => state !== 'submitted');
  if (left.length === 0) return;
  const [zh, en] = [left.map(({ name }) => name.zh).join('、'), left.map(({ name }) => name.en).join(', ')];
  throw new DomainError(
    'month_not_submitted',
    {
      zh: `${month} 还有 ${left.length} 个机构没有报送，或报送后又有变动：${zh}。不等它们就结账，必须写明理由。`,
      en: `${left.length} orgs have not submitted ${month}, or something has come since: ${en}. Closing without them needs a reason.`,
    },
    { field: 'reason', orgs: left.map(({ org }) => org) },
  );
}
