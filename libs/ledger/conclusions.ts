import { DomainError } from '../core/domain-error';
import type { Subject } from '../catalogue/kind-definition';
import type { CheckedEntry } from './check-entry';
import { EntryRefused } from './entry-text';
import type { StandingEntries } from './standing';
import { CODE } from './subject-code';

/** The entries of a call that would conclude something a second time; of two in the call the later row. */
export function findSecondConclusions(
  entries: readonly (readonly [number, CheckedEntry])[],
  stored: StandingEntries,
): Map<number, DomainError> {
  const days = new Map<string, string>();
  const second = new Map<number, DomainError>();
  for (const [row, entry] of entries) {
    const code = entry.kind.once && entry[CODE[entry.kind.once]];
    if (!code) continue;
    const place = `${entry.kind.code} ${code}`;
    const standing = stored.get(`${entry.kind.once} ${code}`)?.find(({ kind }) => kind === entry.kind.code);
    const before = standing?.occurredOn ?? days.get(place);
    if (before === undefined) days.set(place, entry.occurredOn);
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
