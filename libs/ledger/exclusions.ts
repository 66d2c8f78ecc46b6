import { DomainError } from '../core/domain-error';
import type { KindDefinition, Subject } from '../catalogue/kind-definition';
import { findKind } from '../catalogue/kinds';
import type { CheckedEntry } from './check-entry';
import { EntryRefused } from './entry-text';
import { CODE, SUBJECTS } from './subject-code';
import { ends, opposing } from './opposing-kinds';
import type { Standing, StandingEntries } from './standing';

/** The entries of a call whose subject had come to its end before, or that would end it before what stands already. */
export function findExcluded(
  entries: readonly (readonly [number, CheckedEntry])[],
  stored: StandingEntries,
): Map<number, DomainError> {
  const known = new Map(stored);
  const excluded = new Map<number, DomainError>();
  for (const [row, { kind, occurredOn, ...entry }] of entries) {
    for (const subject of SUBJECTS) {
      const code = entry[CODE[subject]];
      if (code === null || opposing(subject, kind.code).length === 0) continue;
      const place = `${subject} ${code}`;
      const one = { kind: kind.code, outcome: entry.outcome, occurredOn };
      const opponent = known.get(place)?.find((other) => cannotFollow(subject, one, other));
      if (opponent) excluded.set(row, ended(CODE[subject], code, kind, occurredOn, opponent));
      else known.set(place, withOne(known.get(place) ?? [], one));
    }
  }
  return excluded;
}

/** Of each kind and outcome the first and the last day are enough, however many rows a subject has. */
function withOne(known: readonly Standing[], one: Standing): Standing[] {
  const isAlike = ({ kind, outcome }: Standing) => kind === one.kind && outcome === one.outcome;
  const days = known.filter(isAlike).map(({ occurredOn }) => occurredOn);
  const [first = one.occurredOn, ...rest] = [...days, one.occurredOn].sort();
  const last = rest.at(-1) ?? first;
  const others = known.filter((other) => !isAlike(other));
  return [...others, ...[...new Set([first, last])].map((occurredOn) => ({ ...one, occurredOn }))];
}

function cannotFollow(subject: Subject, one: Standing, other: Standing): boolean {
  const [first, second] = one.occurredOn < other.occurredOn ? [one, other] : [other, one];
  return first.occurredOn !== second.occurredOn && ends(subject, first, second.kind);
}

function ended(field: string, code: string, kind: KindDefinition, day: string, opponent: Standing): DomainError {
  const other = findKind(opponent.kind)?.label;
  const anew = opponent.kind === 'RequestClosed' && opponent.occurredOn < day;
  return new EntryRefused(
    field,
    'guard_blocked',
    `${code} 在 ${opponent.occurredOn} 有“${other?.zh}”，与 ${day} 的“${kind.label.zh}”先后不符；请核对编号与日期，或先冲销前一条。${anew ? '若是新的请求，请用新的请求编号登记。' : ''}`,
    `${code} has "${other?.en}" on ${opponent.occurredOn}, which does not go with "${kind.label.en}" of ${day}; check the code and the date, or reverse that one first.${anew ? ' A new request is a case of its own: log it under a new code.' : ''}`,
  );
}
