import type { DomainError } from '../core/domain-error';
import type { CheckedEntry } from './check-entry';
import { EntryRefused } from './entry-text';
import type { Rows } from './refuse-in-turn';
import { CODE } from './subject-code';

/** What is of one donor: a request, and a sample. */
const OF_ONE_DONOR = ['case', 'sample'] as const;

/** The donors that standing entries name with a request or a sample, by that and its code. */
export type DonorsOf = ReadonlyMap<string, readonly string[]>;

/** The requests and samples that some entries name together with a donor. */
export function askDonors(entries: readonly CheckedEntry[]): { cases: string[]; samples: string[] } {
  const named = entries.filter(({ donorCode }) => donorCode !== null);
  const codesOf = (subject: 'case' | 'sample') => [...new Set(named.flatMap((entry) => entry[CODE[subject]] ?? []))];
  return { cases: codesOf('case'), samples: codesOf('sample') };
}

/**
 * The entries of a call whose request or sample is another donor's; of two in the call the later row. Of a request that
 * had two donors before the rule held, either may go on.
 */
export function findOtherDonors(rows: Rows, stored: DonorsOf): Map<number, DomainError> {
  const known = new Map(stored);
  const others = new Map<number, DomainError>();
  for (const [row, entry] of rows) {
    const { donorCode } = entry;
    if (donorCode === null) continue;
    const places = OF_ONE_DONOR.flatMap((subject) => {
      const code = entry[CODE[subject]];
      return code === null ? [] : [{ code, place: `${subject} ${code}` }];
    });
    const taken = places.find(({ place }) => known.get(place)?.includes(donorCode) === false);
    if (taken) others.set(row, ofAnother(taken.code, donorCode));
    else for (const { place } of places) if (!known.has(place)) known.set(place, [donorCode]);
  }
  return others;
}

/** Whose it is may be what another org alone may know, and is not said. */
function ofAnother(code: string, given: string): DomainError {
  return new EntryRefused(
    'donorCode',
    'donor_differs',
    `${code} 已属于另一位捐献者，与 ${given} 不符；请核对编号。`,
    `${code} is another donor's already, not ${given}'s; check the codes.`,
  );
}
