import type { DomainError } from '../core/domain-error';
import type { EntryView } from './entry-view';

/** What became of one row of a call. */
export type AppendedRow =
  | {
      readonly row: number;
      readonly id: string;
      readonly status: 'created' | 'unchanged';
      /** As it stands in the ledger now; told where a call is of a single entry. */
      readonly entry?: EntryView;
    }
  | { readonly row: number; readonly id: string | null; readonly status: 'refused'; readonly problem: DomainError };
