import type { StoredEntry } from './append.queries';

/** An entry as it is shown: without what only proves it. */
export type EntryView = Omit<StoredEntry, 'noteHash' | 'noteSalt'>;

export function viewOf({ noteHash, noteSalt, ...view }: StoredEntry): EntryView {
  return view;
}
