import type { EntityManager } from 'typeorm';
import type { DomainError } from '../core/domain-error';
import type { Guard, Subject } from '../catalogue/kind-definition';
import { findKind } from '../catalogue/kinds';
import type { CheckedEntry } from './check-entry';
import { EntryRefused } from './entry-text';
import { findUnmetGuards, type GuardCheck } from './guard.queries';
import type { Rows } from './refuse-in-turn';
import { CODE, SUBJECTS } from './subject-code';

/** The kinds that say a donor came to be known here, and not by an opening. */
const KNOWN_HERE: ReadonlySet<string> = new Set(['RecruitmentRegistered', 'SampleCollected', 'DonorEnrolled']);

/** What the ledger has said of checks: whether something that stands meets them. */
export type Answers = Map<string, boolean>;

/** The rows with a guard that neither the call nor the ledger meets; the ledger is asked what it has not said yet. */
export async function findWithoutGround(
  manager: EntityManager,
  registryId: number,
  rows: Rows,
  among: Rows,
  openingKnown: boolean,
  answers: Answers,
): Promise<Map<number, DomainError>> {
  const found = new Map<number, DomainError>();
  const pending = pendingChecksAmong(rows, among);
  for (const subject of SUBJECTS) {
    const checks = pending(subject);
    const unasked = checks.filter((check) => !answers.has(questionOf(subject, check)));
    if (unasked.length > 0) {
      keepAnswers(
        answers,
        subject,
        unasked,
        await findUnmetGuards(manager, registryId, subject, unasked, openingKnown),
      );
    }
    for (const check of checks) {
      if (answers.get(questionOf(subject, check)) === false) found.set(check.row, unmet(subject, check));
    }
  }
  return found;
}

/** @param unmetPlaces the places of the checks that nothing meets */
export function keepAnswers(
  answers: Answers,
  subject: Subject,
  checks: readonly GuardCheck[],
  unmetPlaces: readonly number[],
): void {
  const left = new Set(unmetPlaces);
  checks.forEach((check, place) => answers.set(questionOf(subject, check), !left.has(place)));
}

function questionOf(subject: Subject, { row, kind, outcome, orOpening }: GuardCheck): string {
  return `${row} ${subject} ${kind} ${outcome ?? ''} ${orOpening}`;
}

/** What the ledger has to be asked of each subject: the guards of rows that nothing among these meets. */
export function pendingChecksAmong(rows: Rows, among: Rows): (subject: Subject) => GuardCheck[] {
  const firstDays = earliestDays(among.map(([, entry]) => entry));
  const recruited = new Map<string, string[]>();
  for (const [, { kind, donorCode }] of among) {
    if (donorCode === null || !KNOWN_HERE.has(kind.code)) continue;
    const kinds = recruited.get(donorCode);
    if (kinds) kinds.push(kind.code);
    else recruited.set(donorCode, [kind.code]);
  }
  return (subject) => pendingChecks(rows, subject, firstDays, recruited);
}

function pendingChecks(
  entries: readonly (readonly [number, CheckedEntry])[],
  subject: Subject,
  firstDays: ReadonlyMap<string, string>,
  recruited: ReadonlyMap<string, readonly string[]>,
): GuardCheck[] {
  const checks: GuardCheck[] = [];
  for (const [row, entry, code, guard] of guardsOf(entries, subject)) {
    if (!guard.after) continue;
    const day = firstDays.get(dayKey(subject, code, guard.after.kind, guard.after.outcome ?? null));
    if (day !== undefined && day <= entry.occurredOn) continue;
    checks.push({
      row,
      code,
      occurredOn: entry.occurredOn,
      kind: guard.after.kind,
      outcome: guard.after.outcome ?? null,
      // A second sample of the same call says no more of where its donor comes from than the first.
      orOpening: guard.orOpening === true && !recruited.get(code)?.some((kind) => kind !== entry.kind.code),
    });
  }
  return checks;
}

/** The earliest day of each subject × kind, and × outcome, that the call itself brings and its guards ask for. */
function earliestDays(entries: readonly CheckedEntry[]): Map<string, string> {
  const days = new Map<string, string>();
  const asking = new Set(entries.map((entry) => entry.kind));
  const askedFor = new Set([...asking].flatMap((kind) => kind.guards?.map((guard) => guard.after?.kind) ?? []));
  for (const entry of entries) {
    if (entry.quantity === '0' || !askedFor.has(entry.kind.code)) continue;
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

/** What is to be said of a guard that nothing meets. */
export function unmet(
  subject: Subject,
  check: Pick<GuardCheck, 'code' | 'occurredOn' | 'kind' | 'outcome'>,
): DomainError {
  const needed = findKind(check.kind);
  const outcome = needed?.outcomes?.find((one) => one.code === check.outcome);
  return new EntryRefused(
    CODE[subject],
    'guard_unmet',
    `${check.code} 在 ${check.occurredOn} 或之前没有“${needed?.label.zh}${outcome ? `：${outcome.label.zh}` : ''}”，请先登记它，或核对编号与日期。`,
    `${check.code} has no "${needed?.label.en}${outcome ? `: ${outcome.label.en}` : ''}" on or before ${check.occurredOn}; log that first, or check the code and the date.`,
  );
}
