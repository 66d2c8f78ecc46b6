import type { Sentence } from '../core/domain-error';
import type { MappedColumn, Mapping, RememberedMapping } from './mapping';
import type { Notice } from './source-file';

/**
 * `received`: being read · `mapping`: a column is to be decided on · `staged`: waits for acceptance · `accepted`,
 * `posting`: on its way into the ledger · `stopped`: by a question, or a fault · `done`, `cancelled`, `refused`: over.
 */
export type ImportState =
  'received' | 'mapping' | 'staged' | 'accepted' | 'posting' | 'stopped' | 'done' | 'cancelled' | 'refused';

/** Take the good rows, or the whole file or none of it. */
export type ImportMode = 'good_rows' | 'all_or_nothing';

/** What `done` of `total` counts. */
export type ImportPhase = 'read' | 'compare' | 'check' | 'post';

/** What becomes of the rows of a file, and of the entries that it no longer holds. */
export interface ImportCounts {
  readonly new: number;
  readonly unchanged: number;
  /** An entry is reversed and another takes its place. */
  readonly changed: number;
  /** The file no longer holds it: the entry is reversed. */
  readonly gone: number;
  readonly invalid: number;
  /** Not in the file, but left alone while the file has invalid rows, one of which it may be. */
  readonly held: number;
  /** Not in the file, and cannot be taken back, since another entry rests on it. */
  readonly blocked: number;
  /** Of the new: rows whose entry has been reversed before. */
  readonly returning: number;
}

/** A sentence about a row, as it is kept. */
export interface KeptProblem {
  readonly code: string;
  readonly field: string | null;
  /** Of the sheet, counted from 0; null: the whole row. */
  readonly column: number | null;
  readonly sentence: Sentence;
}

/** What is to be decided before an import goes on. */
export type ImportQuestion =
  | {
      readonly code: 'month_closed';
      readonly sentence: Sentence;
      /** The last closed month that rows fall into, `YYYY-MM`. */
      readonly month: string;
    }
  | { readonly code: 'program_fault'; readonly sentence: Sentence }
  | { readonly code: 'mapping_unclear'; readonly sentence: Sentence; readonly sheets: readonly SheetMapping[] };

export interface SheetMapping extends Mapping {
  readonly sheet: string;
}

/** What the columns of a sheet that was read were taken for. */
export interface SheetColumns {
  readonly sheet: string;
  readonly kind: string | null;
  readonly columns: readonly Pick<MappedColumn, 'column' | 'name' | 'field' | 'by'>[];
}

export interface ImportRecord {
  readonly importId: string;
  readonly registryId: number;
  readonly sourceId: string;
  readonly org: string;
  /** Of all rows, as the importer said; null: each says its own. */
  readonly kind: string | null;
  readonly name: string;
  readonly mode: ImportMode;
  /** Rows are taken in also where nothing stands that has to come before them; they are data-quality findings then. */
  readonly keepGaps: boolean;
  readonly state: ImportState;
  readonly fileName: string;
  readonly fileSize: number;
  /** What the user has decided of the columns of this file. */
  readonly mapping: RememberedMapping | null;
  /** The sheets that were read, in the order in which rows count them; null: not yet. */
  readonly sheets: readonly SheetColumns[] | null;
  readonly notices: readonly Notice[];
  readonly reason: string | null;
  readonly phase: ImportPhase;
  readonly done: number;
  /** Null: not known yet. In `read` per mille of the file. */
  readonly total: number | null;
  readonly counts: ImportCounts | null;
  readonly proposedVersion: string | null;
  readonly batches: number | null;
  readonly nextBatch: number;
  readonly entriesPosted: number;
  readonly question: ImportQuestion | null;
  readonly problem: KeptProblem | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly acceptedBy: string | null;
  readonly acceptedAt: Date | null;
  readonly progressedAt: Date;
  readonly finishedAt: Date | null;
}

/** Who imports, and from where. */
export interface Importer {
  readonly registryId: number;
  readonly name: string;
  readonly address: string | null;
}

export const OVER: ReadonlySet<ImportState> = new Set(['done', 'cancelled', 'refused']);
