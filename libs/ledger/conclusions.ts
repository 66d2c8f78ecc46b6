import type { EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import type { Subject } from '../catalogue/kind-definition';
import type { CheckedEntry } from './check-entry';
import { findStandingOfKinds } from './guard.queries';
import { EntryRefused } from './entry-text';
import { CODE, SUBJECTS } from './subject-code';

/** The days of the conclusions that stand, by kind and by the code of what they conclude. */
export type Conclusions = ReadonlyMap<string, string>;

/** The conclusions that the ledger has of what these entries would conclude. */
export async function readConclusions(
  manager: EntityManager,
  registryId: number,
  entries: readonly CheckedEntry[],
): Promise<Conclusions> {
  const known = new Map<string, string>();
  for (const subject of SUBJECTS) {
    const concluding = entries.filter((entry) => entry.kind.once === subject && entry[CODE[subject]] !== null);
    if (concluding.length === 0) continue;
    const codes = [...new Set(concluding.map((entry) => entry[CODE[subject]] as string))];
    const kinds = [...new Set(concluding.map((entry) => entry.kind.code))];
    for (const { kind, code, occurredOn } of await findStandingOfKinds(manager, registryId, subject, codes, kinds)) {
      known.set(`${kind} ${code}`, occurredOn);
    }
  }
  return known;
}

/** The entries of a call that would conclude something a second time; of two in the call the later row. */
export function findSecondConclusions(
  entries: readonly (readonly [number, CheckedEntry])[],
  stored: Conclusions,
): Map<number, DomainError> {
  const known = new Map(stored);
  const second = new Map<number, DomainError>();
  for (const [row, entry] of entries) {
    const code = entry.kind.once && entry[CODE[entry.kind.once]];
    if (!code) continue;
    const place = `${entry.kind.code} ${code}`;
    const before = known.get(place);
    if (before === undefined) known.set(place, entry.occurredOn);
    else second.set(row, concluded(entry, code, before));
  }
  return second;
}

function concluded({ kind }: CheckedEntry, code: string, day: string): DomainError {
  return new EntryRefused(
    CODE[kind.once as Subject],
    'concluded_before',
    `${code} 在 ${day} 已有“${kind.label.zh}”，只能有一条；要更正请冲销那一条后重新登记。`,
    `${code} has its "${kind.label.en}" of ${day}, and can have one only; to correct it, reverse it and log a new one.`,
  );
}
