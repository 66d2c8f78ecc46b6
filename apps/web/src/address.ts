import { useSyncExternalStore } from 'react';

/** What the address bar keeps, so that a view can be sent to a colleague. */
export type AddressField =
  | 'period'
  | 'org'
  | 'tab'
  | 'indicator'
  | 'card'
  | 'month'
  | 'months'
  | 'cities'
  | 'figure'
  | 'at'
  | 'of'
  | 'own'
  | 'asOf'
  | 'actor'
  | 'act'
  | 'thing'
  | 'result'
  | 'firstDay'
  | 'lastDay'
  | 'seq'
  | 'subscription'
  | 'pack'
  | 'part'
  | 'file'
  | 'list'
  | 'days'
  | 'owner'
  | 'show'
  | 'stage'
  | 'from'
  | 'to'
  | 'window'
  | 'measure'
  | 'cases'
  | 'case'
  | 'kind'
  | 'outcome'
  | 'reason'
  | 'since'
  | 'until'
  | 'posted'
  | 'code'
  | 'note'
  | 'by'
  | 'source'
  | 'import'
  | 'standing'
  | 'entry'
  | 'day'
  | 'columns'
  | 'milestone'
  | 'form'
  | 'project'
  | 'revision'
  | 'line';
export type Address = Readonly<Partial<Record<AddressField, string>>>;

const MOVED = 'address-moved';
let known: { search: string; address: Address } = { search: '', address: {} };

function readAddress(): Address {
  const { search } = window.location;
  if (search !== known.search) known = { search, address: Object.fromEntries(new URLSearchParams(search)) };
  return known.address;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(MOVED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(MOVED, listener);
  };
}

/** The address with some fields changed; an undefined field goes away. */
export function addressWith(changes: Address): string {
  const parameters = new URLSearchParams(window.location.search);
  for (const [field, value] of Object.entries(changes)) {
    if (value === undefined) parameters.delete(field);
    else parameters.set(field, value);
  }
  return parameters.size > 0 ? `?${parameters}` : window.location.pathname;
}

export function go(changes: Address, how: 'push' | 'replace' = 'push'): void {
  window.history[how === 'push' ? 'pushState' : 'replaceState'](null, '', addressWith(changes));
  window.dispatchEvent(new Event(MOVED));
}

export function useAddress(): Address {
  return useSyncExternalStore(subscribe, readAddress);
}
