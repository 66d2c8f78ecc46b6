import type { KindDefinition } from '../catalogue/kind-definition';
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
import { EntryRefused, readFields, readId, shortText, text } from './entry-text';
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
  const given = readFields(input);
  const id = readId(given);
  const kindCode = text(given, 'kind') ?? '';
  const kind = findKind(kindCode);
  if (!kind) {
    throw new EntryRefused(
      'kind',
      'kind_unknown',
      `没有登记种类“${kindCode}”。`,
      `There is no kind of entry "${kindCode}".`,
    );
  }
  const org = checkOrg(text(given, 'org') ?? '', text(given, 'occurredOn') ?? '', bounds);
  const quantity = checkQuantity(shortText(given, 'quantity'), kind);
  const nil = quantity === '0';
  const codes = {
    donor: checkCode(given, 'donor', kind, quantity),
    case: checkCode(given, 'case', kind, quantity),
    sample: checkCode(given, 'sample', kind, quantity),
  };
  const outcome = checkOutcome(text(given, 'outcome'), kind, nil);
  const entry = {
    id,
    kind,
    org,
    occurredOn: checkDate(text(given, 'occurredOn'), kind, bounds),
    donorCode: codes.donor,
    caseCode: codes.case,
    sampleCode: codes.sample,
    outcome,
    reason: checkReason(text(given, 'reason'), kind, outcome, nil),
    quantity: checkTally(quantity, kind, codes),
    attributes: checkAttributes(given, kind, outcome, text(given, 'occurredOn') ?? '', nil),
    note: checkFreeText(text(given, 'note'), 'note'),
    justification: checkFreeText(text(given, 'justification'), 'justification'),
  };
  if (kind.code === 'OpeningYearTotal') checkYearTotal(quantity, entry.attributes);
  return entry;
}
