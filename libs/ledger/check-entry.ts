import type { KindDefinition, Subject } from '../catalogue/kind-definition';
import { findKind } from '../catalogue/kinds';
import { checkAttributes } from './entry-attributes';
import {
  checkCode,
  checkDate,
  checkFreeText,
  checkOrg,
  checkOutcome,
  checkReason,
  type EntryBounds,
} from './entry-fields';
import { checkQuantity, checkTally } from './entry-quantity';
import { EntryRefused, missing, readFields, readId, shortText, text } from './entry-text';
import { checkYearTotal } from './year-total';

/** An input whose every field has been checked and brought to its one form. */
export interface CheckedEntry {
  readonly id: string;
  readonly kind: KindDefinition;
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
}

/**
 * Checks one entry (an `EntryInput`) against its kind's definition, field by field, and normalises it.
 *
 * @throws {EntryRefused} naming the first field that does not hold
 */
export function checkEntry(input: unknown, bounds: EntryBounds): CheckedEntry {
  return check(input, bounds, (field) => field());
}

/** All that is wrong with an entry: each field by itself, and none for what another has brought about. */
export function findEntryProblems(input: unknown, bounds: EntryBounds): EntryRefused[] {
  const problems: EntryRefused[] = [];
  const gather = (error: unknown) => {
    if (!(error instanceof EntryRefused)) throw error;
    problems.push(error);
  };
  try {
    check(input, bounds, (field, otherwise) => {
      try {
        return field();
      } catch (error) {
        gather(error);
        return otherwise;
      }
    });
  } catch (error) {
    gather(error);
  }
  return problems;
}

/** Runs the check of a field; what is to stand in its place if the check does not end at its refusal. */
type Attempt = <Value>(field: () => Value, otherwise: Value) => Value;

function check(input: unknown, bounds: EntryBounds, attempt: Attempt): CheckedEntry {
  const given = readFields(input);
  const id = readId(given);
  const kindCode = text(given, 'kind') ?? '';
  if (kindCode === '') throw missing('kind', '登记种类', 'A kind of entry');
  const kind = findKind(kindCode);
  if (!kind) {
    throw new EntryRefused(
      'kind',
      'kind_unknown',
      `没有登记种类“${kindCode}”。`,
      `There is no kind of entry "${kindCode}".`,
    );
  }
  const org = attempt(() => checkOrg(text(given, 'org') ?? '', text(given, 'occurredOn') ?? '', bounds), '');
  const quantity = attempt(() => checkQuantity(shortText(given, 'quantity'), kind), undefined);
  const nil = quantity === '0';
  const code = (subject: Subject) => attempt(() => checkCode(given, subject, kind, quantity ?? '1'), undefined);
  const codes = { donor: code('donor'), case: code('case'), sample: code('sample') };
  const outcome = attempt(() => checkOutcome(text(given, 'outcome'), kind, nil), undefined);
  const entry = {
    id,
    kind,
    org,
    occurredOn: attempt(() => checkDate(text(given, 'occurredOn'), kind, bounds), ''),
    donorCode: codes.donor ?? null,
    caseCode: codes.case ?? null,
    sampleCode: codes.sample ?? null,
    outcome: outcome ?? null,
    reason: attempt(
      () => (outcome === undefined ? null : checkReason(text(given, 'reason'), kind, outcome, nil)),
      null,
    ),
    quantity: attempt(() => checkTallyOf(quantity, kind, codes), ''),
    attributes: attempt(
      () => checkAttributes(given, kind, outcome ?? null, text(given, 'occurredOn') ?? '', nil),
      null,
    ),
    note: attempt(() => checkFreeText(text(given, 'note'), 'note'), null),
    justification: attempt(() => checkFreeText(text(given, 'justification'), 'justification'), null),
  };
  if (kind.code === 'OpeningYearTotal' && quantity !== undefined) {
    attempt(() => checkYearTotal(quantity, entry.attributes), undefined);
  }
  return entry;
}

/** What a quantity may be beside its codes; not asked where one of them was refused itself. */
function checkTallyOf(
  quantity: string | undefined,
  kind: KindDefinition,
  codes: Readonly<Record<Subject, string | null | undefined>>,
): string {
  const { donor, case: request, sample } = codes;
  if (quantity === undefined || donor === undefined || request === undefined || sample === undefined) return '';
  return checkTally(quantity, kind, { donor, case: request, sample });
}
