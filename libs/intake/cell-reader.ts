import type { DomainError } from '../core/domain-error';
import type { ColumnField } from './column-names';
import type { CellContext } from './cell-orgs';
import type { Mapping } from './mapping';
import type { SourceRow } from './source-file';

export interface FieldProblem {
  /** Counted from 0; null: the whole row. */
  readonly column: number | null;
  readonly field: ColumnField | null;
  readonly problem: DomainError;
}

export interface ReadRow {
  /** An `EntryInput`, without an id unless the file gives one. */
  readonly input: Record<string, unknown>;
  /** A row with any is not to be taken. */
  readonly problems: readonly FieldProblem[];
}

/**
 * A row as an entry: dates, numbers, names of orgs, kinds, outcomes and reasons brought to their one form. What cannot
 * be read stays as it is written, for `checkEntry` to name.
 */
export function readCells(row: SourceRow, mapping: Mapping, _context: CellContext): ReadRow {
  const input: Record<string, unknown> = mapping.kind === null ? {} : { kind: mapping.kind };
  const attributes: Record<string, string> = {};
  for (const { column, field } of mapping.columns) {
    const text = row.cells[column]?.trim() ?? '';
    if (field === null || text === '') continue;
    if (field.startsWith('attributes.')) attributes[field.slice('attributes.'.length)] = text;
    else input[field] = text;
  }
  if (Object.keys(attributes).length > 0) input['attributes'] = attributes;
  const problems = (row.problems ?? []).map(({ column, problem }) => ({
    column,
    field: mapping.columns.find((one) => one.column === column)?.field ?? null,
    problem,
  }));
  return { input, problems };
}

/** The column that a field is read from; null: none, so that what is wrong with it is wrong with the row. */
export function columnOf(mapping: Mapping, field: ColumnField): number | null {
  return mapping.columns.find((one) => one.field === field)?.column ?? null;
}
