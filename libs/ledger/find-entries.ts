import type { DataSource } from 'typeorm';
import { readCursor, writeCursor } from '../core/cursor';
import { findEntries } from './append.queries';
import { viewOf, type EntryView } from './entry-view';
import { countEntriesLike, findEntriesLike, type EntrySearch } from './find-entries.queries';

export interface FoundEntries {
  readonly entries: readonly EntryView[];
  readonly next: string | null;
  /** Of the whole list, if it was asked for. */
  readonly total?: number;
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
  page: { readonly after?: string; readonly limit?: number; readonly count?: boolean } = {},
): Promise<FoundEntries> {
  const limit = page.limit ?? 50;
  const found = await findEntriesLike(source.manager, scope, asked, readCursor(page.after), limit + 1);
  const ids = found.slice(0, limit);
  const stored = new Map((await findEntries(source.manager, scope.registryId, ids)).map((one) => [one.id, one]));
  const entries = ids.flatMap((id) => stored.get(id) ?? []).map(viewOf);
  const last = entries.at(-1);
  const total = page.count ? await countEntriesLike(source.manager, scope, asked) : undefined;
  return {
    entries,
    next: found.length > limit && last ? writeCursor({ day: last.occurredOn, id: last.id }) : null,
    ...(total !== undefined && { total }),
  };
}
