import { DomainError } from '../core/domain-error';
import type { StoredEntry } from './append.queries';
import type { AppendedRow } from './appended-row';
import { contentOfStored, differenceBetween, type EntryContent, type FieldDifference } from './entry-content';
import { viewOf } from './entry-view';
import type { StatedRow } from './stated-row';

/** The same id was sent before with other content (R1). */
export class EntryDiffers extends DomainError {
  /** @param difference none where the caller may not see what is stored */
  constructor(id: string, difference: readonly FieldDifference[]) {
    const fields = difference.map((one) => one.field).join(', ');
    super(
      'entry_differs',
      {
        zh: `编号 ${id} 已登记过，内容不同${fields && `（${fields}）`}。更正请冲销后重新登记。`,
        en: `The id ${id} was logged before with other content${fields && ` (${fields})`}. To correct an entry, reverse it and log a new one.`,
      },
      { field: 'id', ...(fields && { difference }) },
    );
  }
}

/**
 * R1: before any check of field, month, guard or reason, what is stored already is answered as before.
 *
 * @param within the orgs that the caller may see; all if not given
 * @returns the rows that are neither stored nor the second of their id in this call
 */
export function setRepeatsApart(
  stated: readonly StatedRow[],
  stored: ReadonlyMap<string, StoredEntry>,
  within: ReadonlySet<string> | undefined,
  answers: Map<number, AppendedRow>,
): StatedRow[] {
  const seen = new Set<string>();
  return stated.filter(({ row, id, content }) => {
    if (!content || id === null) return true;
    const known = stored.get(id);
    if (known && within && !within.has(known.org)) {
      answers.set(row, { row, id, status: 'refused', problem: new EntryDiffers(id, []) });
    } else if (known) {
      const answer = answerRepeat(row, id, contentOfStored(known, content.note), content);
      answers.set(
        row,
        answer.status === 'unchanged' && stated.length === 1 ? { ...answer, entry: viewOf(known) } : answer,
      );
    }
    const first = !seen.has(id);
    seen.add(id);
    return !known && first;
  });
}

function answerRepeat(row: number, id: string, before: EntryContent, sent: EntryContent): AppendedRow {
  const difference = differenceBetween(before, sent);
  if (difference.length === 0) return { row, id, status: 'unchanged' };
  return { row, id, status: 'refused', problem: new EntryDiffers(id, difference) };
}

/** An id that stands twice in one call: the second row is as its first turned out. */
export function settleDoubles(stated: readonly StatedRow[], answers: Map<number, AppendedRow>): void {
  if (answers.size === stated.length) return;
  const firsts = new Map<string, StatedRow>();
  for (const one of stated) {
    if (!one.content || one.id === null) continue;
    const first = firsts.get(one.id);
    if (!first) firsts.set(one.id, one);
    else if (!answers.has(one.row) && first.content) {
      const answer = answerRepeat(one.row, one.id, first.content, one.content);
      const outcome = answers.get(first.row);
      answers.set(
        one.row,
        answer.status === 'unchanged' && outcome?.status === 'refused' ? { ...outcome, row: one.row } : answer,
      );
    }
  }
}
