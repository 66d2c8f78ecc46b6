import type { DataSource, EntityManager } from 'typeorm';
import { readCursor, writeCursor, type DayCursor } from '../core/cursor';
import { findEntries } from './append.queries';
import { viewOf, type EntryView } from './entry-view';
import { countEntriesLike, findEntriesLike, findLastPostedMonth, type EntrySearch } from './find-entries.queries';

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
  const after = readCursor(page.after);
  const counting = page.count ? countEntriesLike(source.manager, scope, asked) : undefined;
  const finding = findLatest(source.manager, scope, asked, after, limit + 1);
  const [found, total] = await Promise.all([finding, counting]);
  const ids = found.slice(0, limit);
  const stored = new Map((await findEntries(source.manager, scope.registryId, ids)).map((one) => [one.id, one]));
  const entries = ids.flatMap((id) => stored.get(id) ?? []).map(viewOf);
  const last = entries.at(-1);
  return {
    entries,
    next: found.length > limit && last ? writeCursor({ day: last.occurredOn, id: last.id }) : null,
    ...(total !== undefined && { total }),
  };
}

/** So many months before the last one are looked through first; most pages end within them. */
const MONTHS_AT_FIRST = [1, 6];

/** What is found by an index of its own needs no months. */
const BY_INDEX = ['code', 'donorCode', 'caseCode', 'sampleCode', 'note', 'importId', 'postedMonth'] as const;

/** The latest entries, without putting all that there are in order. */
async function findLatest(
  manager: EntityManager,
  scope: { readonly registryId: number; readonly org: string },
  asked: EntrySearch,
  after: DayCursor | null,
  limit: number,
): Promise<string[]> {
  const isFew = BY_INDEX.some((field) => asked[field] !== undefined);
  const days = [after?.day, asked.to].filter((day) => day !== undefined);
  const known = days.length > 0 ? days.sort()[0] : undefined;
  const last = isFew ? null : (known ?? (await findLastPostedMonth(manager, scope)));
  if (last !== null && last !== undefined) {
    for (const months of MONTHS_AT_FIRST) {
      const window = { first: monthsBefore(last, months - 1), last: monthsBefore(last, 0) };
      const found = await findEntriesLike(manager, scope, asked, after, limit, window);
      if (found.length === limit) return found;
    }
  }
  return findEntriesLike(manager, scope, asked, after, limit);
}

function monthsBefore(day: string, months: number): string {
  const at = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() - months);
  return at.toISOString().slice(0, 10);
}
