import { DomainError } from '../core/domain-error';
import type { AttributeDefinition, KindDefinition } from '../catalogue/kind-definition';
import { findKind } from '../catalogue/kinds';
import { readDate } from './cell-date';
import { onlyCode, readChoice, readKind, readOutcome, readReason, spellingsOf } from './cell-label';
import { readNumber } from './cell-number';
import type { CellContext } from './cell-orgs';
import { cellText, cellWords } from './cell-text';
import type { ColumnField } from './column-names';
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

const ATTRIBUTE = 'attributes.';

/**
 * A row as an entry: dates, numbers, names of orgs, kinds, outcomes and reasons brought to their one form. What cannot
 * be read stays as it is written, for `checkEntry` to name.
 */
export function readCells(row: SourceRow, mapping: Mapping, context: CellContext): ReadRow {
  const reading = new RowReading(row, mapping, context);
  return { input: reading.input(), problems: reading.problems };
}

/** The column that a field is read from; null: none, so that what is wrong with it is wrong with the row. */
export function columnOf(mapping: Mapping, field: ColumnField): number | null {
  return mapping.columns.find((one) => one.field === field)?.column ?? null;
}

class RowReading {
  readonly problems: FieldProblem[];

  constructor(
    private readonly row: SourceRow,
    private readonly mapping: Mapping,
    private readonly context: CellContext,
  ) {
    this.problems = (row.problems ?? []).flatMap(({ column, problem }) => {
      const mapped = mapping.columns.find((one) => one.column === column);
      // What stands in a column that is not read does no harm.
      if (mapped && mapped.name !== '' && mapped.field === null) return [];
      return [{ column, field: mapped?.field ?? null, problem }];
    });
  }

  input(): Record<string, unknown> {
    const input: Record<string, unknown> = {};
    const attributes: Record<string, string> = {};
    const kindCode = this.value('kind', readKind) ?? this.mapping.kind;
    const kind = kindCode === null ? undefined : findKind(kindCode);
    if (kindCode !== null) input['kind'] = kindCode;
    let outcome: string | null = null;
    for (const { field } of this.mapping.columns) {
      if (field === null || field === 'kind' || field === 'reason') continue;
      const value = this.value(field, (text) => this.read(field, text, kind), isWords(field, kind));
      if (value === null) continue;
      if (field.startsWith(ATTRIBUTE)) attributes[field.slice(ATTRIBUTE.length)] = value;
      else input[field] = value;
      if (field === 'outcome') outcome = value;
    }
    const reason = this.value('reason', (text) => (kind ? readReason(text, kind, outcome) : text));
    if (reason !== null) input['reason'] = reason;
    if (Object.keys(attributes).length > 0) input['attributes'] = attributes;
    return input;
  }

  /** A field's value; its text where what it says is unclear, which is then a problem. */
  private value(field: ColumnField, read: (text: string) => string, words = false): string | null {
    const column = columnOf(this.mapping, field);
    const cell = column === null ? '' : (this.row.cells[column] ?? '');
    const text = words ? cellWords(cell) : cellText(cell);
    if (text === '') return null;
    try {
      return read(text);
    } catch (problem) {
      if (!(problem instanceof DomainError)) throw problem;
      this.problems.push({ column, field, problem });
      return text;
    }
  }

  private read(field: ColumnField, text: string, kind: KindDefinition | undefined): string {
    if (field === 'occurredOn') return readDate(text, this.context.from1904);
    if (field === 'quantity') return readNumber(text);
    if (field === 'org') return this.readOrg(text);
    if (field === 'outcome') return kind ? readOutcome(text, kind) : text;
    const attribute = attributeOf(field, kind);
    return attribute ? this.readAttribute(text, attribute) : text;
  }

  private readOrg(text: string): string {
    for (const spelling of spellingsOf(text)) {
      const org = onlyCode(this.context.orgs.called(spelling), text, 'org');
      if (org !== undefined) return org;
    }
    return text;
  }

  private readAttribute(text: string, { code, type, choices }: AttributeDefinition): string {
    if (type === 'date') return readDate(text, this.context.from1904);
    if (type === 'integer' || type === 'year') return readNumber(text);
    return type === 'choice' && choices ? readChoice(text, choices, ATTRIBUTE + code) : text;
  }
}

function attributeOf(field: ColumnField, kind: KindDefinition | undefined): AttributeDefinition | undefined {
  return kind?.attributes?.find(({ code }) => field === ATTRIBUTE + code);
}

function isWords(field: ColumnField, kind: KindDefinition | undefined): boolean {
  return field === 'note' || field === 'justification' || attributeOf(field, kind)?.type === 'text';
}
