import { createHash } from 'node:crypto';
import type { StoredEntry } from './append.queries';
import { isDecimal, plain } from '../core/decimal';
import { readAttributes, readFields, readId, shortText, text } from './entry-text';

/** What makes two entries the same entry: every field that its sender states. */
export interface EntryContent {
  readonly kind: string;
  readonly org: string;
  readonly occurredOn: string;
  readonly donorCode: string | null;
  readonly caseCode: string | null;
  readonly sampleCode: string | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly quantity: string;
  readonly attributes: Record<string, string> | null;
  readonly note: string | null;
  readonly justification: string | null;
  readonly reverses: string | null;
}

export interface FieldDifference {
  readonly field: string;
  readonly stored: unknown;
  readonly sent: unknown;
}

/**
 * What a sender states, brought to its one form, whether it holds or not: what it is compared by with what is stored.
 *
 * @throws {EntryRefused} when it is no object, has a field that nobody knows, or no uuid
 */
export function readContent(input: unknown): { id: string; content: EntryContent } {
  const given = readFields(input);
  const quantity = shortText(given, 'quantity') ?? '1';
  return {
    id: readId(given),
    content: {
      kind: text(given, 'kind') ?? '',
      org: text(given, 'org') ?? '',
      occurredOn: text(given, 'occurredOn') ?? '',
      donorCode: shortText(given, 'donorCode'),
      caseCode: shortText(given, 'caseCode'),
      sampleCode: shortText(given, 'sampleCode'),
      outcome: text(given, 'outcome'),
      reason: text(given, 'reason'),
      quantity: isDecimal(quantity) ? plain(quantity) : quantity,
      attributes: readAttributes(given),
      note: text(given, 'note'),
      justification: text(given, 'justification'),
      reverses: null,
    },
  };
}

/** The content of a stored entry. A note that was blanked since is recognised by its hash. */
export function contentOfStored(entry: StoredEntry, sentNote: string | null): EntryContent {
  const { kind, org, occurredOn, donorCode, caseCode, sampleCode, outcome, reason, quantity, attributes } = entry;
  const { justification, reverses } = entry;
  const subject = { donorCode, caseCode, sampleCode };
  const note = noteOfStored(entry, sentNote);
  return { kind, org, occurredOn, ...subject, outcome, reason, quantity, attributes, note, justification, reverses };
}

function noteOfStored({ note, noteHash, noteSalt }: StoredEntry, sentNote: string | null): string | null {
  if (note !== null || noteHash === null || noteSalt === null) return note;
  return sentNote !== null && hashNote(sentNote, noteSalt).equals(noteHash) ? sentNote : '（已清除）';
}

/** R8: what an entry keeps of its note for good. */
export function hashNote(note: string, salt: Buffer): Buffer {
  return createHash('sha256').update(salt).update(note, 'utf8').digest();
}

export function differenceBetween(stored: EntryContent, sent: EntryContent): FieldDifference[] {
  return (Object.keys(stored) as (keyof EntryContent)[])
    .filter((field) => canonical(stored[field]) !== canonical(sent[field]))
    .map((field) => ({ field, stored: stored[field], sent: sent[field] }));
}

function canonical(value: EntryContent[keyof EntryContent]): string {
  return typeof value === 'object' && value !== null
    ? JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : JSON.stringify(value);
}
