import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Act } from '../accounts/audit';
import { insertNotes, postEntries, type EntryRow, type Taken } from './append.queries';
import type { CheckedEntry } from './check-entry';
import { hashNote } from './entry-content';
import type { EntryView } from './entry-view';

/** A checked entry, who writes it, and by which way in. */
export interface EntryToWrite {
  readonly entry: CheckedEntry;
  readonly actor: string;
  readonly source: string;
  /** Whether its writer wants to see it as it is written. */
  readonly shown: boolean;
}

interface Note {
  readonly id: string;
  readonly note: string;
  readonly salt: string;
}

/**
 * Writes entries, those of each writer under a number of their own, and records the acts that brought them.
 *
 * @param then what the last statement is sent with
 * @returns by place, those that are to be shown
 */
export async function writeEntries(
  manager: EntityManager,
  registryId: number,
  entries: readonly EntryToWrite[],
  openMonth: string,
  acts: readonly Act[],
  then?: 'commit',
): Promise<(EntryView | undefined)[]> {
  const notes: Note[] = [];
  const views = new Array<EntryView | undefined>(entries.length);
  const writers = byWriter(entries);
  for (const [turn, places] of writers.entries()) {
    const [first] = places.map((place) => entries[place]);
    if (!first) continue;
    const rows = places.flatMap((place) => (entries[place] ? [rowOf(entries[place].entry, notes)] : []));
    const last = turn === writers.length - 1;
    const taken = await postEntries(
      manager,
      registryId,
      first.actor,
      first.source,
      rows,
      last ? acts : [],
      last && notes.length === 0 ? then : undefined,
    );
    for (const place of places) {
      const one = entries[place];
      if (one?.shown) views[place] = viewOfWritten(one, taken, openMonth);
    }
  }
  if (notes.length > 0) await insertNotes(manager, registryId, notes);
  return views;
}

function byWriter(entries: readonly EntryToWrite[]): (readonly number[])[] {
  const writers = new Map<string, number[]>();
  entries.forEach(({ actor, source }, place) => {
    const writer = `${source} ${actor}`;
    const places = writers.get(writer);
    if (places) places.push(place);
    else writers.set(writer, [place]);
  });
  return [...writers.values()];
}

/** What is null is left out: the database need not read it. */
function rowOf(entry: CheckedEntry, notes: Note[]): EntryRow {
  return {
    id: entry.id,
    occurred_on: entry.occurredOn,
    kind: entry.kind.code,
    org: entry.org,
    donor_code: entry.donorCode ?? undefined,
    case_code: entry.caseCode ?? undefined,
    sample_code: entry.sampleCode ?? undefined,
    outcome: entry.outcome ?? undefined,
    reason: entry.reason ?? undefined,
    quantity: entry.quantity === '1' ? undefined : entry.quantity,
    attributes: entry.attributes ?? undefined,
    note_hash: entry.note === null ? undefined : keepNote(entry.id, entry.note, notes),
    justification: entry.justification ?? undefined,
  };
}

/** @returns the hash that the entry keeps of its note for good (R8) */
function keepNote(id: string, note: string, notes: Note[]): string {
  const salt = randomBytes(16);
  notes.push({ id, note, salt: salt.toString('hex') });
  return hashNote(note, salt).toString('hex');
}

function viewOfWritten({ entry, actor, source }: EntryToWrite, taken: Taken, openMonth: string): EntryView {
  const { kind, ...stated } = entry;
  const month = entry.occurredOn > openMonth ? entry.occurredOn : openMonth;
  return {
    ...stated,
    kind: kind.code,
    reverses: null,
    reversedBy: null,
    postedMonth: month.slice(0, 7),
    position: taken.position,
    recordedAt: taken.recordedAt,
    recordedBy: actor,
    source,
  };
}
