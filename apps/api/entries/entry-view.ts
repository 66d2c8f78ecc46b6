import type { DataSource } from 'typeorm';
import { DomainError } from '../../../libs/core/domain-error';
import { isUuid } from '../../../libs/core/uuid';
import { findEntries } from '../../../libs/ledger/append.queries';
import { viewOf, type EntryView } from '../../../libs/ledger/entry-view';

/** @throws {DomainError} when there is no such entry in these orgs */
export async function readEntry(
  source: DataSource,
  registryId: number,
  id: string,
  orgs: ReadonlySet<string>,
): Promise<EntryView> {
  const [stored] = isUuid(id) ? await findEntries(source.manager, registryId, [id]) : [];
  if (!stored || !orgs.has(stored.org)) {
    throw new DomainError('entry_unknown', { zh: `没有编号为 ${id} 的登记。`, en: `There is no entry ${id}.` });
  }
  return viewOf(stored);
}
