import { fieldsCalled } from './column-names';
import { SourceRefused } from './source-refused';

const COLUMNS_AT_MOST = 256;

/** How many rows that are not blank may stand above the head: a title, who filled it in. */
export const ROWS_ABOVE_HEAD = 20;

const DATE_OR_NUMBER = /^[\d\s.,/:年月日-]+$/;

/** A row by its number, with its cells from column A on. */
export interface RawRow {
  readonly row: number;
  readonly cells: readonly string[];
}

export interface Head {
  readonly row: number;
  readonly names: readonly string[];
}

/**
 * The row of column names among the first rows of a sheet that are not blank: the first with two names that are known,
 * else the very first if it can be one.
 *
 * @returns undefined where there is none
 * @throws {SourceRefused} when it has more columns than anybody reads
 */
export function findHead(rows: readonly RawRow[]): Head | undefined {
  const found = rows.find(hasKnownNames) ?? rows.slice(0, 1).find(canBeHead);
  if (!found) return undefined;
  const names = found.cells.map((name) => name.trim());
  while (names.at(-1) === '') names.pop();
  if (names.length > COLUMNS_AT_MOST) {
    throw new SourceRefused(
      'too_many_columns',
      `第 ${found.row} 行有 ${names.length} 列，最多 ${COLUMNS_AT_MOST} 列，请删去多余的列。`,
      `Row ${found.row} has ${names.length} columns; at most ${COLUMNS_AT_MOST} are read. Take out the others.`,
    );
  }
  return { row: found.row, names };
}

export function headMissing(): SourceRefused {
  return new SourceRefused(
    'head_missing',
    '找不到表头。第一行应是列名，如：种类、机构、日期、数量。请用模板，或加上一行列名。',
    'No head was found. The first row must name the columns, like: kind, org, occurredOn, quantity. Use a template, or add such a row.',
  );
}

function hasKnownNames({ cells }: RawRow): boolean {
  return cells.filter((name) => fieldsCalled(name).length > 0).length >= 2;
}

function canBeHead({ cells }: RawRow): boolean {
  const names = cells.filter((name) => name.trim() !== '');
  return names.some((name) => fieldsCalled(name).length > 0) || (names.length > 1 && !names.some(isDateOrNumber));
}

function isDateOrNumber(name: string): boolean {
  return name.length <= 100 && DATE_OR_NUMBER.test(name.normalize('NFKC').trim());
}
