import type { Address, AddressField } from '../address';
import type { LedgerSearch } from '../api/ledger';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^\d{4}-\d{2}$/;

/** The fields of the address that say what is looked for. */
export const SEARCH_FIELDS = [
  ...(['kind', 'outcome', 'reason', 'since', 'until', 'posted', 'code', 'note', 'by', 'source', 'import'] as const),
  'standing',
] as const satisfies readonly AddressField[];

export const NO_SEARCH: Address = Object.fromEntries(SEARCH_FIELDS.map((field) => [field, undefined]));

/** What the address asks for; what cannot be read of it does not count. */
export function readSearch(address: Address, org: string): LedgerSearch {
  const like = (text: string | undefined, shape: RegExp) => (text !== undefined && shape.test(text) ? text : undefined);
  return {
    org,
    kind: address.kind,
    outcome: address.outcome,
    reason: address.reason,
    from: like(address.since, DAY),
    to: like(address.until, DAY),
    postedMonth: like(address.posted, MONTH),
    code: address.code,
    note: address.note,
    recordedBy: address.by,
    source: address.source,
    importId: address.import,
    standing: address.standing === '1' ? true : undefined,
  };
}
