import type { KindDefinition, OutcomeDefinition, Subject } from '../../../../libs/catalogue/kind-definition';
import type { Entry, EntryInput } from '../api/answers';

/** What stands in the form; empty fields are missing or ''. */
export interface Draft {
  kind?: string;
  org?: string;
  occurredOn?: string;
  nil?: boolean;
  donorCode?: string;
  caseCode?: string;
  sampleCode?: string;
  outcome?: string;
  reason?: string;
  quantity?: string;
  attributes?: Record<string, string | undefined>;
  note?: string;
  justification?: string;
}

export const CODE_FIELDS = { case: 'caseCode', donor: 'donorCode', sample: 'sampleCode' } as const satisfies Record<
  Subject,
  keyof Draft
>;

export function outcomeOf(kind: KindDefinition, draft: Draft): OutcomeDefinition | undefined {
  return kind.outcomes?.find((outcome) => outcome.code === draft.outcome);
}

export function reasonsFor(kind: KindDefinition, draft: Draft): readonly string[] {
  return outcomeOf(kind, draft)?.reasons ?? kind.reasons ?? [];
}

/** What the quantity is counted in: the kind's unit, or that of what was chosen. */
export function unitOf(kind: KindDefinition, draft: Draft): string {
  const chosen = kind.attributes?.flatMap(({ code, choices = [] }) =>
    choices.filter((choice) => choice.code === draft.attributes?.[code]),
  );
  return chosen?.find(({ unit }) => unit !== undefined)?.unit ?? kind.unit;
}

/** The entry that a draft says: only what its kind has, and nothing that is empty. */
export function readDraft(id: string, kind: KindDefinition, draft: Draft): EntryInput {
  const filled = (text: string | undefined) => text?.trim() || undefined;
  const input: EntryInput = {
    id,
    kind: kind.code,
    org: draft.org ?? '',
    occurredOn: draft.occurredOn ?? '',
    note: filled(draft.note),
    justification: filled(draft.justification),
  };
  if (draft.nil) return { ...input, quantity: '0' };
  const attributes = (kind.attributes ?? []).flatMap(({ code }) => {
    const value = filled(draft.attributes?.[code]);
    return value === undefined ? [] : [[code, value] as const];
  });
  for (const subject of ['case', 'donor', 'sample'] as const) {
    if (kind.subjects[subject]) input[CODE_FIELDS[subject]] = filled(draft[CODE_FIELDS[subject]]);
  }
  if (kind.outcomes) input.outcome = draft.outcome;
  if (reasonsFor(kind, draft).length > 0) input.reason = draft.reason;
  if (kind.tally && !namesSubject(kind, draft)) input.quantity = filled(draft.quantity);
  if (attributes.length > 0) input.attributes = Object.fromEntries(attributes);
  return input;
}

/** An entry that names its donor, case or sample stands for one; only a tally without a code may stand for several. */
export function namesSubject(kind: KindDefinition, draft: Draft): boolean {
  return (['case', 'donor', 'sample'] as const).some(
    (subject) => kind.subjects[subject] && draft[CODE_FIELDS[subject]]?.trim(),
  );
}

/** An entry as it would be typed. */
export function draftOf(entry: Entry & { attributes?: Record<string, string> | null }): Draft {
  const typed = (text: string | null) => text ?? undefined;
  return {
    kind: entry.kind,
    org: entry.org,
    occurredOn: entry.occurredOn,
    nil: entry.quantity === '0' ? true : undefined,
    donorCode: typed(entry.donorCode),
    caseCode: typed(entry.caseCode),
    sampleCode: typed(entry.sampleCode),
    outcome: typed(entry.outcome),
    reason: typed(entry.reason),
    quantity: entry.quantity,
    attributes: entry.attributes ?? undefined,
    note: typed(entry.note),
  };
}

/** Whether all is there that the kind needs. */
export function isComplete(kind: KindDefinition, draft: Draft): boolean {
  if (!draft.org || !draft.occurredOn) return false;
  if (draft.nil) return true;
  const codes = (['case', 'donor', 'sample'] as const).every(
    (subject) => kind.subjects[subject] !== '!' || draft[CODE_FIELDS[subject]]?.trim(),
  );
  const attributes = (kind.attributes ?? []).every(
    ({ code, required }) =>
      !(required === true || required?.includes(draft.outcome ?? '')) || draft.attributes?.[code]?.trim(),
  );
  return Boolean(
    codes &&
    attributes &&
    (!kind.outcomes || draft.outcome) &&
    (reasonsFor(kind, draft).length === 0 || draft.reason) &&
    (!kind.reported || draft.quantity),
  );
}
