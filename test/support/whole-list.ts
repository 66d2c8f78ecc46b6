import type { BehindEntry } from '../../libs/indicators/entries-behind.queries';
import type { EntriesBehind } from '../../libs/indicators/entries-behind';
import { decimal, plain } from '../../libs/core/decimal';

/** The list behind a figure, of all its pages. */
export interface WholeList {
  readonly first: EntriesBehind;
  readonly pages: number;
  readonly entries: readonly BehindEntry[];
  /** What the entries come to: their sum, or how many subjects they name. */
  readonly adds: string;
}

/** Turns the pages until there is none left; throws when an entry comes twice. */
export async function wholeList(read: (after?: string) => Promise<EntriesBehind>): Promise<WholeList> {
  const first = await read();
  const entries = [...first.entries];
  let [pages, next] = [1, first.next];
  while (next !== null) {
    const page = await read(next);
    entries.push(...page.entries);
    pages += 1;
    next = page.next;
  }
  const ids = new Set(entries.map(({ id }) => id));
  if (ids.size < entries.length) throw new Error('an entry stands twice in the list');
  return { first, pages, entries, adds: addsUpTo(first.countsSubjects, entries) };
}

function addsUpTo(subject: EntriesBehind['countsSubjects'], entries: readonly BehindEntry[]): string {
  if (subject !== null) {
    const counting = entries.filter(({ contribution }) => contribution !== '0');
    const codes = counting.map((entry) => (subject === 'donor' ? entry.donorCode : entry.caseCode));
    return String(new Set(codes).size);
  }
  return plain(entries.reduce((sum, { contribution }) => sum.plus(contribution), decimal('0')).toFixed());
}
