import type { KindDefinition } from '../catalogue/kind-definition';
import { findKind } from '../catalogue/kinds';
import {
  checkAttributes,
  checkCode,
  checkDate,
  checkFreeText,
  checkOutcome,
  checkQuantity,
  checkReason,
  checkTally,
  EntryRefused,
  text,
  type EntryBounds,
} from './entry-fields';

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

const FIELDS: ReadonlySet<string> = new Set([
  'id',
  'kind',
  'org',
  'occurredOn',
  'donorCode',
  'caseCode',
  'sampleCode',
  'outcome',
  'reason',
  'quantity',
  'attributes',
  'note',
  'justification',
]);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/**
 * Checks one entry (an `EntryInput`) against its kind's definition, field by field, and normalises it.
 *
 * @throws {EntryRefused} naming the first field that does not hold
 */
export function checkEntry(input: unknown, bounds: EntryBounds): CheckedEntry {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new EntryRefused('entry', 'entry_not_an_object', '一条登记应是一个对象。', 'An entry must be an object.');
  }
  const given = input as Record<string, unknown>;
  for (const name of Object.keys(given)) {
    if (!FIELDS.has(name)) {
      throw new EntryRefused(name, 'field_unknown', `没有名为“${name}”的字段。`, `There is no field "${name}".`);
    }
  }
  const id = text(given, 'id')?.toLowerCase() ?? '';
  if (!UUID.test(id)) {
    throw new EntryRefused(
      'id',
      'id_not_a_uuid',
      'id 应是一个 UUID，由发送方选定。',
      'id must be a UUID chosen by the sender.',
    );
  }
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
  const org = text(given, 'org') ?? '';
  if (!bounds.orgs.has(org)) {
    throw new EntryRefused('org', 'org_unknown', `没有机构“${org}”。`, `There is no org "${org}".`);
  }
  const quantity = checkQuantity(text(given, 'quantity'));
  const nil = quantity === '0';
  const codes = {
    donor: checkCode(given, 'donor', kind, quantity),
    case: checkCode(given, 'case', kind, quantity),
    sample: checkCode(given, 'sample', kind, quantity),
  };
  const outcome = checkOutcome(text(given, 'outcome'), kind, nil);
  return {
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
    attributes: checkAttributes(given['attributes'], kind, outcome, text(given, 'occurredOn') ?? ''),
    note: checkFreeText(text(given, 'note'), 'note'),
    justification: checkFreeText(text(given, 'justification'), 'justification'),
  };
}
