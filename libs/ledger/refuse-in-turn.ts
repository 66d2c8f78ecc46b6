import type { DomainError } from '../core/domain-error';
import type { CheckedEntry } from './check-entry';

export type Rows = readonly (readonly [row: number, entry: CheckedEntry])[];
type Found = ReadonlyMap<number, DomainError>;

/** How many rows may have to do with one that is looked at again: thousands beside one another would take minutes. */
const NEAR_AT_MOST = 200;
/** How many rows those that are looked at again are held against, all in all: some seconds of work. */
const HELD_AGAINST_AT_MOST = 1_000_000;

/** What can be wrong with rows beside one another. */
export interface RowChecks {
  /** What the rows rest on, among these; more rows never make it worse. */
  readonly ofGround: (rows: Rows, among: Rows) => Promise<Found>;
  /** How the rows of a donor go together. */
  readonly ofDonor: readonly ((rows: Rows) => Found)[];
  /** Which rows cannot go with an earlier one; more rows never make it better. */
  readonly ofConflict: readonly ((rows: Rows) => Found)[];
}

/**
 * Refuses rows by one check at a time, for what one finds is no longer in the way of the others. A row that was refused
 * before another which had to do with it is looked at again in the end: what stood in its way may be gone. Where more
 * rows have to do with it than {@link NEAR_AT_MOST}, its first refusal stays.
 *
 * @param before what is refused already, for good
 * @returns the refusals, by row
 */
export async function refuseInTurn(
  entries: ReadonlyMap<number, CheckedEntry>,
  before: Found,
  checks: RowChecks,
): Promise<Map<number, DomainError>> {
  const refused = new Map(before);
  const rounds = new Map<number, number>();
  for (let round = 1; ; round += 1) {
    const accepted = [...entries].filter(([row]) => !refused.has(row));
    const found = await findFirst(checks, accepted);
    if (found.size === 0) {
      if (round > 2) await lookAgain(entries, refused, rounds, checks);
      return refused;
    }
    for (const [row, problem] of found) {
      refused.set(row, problem);
      rounds.set(row, round);
    }
  }
}

async function findFirst({ ofGround, ofDonor, ofConflict }: RowChecks, rows: Rows): Promise<Found> {
  const unmet = await ofGround(rows, rows);
  return unmet.size > 0 ? unmet : findFirstOf([...ofDonor, ...ofConflict], rows);
}

function findFirstOf(checks: readonly ((rows: Rows) => Found)[], rows: Rows): Found {
  for (const check of checks) {
    const found = check(rows);
    if (found.size > 0) return found;
  }
  return new Map();
}

async function lookAgain(
  entries: ReadonlyMap<number, CheckedEntry>,
  refused: Map<number, DomainError>,
  rounds: ReadonlyMap<number, number>,
  checks: RowChecks,
): Promise<void> {
  const byCode = new Map<string, number[]>();
  for (const [row, entry] of entries) {
    for (const code of codesOf(entry)) {
      const rows = byCode.get(code);
      if (rows) rows.push(row);
      else byCode.set(code, [row]);
    }
  }
  const placesOf = (row: number) => codesOf(entries.get(row)).map((code) => byCode.get(code) ?? []);
  const isCrowded = (row: number) => placesOf(row).some((rows) => rows.length > NEAR_AT_MOST);
  const near = (row: number) => [...new Set(placesOf(row).flat())];
  const last = new Map(
    [...byCode].map(([code, rows]) => [code, rows.reduce((most, row) => Math.max(most, rounds.get(row) ?? 0), 0)]),
  );
  const misjudged = new Set<number>();
  for (const [row, round] of rounds) {
    if (isCrowded(row)) continue;
    if (codesOf(entries.get(row)).some((code) => (last.get(code) ?? 0) > round)) misjudged.add(row);
  }
  const doubtful = new Set(misjudged);
  let heldAgainst = 0;
  while (doubtful.size > 0 && heldAgainst < HELD_AGAINST_AT_MOST) {
    const row = Math.min(...doubtful);
    doubtful.delete(row);
    const entry = entries.get(row);
    if (!entry) continue;
    const others = near(row);
    heldAgainst += others.length;
    const beside = others.flatMap((other) => {
      const accepted = refused.has(other) ? undefined : entries.get(other);
      return accepted ? [[other, accepted] as const] : [];
    });
    const found = await findBeside(checks, [row, entry], beside);
    const problem = found.get(row);
    // What was said of it may speak of a row that is refused.
    if (problem && misjudged.delete(row)) refused.set(row, problem);
    if (found.size > 0) continue;
    refused.delete(row);
    for (const other of others) {
      if (refused.has(other) && rounds.has(other) && !isCrowded(other)) doubtful.add(other);
    }
  }
}

/** What is wrong if a row joins those that have to do with it; of rows that conflict, the joining one is to blame. */
async function findBeside(checks: RowChecks, joining: Rows[number], beside: Rows): Promise<Found> {
  const rows = [...beside, joining];
  const unmet = await checks.ofGround([joining], rows);
  if (unmet.size > 0) return unmet;
  const { donorCode } = joining[1];
  const ofDonor = donorCode === null ? [] : rows.filter(([, entry]) => entry.donorCode === donorCode);
  const misfit = findFirstOf(checks.ofDonor, ofDonor);
  return misfit.size > 0 ? misfit : findFirstOf(checks.ofConflict, rows);
}

function codesOf(entry: CheckedEntry | undefined): string[] {
  if (!entry) return [];
  const { donorCode, caseCode, sampleCode } = entry;
  return Object.entries({ donorCode, caseCode, sampleCode }).flatMap(([subject, code]) =>
    code === null ? [] : [`${subject} ${code}`],
  );
}
