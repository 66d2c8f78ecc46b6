import type { EntityManager } from 'typeorm';
import type { DomainError } from '../core/domain-error';
import type { Guard, KindDefinition, Subject } from '../catalogue/kind-definition';
import { KINDS } from '../catalogue/kinds';
import type { CheckedEntry } from './check-entry';
import { findSecondConclusions } from './conclusions';
import { findLeftElsewhere, findPlaceBreaches } from './donor-place';
import { findExcluded } from './exclusions';
import { findWithoutGround, keepAnswers, pendingChecksAmong, type Answers } from './grounds';
import { findGuardFacts, NOTHING_ASKED } from './guard-facts.queries';
import { findOpenings, findStandingEntries, findUnmetGuards, isOpeningKnown } from './guard.queries';
import { askDonors, findOtherDonors, type DonorsOf } from './one-donor';
import { refuseInTurn } from './refuse-in-turn';
import { findSecondOpenings, yearTotalsOf } from './second-openings';
import { askHistories, findSpanBreaches, findUnlisted, historiesByDonor } from './span-guards';
import { askStanding, standingBySubject } from './standing';
import { CODE, SUBJECTS } from './subject-code';

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
  const openings = known.some(({ kind }) => kind.opening)
    ? await findOpenings(manager, registryId, yearTotalsOf(entries))
    : [];
  const rows = [...entries];
  const pending = keepGaps ? () => [] : pendingChecksAmong(rows, rows);
  const checks = { donor: pending('donor'), case: pending('case'), sample: pending('sample') };
  const named = known.some(({ donorCode, caseCode, sampleCode }) => donorCode ?? caseCode ?? sampleCode);
  const facts = !named
    ? NOTHING_ASKED
    : await findGuardFacts(manager, registryId, {
        openingCertain: openingPlanned || known.some(({ kind }) => kind.code === 'OpeningStock'),
        histories: askHistories(known),
        standing: {
          donor: askStanding('donor', known),
          case: askStanding('case', known),
          sample: askStanding('sample', known),
        },
        ...askDonors(known),
        checks,
      });
  const answers: Answers = new Map();
  for (const subject of SUBJECTS) keepAnswers(answers, subject, checks[subject], facts.unmet[subject]);
  const histories = historiesByDonor(facts.histories);
  const beside = standingBySubject(facts.standing);
  const donors: DonorsOf = new Map(facts.donors.map(({ subject, code, donors }) => [`${subject} ${code}`, donors]));
  const { openingKnown } = facts;
  return refuseInTurn(entries, findSecondOpenings(entries, openings), {
    ofGround: async (left, among) => {
      if (keepGaps) return new Map();
      return findWithoutGround(manager, registryId, left, among, openingKnown, answers);
    },
    ofDonor: [(left) => findSpanBreaches(left, histories, openingKnown), (left) => findPlaceBreaches(left, histories)],
    ofConflict: [
      (left) => findOtherDonors(left, donors),
      (left) => findExcluded(left, beside),
      (left) => findSecondConclusions(left, beside),
    ],
  });
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
