import type { DataSource } from 'typeorm';
import { DomainError } from '../../../libs/core/domain-error';
import { isUuid } from '../../../libs/core/uuid';
import { findEntries, type StoredEntry } from '../../../libs/ledger/append.queries';

/** An entry as the API shows it: without what only proves it. */
export type EntryView = Omit<StoredEntry, 'noteHash' | 'noteSalt'>;

/** @throws {DomainError} when there is no such entry */
export async function readEntry(source: DataSource, registryId: number, id: string): Promise<EntryView> {
  const [stored] = isUuid(id) ? await findEntries(source.manager, registryId, [id]) : [];
  if (!stored) {
    throw new DomainError('entry_unknown', { zh: `没有编号为 ${id} 的登记。`, en: `There is no entry ${id}.` });
  }
  const { noteHash, noteSalt, ...view } = stored;
  return view;
}
