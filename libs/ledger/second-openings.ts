import type { DomainError } from '../core/domain-error';
import type { CheckedEntry } from './check-entry';
import { EntryRefused } from './entry-text';
import type { OpeningEntry } from './guard.queries';

/** R6: an org has one opening tally of each kind, and of each year and metric. */
export function findSecondOpenings(
  entries: ReadonlyMap<number, CheckedEntry>,
  openings: readonly OpeningEntry[],
): Map<number, DomainError> {
  const placeOf = ({ org, kind, attributes }: OpeningEntry) =>
    [org, kind, ...Object.entries(attributes ?? {}).map((one) => one.join('='))].sort().join(' ');
  const taken = new Set(openings.map(placeOf));
  const second = new Map<number, DomainError>();
  for (const [row, { kind, org, attributes }] of entries) {
    if (!kind.opening) continue;
    const place = placeOf({ org, kind: kind.code, attributes });
    if (!taken.has(place)) taken.add(place);
    else {
      const of = attributes ? `（${Object.values(attributes).join(' ')}）` : '';
      const problem = new EntryRefused(
        'kind',
        'opening_twice',
        `机构 ${org} 已有“${kind.label.zh}”${of}；要更正请冲销后重新登记。`,
        `Org ${org} has its "${kind.label.en}" already${attributes ? ` (${Object.values(attributes).join(' ')})` : ''}; to correct it, reverse it and log a new one.`,
      );
      second.set(row, problem);
    }
  }
  return second;
}

/** The orgs of whose years the openings have to be known. */
export function yearTotalsOf(entries: ReadonlyMap<number, CheckedEntry>): string[] {
  const orgs = [...entries.values()].flatMap(({ kind, org }) => (kind.code === 'OpeningYearTotal' ? [org] : []));
  return [...new Set(orgs)];
}
