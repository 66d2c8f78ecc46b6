import type { Address } from '../address';
import type { ActResult, AuditSearch } from '../api/audit';

const RESULTS: readonly ActResult[] = ['done', 'refused', 'failed'];

/** What the address looks for. */
export function readAuditSearch({ actor, act, thing, result, firstDay, lastDay }: Address): AuditSearch {
  return { actor, act, thing, result: RESULTS.find((one) => one === result), from: firstDay, to: lastDay };
}

/** The address of a search, and of none. */
export function auditAddress({ actor, act, thing, result, from, to }: AuditSearch): Address {
  return { actor, act, thing, result, firstDay: from, lastDay: to };
}

export function asksNothing(search: AuditSearch): boolean {
  return Object.values(search).every((value) => value === undefined);
}
