import type { DataSource } from 'typeorm';
import { readCursor, writeCursor } from '../core/cursor';
import { findEntriesLike, type EntrySearch, type FoundEntry } from './find-entries.queries';

export interface FoundEntries {
  readonly entries: readonly FoundEntry[];
  readonly next: string | null;
}

/**
 * The entries of a subtree that are looked for, the latest day first, a page at a time.
 *
 * @throws {DomainError} when the cursor cannot be read
 */
export async function searchEntries(
  source: DataSource,
  scope: { readonly registryId: number; readonly org: string },
  asked: EntrySearch,
  page: { readonly after?: string; readonly limit?: number } = {},
): Promise<FoundEntries> {
  const limit = page.limit ?? 50;
  const found = await findEntriesLike(source.manager, scope, asked, readCursor(page.after), limit + 1);
  const entries = found.slice(0, limit);
  const last = entries.at(-1);
  return {
    entries,
    next: found.length > limit && last ? writeCursor({ day: last.occurredOn, id: last.id }) : null,
  };
}
