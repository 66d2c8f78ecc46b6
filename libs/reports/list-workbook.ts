import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError } from '../core/domain-error';
import { NobodyWaits } from '../core/nobody-waits';
import { makeScratchFolder } from '../core/scratch-folder';
import { columnLetters } from '../intake/source-file';
import { textCell } from '../intake/xlsx-cell-writing';
import { BOLD, PLAIN_SHEET_BEGINS, PLAIN_SHEET_ENDS, PLAIN_SHEET_PART, plainParts } from '../intake/xlsx-plain';
import { XlsxWriter } from '../intake/xlsx-writer';
import type { ListCell, ListFile } from './list-file';

const ROWS_OF_A_SHEET = 1_048_576;

/**
 * A list as xlsx: written to a temporary file first, in little memory however long it is, so that what fails is no half
 * of a workbook, and nobody who reads slowly keeps the database waiting. The same list gives the same bytes.
 *
 * @param gone ends the work when nobody waits for it any more
 * @returns the workbook; its file goes when the stream is closed
 * @throws {DomainError} when a sheet does not hold so many rows, or nobody waits any more
 */
export async function listAsWorkbook(list: ListFile, gone?: AbortSignal): Promise<Readable> {
  if (list.length + list.head.length + 3 > ROWS_OF_A_SHEET) {
    throw new DomainError(
      'list_too_long',
      {
        zh: `名单有 ${list.length} 条，一张工作表放不下，请导出 CSV，或缩小期间或机构。`,
        en: `The list has ${list.length} rows, more than a sheet holds; take it as CSV, or of a shorter period or one org.`,
      },
      { field: 'format' },
    );
  }
  const folder = await makeScratchFolder('list');
  const tidy = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'list.xlsx');
    const writer = await XlsxWriter.create(path);
    try {
      for (const [name, text] of plainParts(list.sheet ?? '名单')) await writer.add(name, [text]);
      await writer.add(PLAIN_SHEET_PART, rowsOf(list, gone));
      await writer.end();
    } finally {
      await writer.close();
    }
    return createReadStream(path).once('close', () => void tidy());
  } catch (error) {
    await tidy();
    throw error;
  }
}

async function* rowsOf(
  { head, columns, pages, last }: ListFile,
  gone: AbortSignal | undefined,
): AsyncGenerator<string, void, undefined> {
  let row = 0;
  const line = (cells: readonly ListCell[], style: number | null = null) => {
    row += 1;
    return `<row r="${row}">${cells.map((cell, column) => cellOf(row, column, cell, style)).join('')}</row>`;
  };
  yield PLAIN_SHEET_BEGINS + head.map((one) => line(one)).join('') + line([]) + line(columns, BOLD);
  for await (const rows of pages) {
    if (gone?.aborted) throw new NobodyWaits();
    yield rows.map((cells) => line(cells)).join('');
  }
  yield (last.length > 0 ? line(last, BOLD) : '') + PLAIN_SHEET_ENDS;
}

/** A decimal as a number where a double holds it exactly, else as the text that it is. */
function cellOf(row: number, column: number, cell: ListCell, style: number | null): string {
  if (typeof cell === 'string') return cell === '' ? '' : textCell(row, column, cell, style);
  const { decimal } = cell;
  if (decimal.replace(/\D/g, '').length > 15) return textCell(row, column, decimal, style);
  return `<c r="${columnLetters(column)}${row}"${style === null ? '' : ` s="${style}"`}><v>${decimal}</v></c>`;
}
