import { DomainError } from '../core/domain-error';
import type { ListCell, ListFile } from './list-file';

/** What of a table of the page may be at most. */
const AT_MOST = { head: 20, columns: 200, rows: 5_000, text: 2_000 } as const;
const DECIMAL = /^-?\d{1,40}(\.\d{1,20})?$/;
/** What a file may be called in every system. */
const NAME_MARKS = /[\\/:*?"<>|]/g;

/**
 * A table as the page shows it, to be written to a file: what it is of, its columns and its rows, texts and decimals.
 *
 * @throws {DomainError} when it is none, or larger than any that the page has
 */
export function readShownTable(given: Readonly<Record<string, unknown>>): ListFile {
  const { name, head, columns, rows } = given;
  const told = listOf(head, 'head', AT_MOST.head).map((line): [string, string] => {
    const [title, said] = Array.isArray(line) && line.length === 2 ? line : [];
    if (isText(title) && isText(said)) return [title, said];
    throw notReadable('head');
  });
  const titles = listOf(columns, 'columns', AT_MOST.columns);
  if (!isText(name) || name.trim() === '') throw notReadable('name');
  if (!titles.every(isText)) throw notReadable('columns');
  const lines = listOf(rows, 'rows', AT_MOST.rows).map((row) => listOf(row, 'rows', titles.length));
  if (!lines.every((row): row is ListCell[] => row.every(isCell))) throw notReadable('rows');
  return {
    name: name.replace(NAME_MARKS, ' ').trim(),
    sheet: '表格',
    head: told,
    columns: titles,
    length: lines.length,
    pages: pageOf(lines),
    last: [],
  };
}

async function* pageOf(rows: readonly ListCell[][]): AsyncGenerator<readonly ListCell[][], void, undefined> {
  yield rows;
}

function listOf(given: unknown, field: string, atMost: number): readonly unknown[] {
  if (Array.isArray(given) && given.length <= atMost) return given;
  throw notReadable(field);
}

function isText(given: unknown): given is string {
  return typeof given === 'string' && given.length <= AT_MOST.text;
}

function isCell(given: unknown): given is ListCell {
  if (typeof given !== 'object' || given === null) return isText(given);
  const { decimal } = given as { decimal?: unknown };
  return typeof decimal === 'string' && DECIMAL.test(decimal);
}

function notReadable(field: string): DomainError {
  return new DomainError(
    'table_not_readable',
    {
      zh: `表格的“${field}”无法识别：应有名称、说明、列名，各行与列数相符，数字写作 {"decimal": "12.5"}。`,
      en: `The table's "${field}" cannot be read: it takes a name, a head, columns and rows no longer than them; a number is {"decimal": "12.5"}.`,
    },
    { field },
  );
}
