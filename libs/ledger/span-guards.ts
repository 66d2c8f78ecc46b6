import type { EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import type { KindDefinition } from '../catalogue/kind-definition';
import { findKind, KINDS } from '../catalogue/kinds';
import { SPANS, type SpanDefinition } from '../catalogue/spans';
import type { KindsOf } from './guard-facts.queries';
import { findDonorEntries, findListedByOpening, type DonorEntry } from './guard.queries';
import type { CheckedEntry } from './check-entry';
import { EntryRefused } from './entry-text';
import { isOpenOn, takeTurns, turnOf, type Turn } from './spans';

const SPAN_LIST: readonly SpanDefinition[] = Object.values(SPANS);

/** The kinds that say a donor was recruited here, and not listed before the ledger began. */
const RECRUITING: ReadonlySet<string> = new Set(['RecruitmentRegistered', 'SampleCollected']);
const LISTED_ONLY: readonly string[] = (KINDS as readonly KindDefinition[])
  .filter(({ guards }) => guards?.some((guard) => guard.within === 'listed'))
  .map((kind) => kind.code);

/** What is known of donors: their standing entries that have to do with being listed. */
export type DonorHistory = ReadonlyMap<string, readonly DonorEntry[]>;

/** Of which donors, and which kinds, the ledger is to be asked. */
export function askHistories(entries: readonly CheckedEntry[]): KindsOf {
  const concerned = entries.filter(
    (entry) => entry.donorCode !== null && (isConcerned(entry) || RECRUITING.has(entry.kind.code)),
  );
  const ending = concerned.some(
    (entry) =>
      RECRUITING.has(entry.kind.code) ||
      SPAN_LIST.some((span) => turnOf(span, entry.kind.code, entry.outcome) === 'ends'),
  );
  const turns = SPAN_LIST.flatMap((span) => [span.begins.kind, span.ends.kind]);
  // What rests on a listing is read only when one ends, or is denied: few donors, and not the thousands of a campaign.
  const kinds = new Set([...turns, ...RECRUITING, ...(ending ? LISTED_ONLY : [])]);
  return { codes: [...new Set(concerned.map((entry) => entry.donorCode as string))], kinds: [...kinds] };
}

export function historiesByDonor(entries: readonly DonorEntry[]): DonorHistory {
  const histories = new Map<string, DonorEntry[]>();
  for (const entry of entries) {
    const known = histories.get(entry.donorCode);
    if (known) known.push(entry);
    else histories.set(entry.donorCode, [entry]);
  }
  return histories;
}

function isConcerned(entry: CheckedEntry): boolean {
  return (
    LISTED_ONLY.includes(entry.kind.code) ||
    SPAN_LIST.some((span) => turnOf(span, entry.kind.code, entry.outcome) !== null)
  );
}

/**
 * The entries of a call that do not fit into their donor's history: who enrols is not listed, who is contacted,
 * asked or withdrawn is, and what is restored was unavailable. The call is a set; of two that cannot both stand the
 * later row is refused.
 */
export function findSpanBreaches(
  entries: readonly (readonly [number, CheckedEntry])[],
  histories: DonorHistory,
  openingKnown: boolean,
): Map<number, DomainError> {
  const breaches = new Map<number, DomainError>();
  const byDonor = new Map<string, [number, CheckedEntry][]>();
  for (const [row, entry] of entries) {
    const { donorCode } = entry;
    if (donorCode === null || !(isConcerned(entry) || RECRUITING.has(entry.kind.code))) continue;
    const rows = byDonor.get(donorCode);
    if (rows) rows.push([row, entry]);
    else byDonor.set(donorCode, [[row, entry]]);
  }
  for (const [donorCode, rows] of byDonor) {
    for (const [row, problem] of findDenials(rows, histories.get(donorCode) ?? [], openingKnown)) {
      breaches.set(row, problem);
    }
    for (const span of SPAN_LIST) {
      const left = rows.filter(([row]) => !breaches.has(row));
      checkDonor(span, left, histories.get(donorCode) ?? [], openingKnown && span.orOpening === true, breaches);
    }
  }
  return breaches;
}

/** The recruitments of a donor on whose listing before the ledger began something rests that stands. */
function findDenials(
  rows: readonly (readonly [number, CheckedEntry])[],
  history: readonly DonorEntry[],
  openingKnown: boolean,
): [number, DomainError][] {
  const denying = rows.filter(([, { kind, quantity }]) => RECRUITING.has(kind.code) && quantity !== '0');
  const resting = history.filter((one) => LISTED_ONLY.includes(one.kind));
  const recruited = history.filter((one) => RECRUITING.has(one.kind)).map((one) => one.occurredOn);
  const span = SPANS.listed;
  const known = history.flatMap((one) => asTurn(span, one.kind, one.outcome, one.occurredOn));
  if (resting.length === 0 || !openingKnown || !beganBefore(known, recruited)) return [];
  const turns = [...known, ...rows.flatMap(([, one]) => asTurn(span, one.kind.code, one.outcome, one.occurredOn))];
  return denying.flatMap(([row, entry]) => {
    if (beganBefore(known, [...recruited, entry.occurredOn])) return [];
    const left = resting.find(
      (one) => isOpenOn(one.occurredOn, known, true) && !isOpenOn(one.occurredOn, turns, false),
    );
    return left ? [[row, unsettles(left, entry)]] : [];
  });
}

function checkDonor(
  span: SpanDefinition,
  rows: readonly (readonly [number, CheckedEntry])[],
  history: readonly DonorEntry[],
  openingCounts: boolean,
  breaches: Map<number, DomainError>,
): void {
  let turns = history.flatMap((one) => asTurn(span, one.kind, one.outcome, one.occurredOn));
  const resting = span === SPANS.listed ? history.filter((one) => LISTED_ONLY.includes(one.kind)) : [];
  const recruited = [...history, ...rows.map(([, entry]) => ({ kind: entry.kind.code, occurredOn: entry.occurredOn }))]
    .filter((one) => RECRUITING.has(one.kind))
    .map((one) => one.occurredOn);
  const refusals = new Map<number, DomainError>();
  const openAtFirst = (of: readonly Turn[]) => openingCounts && beganBefore(of, recruited);
  let waiting = rows.flatMap(([row, entry]) =>
    asTurn(span, entry.kind.code, entry.outcome, entry.occurredOn).map((turn) => ({ row, entry, turn })),
  );
  // A row may rest on one that stands after it in the call: who does not fit yet is looked at again.
  for (let before = -1; waiting.length > 0 && waiting.length !== before;) {
    before = waiting.length;
    waiting = waiting.filter(({ row, entry, turn }) => {
      const after = [...turns, turn];
      const unsettled = resting.find(
        (one) =>
          turn.turn === 'ends' &&
          one.occurredOn > turn.day &&
          turnOf(span, one.kind, one.outcome) === null &&
          !isOpenOn(one.occurredOn, after, openAtFirst(after)),
      );
      const problem = !takeTurns(after, openAtFirst(after))
        ? outOfTurn(span, turn, entry)
        : unsettled && unsettles(unsettled, entry);
      if (problem) refusals.set(row, problem);
      else refusals.delete(row);
      if (!problem) turns = after;
      return problem !== undefined;
    });
  }
  for (const [row, problem] of refusals) breaches.set(row, problem);
  if (span !== SPANS.listed) return;
  for (const [row, entry] of rows) {
    if (breaches.has(row) || !LISTED_ONLY.includes(entry.kind.code) || entry.quantity === '0') continue;
    if (turnOf(span, entry.kind.code, entry.outcome) !== null) continue;
    if (!isOpenOn(entry.occurredOn, turns, openAtFirst(turns))) breaches.set(row, notListed(entry, turns));
  }
}

/** Whether the donor was listed before the ledger began: nobody enrolled or recruited the donor here before. */
function beganBefore(turns: readonly Turn[], recruited: readonly string[]): boolean {
  const [first] = [...turns].sort((a, b) => (a.day < b.day ? -1 : 1));
  return first?.turn !== 'begins' && !recruited.some((day) => first === undefined || day <= first.day);
}

/**
 * What the reversal of an entry, in the same transaction, leaves without a listing: a later turn, or what rests on the
 * listing that is gone.
 */
export async function findUnlisted(
  manager: EntityManager,
  registryId: number,
  reversed: { readonly kind: string; readonly outcome: string | null; readonly donorCode: string | null },
  openingKnown: boolean,
): Promise<DonorEntry | undefined> {
  if (reversed.kind === 'OpeningStock' && !openingKnown) {
    return findListedByOpening(manager, registryId, LISTED_ONLY);
  }
  const { donorCode } = reversed;
  if (donorCode === null) return undefined;
  for (const span of SPAN_LIST) {
    if (turnOf(span, reversed.kind, reversed.outcome) === null) continue;
    const kinds = [...new Set([span.begins.kind, span.ends.kind, ...RECRUITING, ...LISTED_ONLY])];
    const history = await findDonorEntries(manager, registryId, [donorCode], kinds);
    const turns = history.flatMap((one) => asTurn(span, one.kind, one.outcome, one.occurredOn));
    const recruited = history.filter((one) => RECRUITING.has(one.kind)).map((one) => one.occurredOn);
    const openAtFirst = openingKnown && span.orOpening === true && beganBefore(turns, recruited);
    if (!takeTurns(turns, openAtFirst)) {
      return history.find((one) => turnOf(span, one.kind, one.outcome) !== null);
    }
    if (span !== SPANS.listed) continue;
    const left = history.find(
      (one) =>
        LISTED_ONLY.includes(one.kind) &&
        turnOf(span, one.kind, one.outcome) === null &&
        !isOpenOn(one.occurredOn, turns, openAtFirst),
    );
    if (left) return left;
  }
  return undefined;
}

function asTurn(span: SpanDefinition, kind: string, outcome: string | null, day: string): Turn[] {
  const turn = turnOf(span, kind, outcome);
  return turn === null ? [] : [{ day, turn }];
}

function notListed(entry: CheckedEntry, turns: readonly Turn[]): DomainError {
  const withdrawn = turns.some((one) => one.turn === 'ends' && one.day < entry.occurredOn);
  return new EntryRefused(
    'donorCode',
    withdrawn ? 'guard_blocked' : 'guard_unmet',
    withdrawn
      ? `${entry.donorCode} 在 ${entry.occurredOn} 之前已退库，不能再登记“${entry.kind.label.zh}”。`
      : `${entry.donorCode} 在 ${entry.occurredOn} 或之前没有“入库”，请先登记它，或核对编号与日期。`,
    withdrawn
      ? `${entry.donorCode} was withdrawn before ${entry.occurredOn}; "${entry.kind.label.en}" cannot be logged.`
      : `${entry.donorCode} has no "donor enrolled" on or before ${entry.occurredOn}; log that first, or check the code and the date.`,
  );
}

function outOfTurn(span: SpanDefinition, turn: Turn, entry: CheckedEntry): DomainError {
  const begins = turn.turn === 'begins';
  return new EntryRefused(
    'donorCode',
    begins ? 'guard_blocked' : 'guard_unmet',
    `${entry.donorCode} 在 ${entry.occurredOn} ${begins ? '已是' : '不是'}“${span.label.zh}”状态，不能登记“${entry.kind.label.zh}”；请核对编号、日期和前后的登记。`,
    `${entry.donorCode} is ${begins ? 'already' : 'not'} ${span.label.en} on ${entry.occurredOn}: "${entry.kind.label.en}" cannot be logged; check the code, the date and the entries around it.`,
  );
}

function unsettles(resting: DonorEntry, entry: CheckedEntry): DomainError {
  const kind = findKind(resting.kind)?.label;
  return new EntryRefused(
    'occurredOn',
    'guard_blocked',
    `${entry.donorCode} 在 ${resting.occurredOn} 还有“${kind?.zh}”，${entry.occurredOn} 的“${entry.kind.label.zh}”会使它失去前提；请核对日期，或先冲销后面的登记。`,
    `${entry.donorCode} has "${kind?.en}" on ${resting.occurredOn}, which "${entry.kind.label.en}" of ${entry.occurredOn} would leave without ground; check the date, or reverse what comes later first.`,
  );
}
