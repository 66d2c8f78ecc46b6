import type { EntityManager } from 'typeorm';
import type { CheckedEntry } from './check-entry';
import { findStandingOfKinds } from './guard.queries';
import { opposing } from './opposing-kinds';
import { CODE, SUBJECTS } from './subject-code';

export interface Standing {
  readonly kind: string;
  readonly outcome: string | null;
  readonly occurredOn: string;
}

/** What the ledger has of some subjects, by subject and code. */
export type StandingEntries = ReadonlyMap<string, readonly Standing[]>;

/** What the ledger has that some entries cannot follow, or precede, or stand beside a second time. */
export async function readStanding(
  manager: EntityManager,
  registryId: number,
  entries: readonly CheckedEntry[],
): Promise<StandingEntries> {
  const standing = new Map<string, Standing[]>();
  for (const subject of SUBJECTS) {
    const codes = new Set<string>();
    const kinds = new Set<string>();
    for (const { kind, ...entry } of entries) {
      const code = entry[CODE[subject]];
      if (code === null) continue;
      const asked = kind.once === subject ? [kind.code, ...opposing(subject, kind.code)] : opposing(subject, kind.code);
      if (asked.length > 0) codes.add(code);
      for (const one of asked) kinds.add(one);
    }
    if (codes.size === 0) continue;
    for (const { code, ...one } of await findStandingOfKinds(manager, registryId, subject, [...codes], [...kinds])) {
      const place = `${subject} ${code}`;
      const known = standing.get(place);
      if (known) known.push(one);
      else standing.set(place, [one]);
    }
  }
  return standing;
}
