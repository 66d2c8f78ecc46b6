import { createHash } from 'node:crypto';
import type { StoredEntry } from './append.queries';
import type { CheckedEntry } from './check-entry';

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

export function contentOfChecked(entry: CheckedEntry): EntryContent {
  const { kind, org, occurredOn, donorCode, caseCode, sampleCode, outcome, reason, quantity, attributes } = entry;
  const codes = { donorCode, caseCode, sampleCode };
  const { note, justification } = entry;
  return {
    kind: kind.code,
    org,
    occurredOn,
    ...codes,
    outcome,
    reason,
    quantity,
    attributes,
    note,
    justification,
    reverses: null,
  };
}

/** The content of a stored entry. A note that was blanked since is recognised by its hash. */
export function contentOfStored(entry: StoredEntry, sentNote: string | null): EntryContent {
  const { noteHash, noteSalt } = entry;
  const sameNote =
    sentNote !== null && noteHash !== null && noteSalt !== null && hashNote(sentNote, noteSalt).equals(noteHash);
  const { kind, org, occurredOn, donorCode, caseCode, sampleCode, outcome, reason, quantity, attributes } = entry;
  return {
    kind,
    org,
    occurredOn,
    donorCode,
    caseCode,
    sampleCode,
    outcome,
    reason,
    quantity,
    attributes,
    note: sameNote ? sentNote : entry.note,
    justification: entry.justification,
    reverses: entry.reverses,
  };
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
