import type { EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import type { KindDefinition, Subject } from '../catalogue/kind-definition';
import { findKind, KINDS } from '../catalogue/kinds';
import type { CheckedEntry } from './check-entry';
import { EntryRefused } from './entry-text';
import { CODE, SUBJECTS } from './subject-code';
import { findStandingOfKinds } from './guard.queries';

/** Each kind with those that it cannot follow, or that cannot follow it, by the subject they share. */
const PAIRS = (KINDS as readonly KindDefinition[]).flatMap((kind) =>
  (kind.guards ?? []).flatMap(({ on, unless }) => (unless ? [{ on, before: unless, after: kind.code }] : [])),
);

const OPPOSING = new Map<string, string[]>();
for (const { on, before, after } of PAIRS) {
  OPPOSING.set(`${on} ${before}`, [...(OPPOSING.get(`${on} ${before}`) ?? []), after]);
  OPPOSING.set(`${on} ${after}`, [...(OPPOSING.get(`${on} ${after}`) ?? []), before]);
}

interface Standing {
  readonly kind: string;
  readonly occurredOn: string;
}

/** What the ledger has of the subjects that cannot go together with some entries, by subject and code. */
export type Opponents = ReadonlyMap<string, readonly Standing[]>;

export async function readOpponents(
  manager: EntityManager,
  registryId: number,
  entries: readonly CheckedEntry[],
): Promise<Opponents> {
  const opponents = new Map<string, Standing[]>();
  for (const subject of SUBJECTS) {
    const codes = new Set<string>();
    const kinds = new Set<string>();
    for (const entry of entries) {
      const code = entry[CODE[subject]];
      if (code === null) continue;
      for (const kind of opposing(subject, entry.kind.code)) {
        codes.add(code);
        kinds.add(kind);
      }
    }
    if (codes.size === 0) continue;
    for (const { code, ...one } of await findStandingOfKinds(manager, registryId, subject, [...codes], [...kinds])) {
      const place = `${subject} ${code}`;
      opponents.set(place, [...(opponents.get(place) ?? []), one]);
    }
  }
  return opponents;
}

/** The entries of a call whose subject had come to its end before, or that would end it before what stands already. */
export function findExcluded(
  entries: readonly (readonly [number, CheckedEntry])[],
  stored: Opponents,
): Map<number, DomainError> {
  const known = new Map(stored);
  const excluded = new Map<number, DomainError>();
  for (const [row, { kind, occurredOn, ...entry }] of entries) {
    for (const subject of SUBJECTS) {
      const code = entry[CODE[subject]];
      if (code === null || opposing(subject, kind.code).length === 0) continue;
      const place = `${subject} ${code}`;
      const one = { kind: kind.code, occurredOn };
      const opponent = known.get(place)?.find((other) => cannotFollow(subject, one, other));
      if (opponent) excluded.set(row, ended(CODE[subject], code, kind, occurredOn, opponent));
      else known.set(place, [...(known.get(place) ?? []), one]);
    }
  }
  return excluded;
}

function opposing(subject: Subject, kind: string): readonly string[] {
  return OPPOSING.get(`${subject} ${kind}`) ?? [];
}

function cannotFollow(subject: Subject, one: Standing, other: Standing): boolean {
  const [first, second] = one.occurredOn < other.occurredOn ? [one, other] : [other, one];
  return (
    first.occurredOn !== second.occurredOn &&
    PAIRS.some(({ on, before, after }) => on === subject && before === first.kind && after === second.kind)
  );
}

function ended(field: string, code: string, kind: KindDefinition, day: string, opponent: Standing): DomainError {
  const other = findKind(opponent.kind)?.label;
  return new EntryRefused(
    field,
    'guard_blocked',
    `${code} 在 ${opponent.occurredOn} 有“${other?.zh}”，与 ${day} 的“${kind.label.zh}”先后不符；请核对编号与日期，或先冲销前一条。`,
    `${code} has "${other?.en}" on ${opponent.occurredOn}, which does not go with "${kind.label.en}" of ${day}; check the code and the date, or reverse that one first.`,
  );
}
