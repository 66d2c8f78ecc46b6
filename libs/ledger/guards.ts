import type { EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import type { Guard, KindDefinition, Subject } from '../catalogue/kind-definition';
import { findKind, KINDS } from '../catalogue/kinds';
import { findBlockedGuards, findStandingEntries, findUnmetGuards, type GuardCheck } from './append.queries';
import type { CheckedEntry } from './check-entry';
import { EntryRefused } from './entry-fields';

const SUBJECTS = ['donor', 'case', 'sample'] as const;
const CODE = { donor: 'donorCode', case: 'caseCode', sample: 'sampleCode' } as const;

/**
 * The entries of one call whose guards do not hold, by their row (R5). The call is a set: an entry may rest on
 * another of the same call, unless that one is refused itself.
 */
export async function findGuardBreaches(
  manager: EntityManager,
  registryId: number,
  entries: ReadonlyMap<number, CheckedEntry>,
): Promise<Map<number, DomainError>> {
  const breaches = new Map<number, DomainError>();
  const asked = new Set<string>();
  for (;;) {
    const accepted = [...entries].filter(([row]) => !breaches.has(row));
    const before = breaches.size;
    const openingInCall = accepted.some(([, entry]) => entry.kind.code === 'OpeningStock');
    const firstDays = earliestDays(accepted.map(([, entry]) => entry));
    for (const subject of SUBJECTS) {
      const after = pendingChecks(accepted, subject, asked, firstDays);
      if (after.length > 0) {
        for (const row of await findUnmetGuards(manager, registryId, subject, after, openingInCall)) {
          const check = after.find((one) => one.row === row);
          if (check) breaches.set(row, unmet(subject, check));
        }
      }
      const never = blockChecks(accepted, subject, asked);
      if (never.length > 0) {
        for (const row of await findBlockedGuards(manager, registryId, subject, never)) {
          const check = never.find((one) => one.row === row);
          if (check) breaches.set(row, blocked(subject, check));
        }
      }
    }
    if (breaches.size === before) return breaches;
  }
}

/** The earliest day of each subject × kind, and × outcome, that the call itself brings. */
function earliestDays(entries: readonly CheckedEntry[]): Map<string, string> {
  const days = new Map<string, string>();
  for (const entry of entries) {
    if (entry.quantity === '0') continue;
    for (const subject of SUBJECTS) {
      const code = entry[CODE[subject]];
      if (code === null) continue;
      for (const key of [
        dayKey(subject, code, entry.kind.code, null),
        dayKey(subject, code, entry.kind.code, entry.outcome),
      ]) {
        const known = days.get(key);
        if (known === undefined || entry.occurredOn < known) days.set(key, entry.occurredOn);
      }
    }
  }
  return days;
}

function dayKey(subject: Subject, code: string, kind: string, outcome: string | null): string {
  return `${subject} ${code} ${kind} ${outcome ?? ''}`;
}

function* guardsOf(
  entries: readonly (readonly [number, CheckedEntry])[],
  subject: Subject,
): Generator<[number, CheckedEntry, string, Guard]> {
  for (const [row, entry] of entries) {
    const code = entry[CODE[subject]];
    if (code === null) continue;
    for (const guard of entry.kind.guards ?? []) if (guard.on === subject) yield [row, entry, code, guard];
  }
}

/** What the ledger has to be asked: the guards that nothing in the call meets, each once. */
function pendingChecks(
  entries: readonly (readonly [number, CheckedEntry])[],
  subject: Subject,
  asked: Set<string>,
  firstDays: ReadonlyMap<string, string>,
): GuardCheck[] {
  const checks: GuardCheck[] = [];
  for (const [row, entry, code, guard] of guardsOf(entries, subject)) {
    if (!guard.after) continue;
    const day = firstDays.get(dayKey(subject, code, guard.after.kind, guard.after.outcome ?? null));
    if (day !== undefined && day <= entry.occurredOn) continue;
    const question = `${row} ${subject} ${guard.after.kind}`;
    if (asked.has(question)) continue;
    asked.add(question);
    checks.push({
      row,
      code,
      occurredOn: entry.occurredOn,
      kind: guard.after.kind,
      outcome: guard.after.outcome ?? null,
      orOpening: guard.orOpening ?? false,
    });
  }
  return checks;
}

function blockChecks(
  entries: readonly (readonly [number, CheckedEntry])[],
  subject: Subject,
  asked: Set<string>,
): GuardCheck[] {
  const checks: GuardCheck[] = [];
  for (const [row, entry, code, guard] of guardsOf(entries, subject)) {
    const question = `${row} ${subject} not ${guard.notAfter?.kind}`;
    if (!guard.notAfter || asked.has(question)) continue;
    asked.add(question);
    checks.push({
      row,
      code,
      occurredOn: entry.occurredOn,
      kind: guard.notAfter.kind,
      outcome: null,
      orOpening: false,
    });
  }
  return checks;
}

function unmet(subject: Subject, check: GuardCheck): DomainError {
  const needed = findKind(check.kind);
  const outcome = needed?.outcomes?.find((one) => one.code === check.outcome);
  return new EntryRefused(
    CODE[subject],
    'guard_unmet',
    `${check.code} 在 ${check.occurredOn} 或之前没有“${needed?.label.zh}${outcome ? `：${outcome.label.zh}` : ''}”，请先登记它，或核对编号与日期。`,
    `${check.code} has no "${needed?.label.en}${outcome ? `: ${outcome.label.en}` : ''}" on or before ${check.occurredOn}; log that first, or check the code and the date.`,
  );
}

function blocked(subject: Subject, check: GuardCheck): DomainError {
  const standing = findKind(check.kind);
  return new EntryRefused(
    CODE[subject],
    'guard_blocked',
    `${check.code} 在 ${check.occurredOn} 或之前已有“${standing?.label.zh}”，不能再登记这一条。`,
    `${check.code} already has "${standing?.label.en}" on or before ${check.occurredOn}; this cannot be logged.`,
  );
}

/** The kinds that may rest on an entry of this kind and outcome, by the subject they share. */
function dependentKinds(
  of: string,
  outcome: string | null,
): { subject: Subject; kind: KindDefinition; guard: Guard }[] {
  return KINDS.flatMap((kind: KindDefinition) =>
    (kind.guards ?? [])
      .filter(
        (guard) => guard.after?.kind === of && (guard.after.outcome === undefined || guard.after.outcome === outcome),
      )
      .map((guard) => ({ subject: guard.on, kind, guard })),
  );
}

/**
 * The standing entries that rested on an entry which the same transaction has just reversed, and on nothing else.
 */
export async function findLeftWithoutGround(
  manager: EntityManager,
  registryId: number,
  reversed: {
    kind: string;
    outcome: string | null;
    donorCode: string | null;
    caseCode: string | null;
    sampleCode: string | null;
  },
): Promise<{ id: string; kind: string; occurredOn: string }[]> {
  const left = [];
  for (const { subject, kind, guard } of dependentKinds(reversed.kind, reversed.outcome)) {
    const code = reversed[CODE[subject]];
    if (code === null || !guard.after) continue;
    const standing = await findStandingEntries(manager, registryId, subject, code, [kind.code]);
    const checks = standing.map((entry, row) => ({
      row,
      code,
      occurredOn: entry.occurredOn,
      kind: reversed.kind,
      outcome: guard.after?.outcome ?? null,
      orOpening: guard.orOpening ?? false,
    }));
    if (checks.length === 0) continue;
    const unmetRows = await findUnmetGuards(manager, registryId, subject, checks);
    left.push(...unmetRows.flatMap((row) => standing[row] ?? []));
  }
  return left;
}
