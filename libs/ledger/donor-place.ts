import type { EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { findKind } from '../catalogue/kinds';
import { PLACE, type PlaceTurn } from '../catalogue/spans';
import type { CheckedEntry } from './check-entry';
import { EntryRefused } from './entry-text';
import { findDonorEntries, type DonorEntry } from './guard.queries';
import type { DonorHistory } from './span-guards';

/** What an entry says of where its donor stands. */
export interface PlaceEvent {
  readonly day: string;
  readonly org: string;
  readonly kind: string;
  readonly turn: PlaceTurn;
}

interface Misplaced<Event> {
  readonly event: Event;
  /** Where the donor stands on that day; null: nowhere, between two orgs. */
  readonly stands: string | null;
}

/**
 * The first of a donor's entries that is logged for another org than the one where the donor stands on its day (R11).
 * Of a donor who was listed before the ledger began nobody knows where, until the first transfer.
 */
export function findMisplaced<Event extends PlaceEvent>(events: readonly Event[]): Misplaced<Event> | undefined {
  const days = groupBy(
    [...events].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)),
    ({ day }) => day,
  );
  let place: string | null | undefined;
  for (const today of days.values()) {
    const arrivals = today.filter(({ turn }) => turn === 'arrives').map(({ org }) => org);
    const bound = today.filter(({ turn }) => turn !== 'arrives');
    const event = bound.find(({ org }) => place !== undefined && org !== place && !arrivals.includes(org));
    if (event) return { event, stands: arrivals.at(-1) ?? place ?? null };
    const left = new Set(bound.filter(({ turn }) => turn === 'leaves').map(({ org }) => org));
    const stays = arrivals.find((org) => !left.has(org));
    if (stays !== undefined) place = stays;
    else if (left.size > 0) place = null;
  }
  return undefined;
}

/**
 * The entries of a call that are logged for an org where their donor does not stand, or that would leave a later one
 * so. The call is a set, looked at in the order of days.
 */
export function findPlaceBreaches(
  entries: readonly (readonly [number, CheckedEntry])[],
  histories: DonorHistory,
): Map<number, DomainError> {
  const breaches = new Map<number, DomainError>();
  const byDonor = groupBy(
    entries.flatMap(([row, entry]) => {
      const turn = turnOf(entry.kind.code, entry.outcome);
      return entry.donorCode === null || !turn ? [] : [{ ...eventOf(entry.kind.code, entry, turn), row, entry }];
    }),
    ({ entry }) => entry.donorCode as string,
  );
  for (const [donor, rows] of byDonor) {
    const history = eventsOf(histories.get(donor) ?? []);
    // What was logged before the rule held is nobody's fault now.
    if (findMisplaced(history) || !findMisplaced([...history, ...rows])) continue;
    let kept: PlaceEvent[] = history;
    for (const row of rows.sort(inOrder)) {
      const found = findMisplaced([...kept, row]);
      if (found) breaches.set(row.row, elsewhere(row.entry, found, found.event === row));
      else kept = [...kept, row];
    }
  }
  return breaches;
}

/** An entry that the reversal of another, in the same transaction, leaves at an org where its donor does not stand. */
export async function findLeftElsewhere(
  manager: EntityManager,
  registryId: number,
  reversed: Pick<DonorEntry, 'kind' | 'outcome' | 'org' | 'occurredOn'> & { readonly donorCode: string | null },
): Promise<DonorEntry | undefined> {
  const turn = turnOf(reversed.kind, reversed.outcome);
  if (reversed.donorCode === null || !turn || turn === 'stays') return undefined;
  const kinds = [...new Set(PLACE.map(({ kind }) => kind))];
  const history = await findDonorEntries(manager, registryId, [reversed.donorCode], kinds);
  const events = history.flatMap((entry) => {
    const its = turnOf(entry.kind, entry.outcome);
    return its ? [{ ...eventOf(entry.kind, entry, its), entry }] : [];
  });
  if (findMisplaced([...events, eventOf(reversed.kind, reversed, turn)])) return undefined;
  return findMisplaced(events)?.event.entry;
}

/** What an entry of this kind and outcome is to the place of its donor, if it is anything. */
export function turnOf(kind: string, outcome: string | null): PlaceTurn | undefined {
  return PLACE.find((one) => one.kind === kind && (one.outcome === undefined || one.outcome === outcome))?.turn;
}

function eventOf(kind: string, { org, occurredOn }: { org: string; occurredOn: string }, turn: PlaceTurn): PlaceEvent {
  return { day: occurredOn, org, kind, turn };
}

function eventsOf(history: readonly DonorEntry[]): PlaceEvent[] {
  return history.flatMap((entry) => {
    const turn = turnOf(entry.kind, entry.outcome);
    return turn ? [eventOf(entry.kind, entry, turn)] : [];
  });
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** By day; within a day who arrives comes first. */
function inOrder(a: PlaceEvent, b: PlaceEvent): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  return Number(a.turn !== 'arrives') - Number(b.turn !== 'arrives');
}

function elsewhere(entry: CheckedEntry, { event, stands }: Misplaced<PlaceEvent>, itself: boolean): DomainError {
  const [donor, kind, other] = [entry.donorCode, entry.kind.label, findKind(event.kind)?.label];
  if (!itself) {
    return new EntryRefused(
      'occurredOn',
      'donor_elsewhere',
      `${donor} 在 ${event.day} 还有登记在 ${event.org} 的“${other?.zh}”，${entry.occurredOn} 的“${kind.zh}”会使它不在捐献者所在的机构；请核对机构与日期。`,
      `${donor} has "${other?.en}" of ${event.org} on ${event.day}, which "${kind.en}" of ${entry.occurredOn} would leave at an org where the donor is not; check the org and the date.`,
    );
  }
  return stands === null
    ? new EntryRefused(
        'org',
        'donor_elsewhere',
        `${donor} 在 ${event.day} 已转出、尚未转入；请先在接收机构登记转入，再登记“${kind.zh}”。`,
        `${donor} has been transferred out and not yet in on ${event.day}; log the transfer in first, then "${kind.en}".`,
      )
    : new EntryRefused(
        'org',
        'donor_elsewhere',
        `${donor} 在 ${event.day} 的在库机构是 ${stands}，“${kind.zh}”应登记在 ${stands}，不是 ${entry.org}。`,
        `${donor} is listed at ${stands} on ${event.day}: log "${kind.en}" for ${stands}, not for ${entry.org}.`,
      );
}
