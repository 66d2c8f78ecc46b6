import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Principal } from '../../libs/accounts/principal';
import { DomainError } from '../../libs/core/domain-error';
import { isUuid } from '../../libs/core/uuid';
import { recompute } from '../../libs/indicators/recompute';
import { reverseEntries } from '../../libs/ledger/reverse';

/**
 * Takes entries back, all or none of them.
 *
 * @throws {DomainError} when one is unknown or reversed already, or another entry rests on it
 */
export async function reverseByIds(
  source: DataSource,
  { registryId, name }: Principal,
  ids: readonly string[],
  justification: string,
): Promise<void> {
  const stray = ids.find((id) => !isUuid(id));
  if (stray !== undefined) {
    throw new DomainError('id_not_a_uuid', {
      zh: `“${stray}”不是登记的编号。编号列在 ledger entries 的最后一列。`,
      en: `"${stray}" is no id of an entry. Ids stand in the last column of ledger entries.`,
    });
  }
  const reversals = ids.map((id) => ({ id: randomUUID(), reverses: id.toLowerCase(), justification }));
  await reverseEntries(source, reversals, { registryId, actor: name, source: 'api' });
  await recompute(source, registryId);
  process.stderr.write(`已冲销 ${ids.length} 条。 ${ids.length} taken back.\n`);
}
