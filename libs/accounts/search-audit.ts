import type { DataSource } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { isCalendarDate } from '../core/period';
import { findActs, type ActScope, type ActSearch, type RecordedAct } from './search-audit.queries';

const ROWS = 1_000;

/**
 * A page of acts, the latest first.
 *
 * @param after `next` of the page before
 * @throws {DomainError} when a day or the mark of the page cannot be read
 */
export async function searchAudit(
  { manager }: Pick<DataSource, 'manager'>,
  scope: ActScope,
  search: ActSearch,
  { after, limit = 50 }: { after?: string; limit?: number } = {},
): Promise<{ acts: RecordedAct[]; next: string | null }> {
  for (const field of ['from', 'to'] as const) requireDay(field, search[field]);
  if (after !== undefined && !/^\d{1,18}$/.test(after)) {
    throw new DomainError(
      'cursor_not_readable',
      { zh: '翻页标记无法识别，请从第一页重新打开。', en: 'The page mark cannot be read; start from the first page.' },
      { field: 'after' },
    );
  }
  const acts = await findActs(manager, scope, search, after ?? null, limit);
  return { acts, next: acts.length === limit ? (acts.at(-1)?.seq ?? null) : null };
}

/** Every act that is looked for, the latest first, read a thousand at a time. */
export async function* everyAct(source: DataSource, scope: ActScope, search: ActSearch): AsyncGenerator<RecordedAct> {
  for (let after: string | undefined; ;) {
    const { acts, next } = await searchAudit(source, scope, search, { after, limit: ROWS });
    yield* acts;
    if (next === null) return;
    after = next;
  }
}

function requireDay(field: 'from' | 'to', day: string | undefined): void {
  if (day === undefined || isCalendarDate(day)) return;
  throw new DomainError(
    'date_not_readable',
    {
      zh: `“${field}”不是日历上的一天，应写作 2024-05-31。`,
      en: `"${field}" is no day of the calendar; write 2024-05-31.`,
    },
    { field },
  );
}
