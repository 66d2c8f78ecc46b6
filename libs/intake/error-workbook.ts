import { rm } from 'node:fs/promises';
import { PROBLEMS_COLUMN } from './column-names';
import { openSource } from './open-source';
import { ProblemsInOrder, type MarkedCell } from './row-problems';
import type { SourceFile, SourceSheet } from './source-file';
import { escapeXml, textCell } from './xlsx-cell-writing';
import { MarkedRows } from './xlsx-marked-rows';
import { MarkedStyles } from './xlsx-marked-styles';
import { XlsxPackage } from './xlsx-package';
import { readWorkbookParts } from './xlsx-parts';
import { BOLD, MARKED, PLAIN_SHEET_BEGINS, PLAIN_SHEET_ENDS, PLAIN_SHEET_PART, plainParts } from './xlsx-plain';
import { XlsxWriter } from './xlsx-writer';

const ROWS_OF_A_SHEET = 1_048_576;

/**
 * Gives a file back as a workbook in which the cells that something is wrong with are coloured, and a last column,
 * `导入问题`, says what. A workbook stays as it is but for that; of another file the cells are given as text, or, where
 * it has more rows than a sheet holds, those of the rows with problems. In little memory however long it is.
 *
 * @param fileName what the user calls the source
 * @param problems in the order of the file's sheets and rows
 * @param out where the workbook is written
 * @throws {DomainError} when the source cannot be read
 * @throws {Error} when a problem names a row that the file does not hold
 */
export async function writeErrorWorkbook(
  path: string,
  fileName: string,
  problems: AsyncIterable<MarkedCell> | Iterable<MarkedCell>,
  out: string,
): Promise<void> {
  const source = await openSource(path, fileName, { hidden: 'take' });
  const inOrder = await ProblemsInOrder.of(problems);
  const writer = await XlsxWriter.create(out);
  try {
    if (source.format !== 'xlsx' || !(await markWorkbook(path, source, inOrder, writer))) {
      await writePlain(source, inOrder, writer);
    }
    inOrder.requireDone();
    await writer.end();
  } catch (error) {
    await rm(out, { force: true });
    throw error;
  } finally {
    await writer.close();
    await source.close();
  }
}

/** @returns false where the workbook has no styles to mark cells by */
async function markWorkbook(
  path: string,
  source: SourceFile,
  problems: ProblemsInOrder,
  writer: XlsxWriter,
): Promise<boolean> {
  const zip = await XlsxPackage.open(path);
  try {
    const parts = await readWorkbookParts(zip);
    if (parts.styles === null) return false;
    const styles = new MarkedStyles(await textOf(zip, parts.styles));
    if (!styles.canBeMarked) return false;
    for (const sheet of parts.sheets) {
      const read = source.sheets.find(({ name }) => name === sheet.name);
      if (!read) continue;
      const head = { row: read.headRow, names: read.head };
      await writer.add(sheet.part, new MarkedRows(sheet.name, head, problems, styles).of(decoded(zip, sheet.part)));
    }
    await writer.add(parts.styles, [styles.written()]);
    const done = new Set([parts.styles, ...parts.sheets.filter(isIn(source)).map(({ part }) => part)]);
    for (const name of zip.names) if (!done.has(name)) await writer.copy(name, zip.packed(name));
    return true;
  } finally {
    zip.close();
  }
}

function isIn(source: SourceFile): (sheet: { readonly name: string }) => boolean {
  return ({ name }) => source.sheets.some((sheet) => sheet.name === name);
}

async function* decoded(zip: XlsxPackage, part: string): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  for await (const bytes of zip.bytes(part)) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

async function textOf(zip: XlsxPackage, part: string): Promise<string> {
  let text = '';
  for await (const piece of decoded(zip, part)) text += piece;
  return text;
}

async function writePlain(source: SourceFile, problems: ProblemsInOrder, writer: XlsxWriter): Promise<void> {
  const sheet = source.sheets[0]!;
  const parts = plainParts(escapeXml(sheet.name));
  for (const [name, text] of parts) await writer.add(name, [text]);
  await writer.add(PLAIN_SHEET_PART, plainRows(sheet, problems, await isTooLong(sheet)));
}

/** Whether a sheet cannot hold all rows. */
async function isTooLong(sheet: SourceSheet): Promise<boolean> {
  let last = 0;
  for await (const { row } of sheet.rows()) last = row;
  return last + 1 > ROWS_OF_A_SHEET;
}

async function* plainRows(
  sheet: SourceSheet,
  problems: ProblemsInOrder,
  onlyWrong: boolean,
): AsyncGenerator<string, void, undefined> {
  yield PLAIN_SHEET_BEGINS;
  // A file without a head of its own gets one above its first line.
  const shift = sheet.headRow === 0 ? 1 : 0;
  const headRow = Math.max(1, sheet.headRow);
  const title = onlyWrong ? `${PROBLEMS_COLUMN}（行数超过一张表，只列出有问题的行）` : PROBLEMS_COLUMN;
  yield rowXml(headRow, [...sheet.head, title, ...(onlyWrong ? ['原行号'] : [])], () => BOLD);
  let written = headRow;
  for await (const { row, cells } of sheet.rows()) {
    const wrong = problems.rowIn(sheet.name) === row ? await problems.take(sheet.name, shift) : undefined;
    if (onlyWrong && (!wrong || written + 1 > ROWS_OF_A_SHEET)) continue;
    written = onlyWrong ? written + 1 : row + shift;
    const texts = [...cells, wrong?.text ?? '', ...(onlyWrong ? [String(row)] : [])];
    yield rowXml(written, texts, (column) => (wrong?.columns.has(column) ? MARKED : 0));
  }
  yield PLAIN_SHEET_ENDS;
}

function rowXml(row: number, texts: readonly string[], style: (column: number) => number): string {
  const cells = texts.map((text, column) => {
    return text === '' && style(column) === 0 ? '' : textCell(row, column, text, style(column));
  });
  return `<row r="${row}">${cells.join('')}</row>`;
}
