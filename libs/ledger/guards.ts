import type { EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import type { Guard, KindDefinition, Subject } from '../catalogue/kind-definition';
import { findKind, KINDS } from '../catalogue/kinds';
import {
  findOpenings,
  findStandingEntries,
  findUnmetGuards,
  isOpeningKnown,
  type GuardCheck,
  type OpeningEntry,
} from './guard.queries';
import { findSpanBreaches, findUnlisted, readHistories } from './span-guards';
import type { CheckedEntry } from './check-entry';
import { findSecondConclusions } from './conclusions';
import { findExcluded } from './exclusions';
import { findOtherDonors, readDonors } from './one-donor';
import { readStanding } from './standing';
import { findLeftElsewhere, findPlaceBreaches } from './donor-place';
import { EntryRefused } from './entry-text';
import { CODE, SUBJECTS } from './subject-code';
import { refuseInTurn, type Rows } from './refuse-in-turn';

/** The kinds that say a donor came to be known here, and not by an opening. */
const KNOWN_HERE: ReadonlySet<string> = new Set(['RecruitmentRegistered', 'SampleCollected', 'DonorEnrolled']);

/**
 * The entries of one call whose guards do not hold, by their row (R5). The call is a set: an entry may rest on
 * another of the same call, and is refused for another, only where that one is not refused itself. With `keepGaps` nothing need have come before.
 *
 * @param options.openingPlanned whether an opening stock comes into the ledger before this call
 */
export async function findGuardBreaches(
  manager: EntityManager,
  registryId: number,
  entries: ReadonlyMap<number, CheckedEntry>,
  { keepGaps = false, openingPlanned = false }: { readonly keepGaps?: boolean; readonly openingPlanned?: boolean } = {},
): Promise<Map<number, DomainError>> {
  const known = [...entries.values()];
  const histories = await readHistories(manager, registryId, known);
  const beside = await readStanding(manager, registryId, known);
  const donors = await readDonors(manager, registryId, known);
  const openings = known.some(({ kind }) => kind.opening)
    ? await findOpenings(manager, registryId, yearTotalsOf(entries))
    : [];
  const openingKnown =
    openingPlanned ||
    known.some(({ kind }) => kind.code === 'OpeningStock') ||
    ((histories.size > 0 || asksOpening(known)) && (await isOpeningKnown(manager, registryId)));
  const answers = new Map<string, boolean>();
  return refuseInTurn(entries, findSecondOpenings(entries, openings), {
    ofGround: async (rows, among) => {
      if (keepGaps) return new Map();
      return findWithoutGround(manager, registryId, rows, among, openingKnown, answers);
    },
    ofDonor: [(rows) => findSpanBreaches(rows, histories, openingKnown), (rows) => findPlaceBreaches(rows, histories)],
    ofConflict: [
      (rows) => findOtherDonors(rows, donors),
      (rows) => findExcluded(rows, beside),
      (rows) => findSecondConclusions(rows, beside),
    ],
  });
}

/** The rows with a guard that neither the call nor the ledger meets; what the ledger said is asked once. */
async function findWithoutGround(
  manager: EntityManager,
  registryId: number,
  rows: Rows,
  among: Rows,
  openingKnown: boolean,
  answers: Map<string, boolean>,
): Promise<Map<number, DomainError>> {
  const found = new Map<number, DomainError>();
  const firstDays = earliestDays(among.map(([, entry]) => entry));
  const recruited = new Map<string, string[]>();
  for (const [, { kind, donorCode }] of among) {
    if (donorCode === null || !KNOWN_HERE.has(kind.code)) continue;
    recruited.set(donorCode, [...(recruited.get(donorCode) ?? []), kind.code]);
  }
  for (const subject of SUBJECTS) {
    const checks = pendingChecks(rows, subject, firstDays, recruited);
    const unasked = checks.filter((check) => !answers.has(questionOf(subject, check)));
    const left = unasked.map((check, row) => ({ ...check, row }));
    const unmetPlaces = new Set(
      left.length === 0 ? [] : await findUnmetGuards(manager, registryId, subject, left, openingKnown),
    );
    unasked.forEach((check, place) => answers.set(questionOf(subject, check), !unmetPlaces.has(place)));
    for (const check of checks) {
      if (answers.get(questionOf(subject, check)) === false) found.set(check.row, unmet(subject, check));
    }
  }
  return found;
}

function questionOf(subject: Subject, { row, kind, outcome, orOpening }: GuardCheck): string {
  return `${row} ${subject} ${kind} ${outcome ?? ''} ${orOpening}`;
}

function asksOpening(entries: readonly CheckedEntry[]): boolean {
  return entries.some(({ kind }) => kind.guards?.some((guard) => guard.orOpening || guard.within === 'listed'));
}

function yearTotalsOf(entries: ReadonlyMap<number, CheckedEntry>): string[] {
  const orgs = [...entries.values()].flatMap(({ kind, org }) => (kind.code === 'OpeningYearTotal' ? [org] : []));
  return [...new Set(orgs)];
}

/** R6: an org has one opening tally of each kind, and of each year and metric. */
function findSecondOpenings(
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

/** What the ledger has to be asked: the guards that nothing in the call meets. */
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
 * A standing entry that rested on an entry which the same transaction has just reversed, and on nothing else.
 */
export async function findLeftWithoutGround(
  manager: EntityManager,
  registryId: number,
  reversed: ReversedContent,
): Promise<{ id: string; kind: string; occurredOn: string } | undefined> {
  const openingKnown = await isOpeningKnown(manager, registryId);
  for (const { subject, kind, guard } of dependentKinds(reversed.kind, reversed.outcome)) {
    const code = reversed[CODE[subject]];
    if (code === null || !guard.after) continue;
    // What came before it never stood on it: its guard is met by another, or is a gap that was kept.
    const standing = (await findStandingEntries(manager, registryId, subject, code, kind.code)).filter(
      (entry) => entry.occurredOn >= reversed.occurredOn,
    );
    const checks = standing.map((entry, row) => ({
      row,
      code,
      occurredOn: entry.occurredOn,
      kind: reversed.kind,
      outcome: guard.after?.outcome ?? null,
      orOpening: guard.orOpening ?? false,
    }));
    if (checks.length === 0) continue;
    const [row] = await findUnmetGuards(manager, registryId, subject, checks, openingKnown);
    if (row !== undefined) return standing[row];
  }
  return (
    (await findUnlisted(manager, registryId, reversed, openingKnown)) ??
    findLeftElsewhere(manager, registryId, reversed)
  );
}

interface ReversedContent {
  readonly kind: string;
  readonly org: string;
  readonly occurredOn: string;
  readonly outcome: string | null;
  readonly donorCode: string | null;
  readonly caseCode: string | null;
  readonly sampleCode: string | null;
}
