import { createHash } from 'node:crypto';
import { DomainError } from '../core/domain-error';
import { checkEntry, findEntryProblems, type CheckedEntry } from '../ledger/check-entry';
import type { EntryBounds } from '../ledger/entry-fields';
import type { StagedRow } from './import-row.queries';
import { kept } from './import-refused';
import type { KeptProblem } from './import-record';
import { columnOf, readCells, type FieldProblem } from './cell-reader';
import type { CellContext } from './cell-orgs';
import type { Mapping } from './mapping';
import type { SourceRow } from './source-file';

/** What rows are read and checked with. */
export interface RowReading {
  readonly sheet: number;
  readonly mapping: Mapping;
  readonly context: CellContext;
  readonly bounds: EntryBounds;
  readonly salt: Buffer;
  /** The org of rows of a file without such a column. */
  readonly org: string | null;
}

/** Stands for the id that a row is given only when it is posted. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** A row of the file as the entry that it states, or with what is wrong with it. */
export function stageRow(row: SourceRow, reading: RowReading): StagedRow {
  const { sheet, mapping, context, bounds, salt } = reading;
  const read = readCells(row, mapping, context);
  const input = reading.org !== null && read.input.org === undefined ? { ...read.input, org: reading.org } : read.input;
  const place = { sheet, row: row.row };
  const invalid = (problems: readonly KeptProblem[]): StagedRow => {
    return { ...place, stated: input, stated_id: null, content_key: null, problems };
  };
  if (read.problems.length > 0) return invalid(allProblems(read.problems, input, reading));
  try {
    const { id, ...content } = contentOf(checkEntry({ id: NO_ID, ...input }, bounds));
    return {
      ...place,
      stated: content,
      stated_id: id === NO_ID ? null : id,
      content_key: contentKey(content, salt),
      problems: null,
    };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return invalid(allProblems([], input, reading));
  }
}

/** Everything that is to be mended in a row, so that its file need not come back for each: one thing per cell. */
function allProblems(
  unread: readonly FieldProblem[],
  input: object,
  { mapping, bounds }: RowReading,
): readonly KeptProblem[] {
  const said = new Set(unread.map(({ column }) => column));
  const found = findEntryProblems({ id: NO_ID, ...input }, bounds).flatMap((problem) => {
    const { field } = problem.details;
    const column = field === undefined ? null : columnOf(mapping, field);
    return column !== null && said.has(column) ? [] : [kept(problem, column)];
  });
  const all = [...unread.map(({ problem, column }) => kept(problem, column)), ...found];
  return all.sort((one, other) => (one.column ?? Infinity) - (other.column ?? Infinity));
}

type Content = { readonly id: string } & Readonly<Record<string, unknown>>;

/** The checked entry as an `EntryInput`, without what it does not state. */
function contentOf({ id, kind, ...rest }: CheckedEntry): Content {
  const stated = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined);
  return { id, kind: kind.code, ...Object.fromEntries(stated) };
}

/**
 * By what a row is recognised in the next file. Why it was posted late is no part of it: the same fact comes again
 * without, or with other words.
 */
export function contentKey(content: Readonly<Record<string, unknown>>, salt: Buffer): string {
  const { justification, ...fact } = content;
  const text = JSON.stringify(fact, (_, value: unknown) => (isRecord(value) ? sorted(value) : value));
  const hash = createHash('sha256').update(salt).update(text).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
