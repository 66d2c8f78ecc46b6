import type { Subject } from '../catalogue/kind-definition';
import type { CheckedEntry } from './check-entry';
import type { KindsOf, StandingRow } from './guard-facts.queries';
import { opposing } from './opposing-kinds';
import { CODE } from './subject-code';

export interface Standing {
  readonly kind: string;
  readonly outcome: string | null;
  readonly occurredOn: string;
}

/** What the ledger has of some subjects, by subject and code. */
export type StandingEntries = ReadonlyMap<string, readonly Standing[]>;

/** Of which subjects, and which kinds, the ledger is to be asked: what cannot be followed, preceded or repeated. */
export function askStanding(subject: Subject, entries: readonly CheckedEntry[]): KindsOf {
  const codes = new Set<string>();
  const kinds = new Set<string>();
  for (const { kind, ...entry } of entries) {
    const code = entry[CODE[subject]];
    if (code === null) continue;
    const asked = kind.once === subject ? [kind.code, ...opposing(subject, kind.code)] : opposing(subject, kind.code);
    if (asked.length > 0) codes.add(code);
    for (const one of asked) kinds.add(one);
  }
  return { codes: [...codes], kinds: [...kinds] };
}

export function standingBySubject(rows: readonly StandingRow[]): StandingEntries {
  const standing = new Map<string, Standing[]>();
  for (const { subject, code, ...one } of rows) {
    const place = `${subject} ${code}`;
    const known = standing.get(place);
    if (known) known.push(one);
    else standing.set(place, [one]);
  }
  return standing;
}
