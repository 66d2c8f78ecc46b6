import { createReadStream, type ReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { DomainError } from '../core/domain-error';
import { beyondHead } from './source-beyond-head';
import type { SourceFile, SourceRow, SourceSheet } from './source-file';
import { findHead, headMissing, ROWS_ABOVE_HEAD, type Head, type RawRow } from './source-head';
import { SourceRefused } from './source-refused';
import { encodingOf, textOf, type TextEncoding } from './text-encoding';

const CHARACTERS_PER_ROW = 256 * 1024;
const DELIMITERS = [',', '\t', ';'] as const;

/**
 * Opens a CSV file in UTF-8, GB18030 or UTF-16, its cells parted by commas, tabs or semicolons.
 *
 * @param start its first bytes
 * @throws {DomainError} when its encoding or its head cannot be read
 */
export async function openCsv(path: string, size: number, start: Buffer): Promise<SourceFile> {
  const sheet = await CsvSheet.open(path, size, start);
  return { format: 'csv', sheets: [sheet], notices: [], close: async () => undefined };
}

class CsvSheet implements SourceSheet {
  readonly name = 'CSV';
  readonly hidden = false;
  readonly from1904 = false;
  readonly notices = [];
  private input?: ReadStream;
  private found: Head;

  private constructor(
    private readonly path: string,
    private readonly size: number,
    private readonly encoding: TextEncoding,
    private readonly delimiter: string,
  ) {}

  static async open(path: string, size: number, start: Buffer): Promise<CsvSheet> {
    const encoding = await encodingOf(path, start);
    const sheet = new CsvSheet(path, size, encoding, delimiterOf(start, encoding));
    const first: RawRow[] = [];
    for await (const row of sheet.records()) {
      if (first.push(row) === ROWS_ABOVE_HEAD) break;
    }
    const head = findHead(first);
    if (!head) throw headMissing();
    sheet.found = head;
    return sheet;
  }

  get head(): readonly string[] {
    return this.found.names;
  }

  get headRow(): number {
    return this.found.row;
  }

  get share(): number {
    return (this.input?.bytesRead ?? 0) / this.size;
  }

  async *rows(): AsyncGenerator<SourceRow> {
    const { row: headRow, names } = this.found;
    for await (const { row, cells } of this.records()) {
      if (row <= headRow) continue;
      const problems = beyondHead(row, cells, names);
      yield { row, cells: names.map((_, at) => cells[at] ?? ''), ...(problems.length > 0 && { problems }) };
    }
  }

  /** Every row that is not blank, numbered as Excel does: a cell of several lines is in one row. */
  private async *records(): AsyncGenerator<RawRow> {
    const input = createReadStream(this.path);
    this.input = input;
    const records = parse({
      delimiter: this.delimiter,
      relax_quotes: true,
      relax_column_count: true,
      max_record_size: CHARACTERS_PER_ROW,
    });
    // What fails on the way to the records, fails whoever reads them.
    pipeline(
      input,
      (chunks: AsyncIterable<Buffer>) => textOf(chunks, this.encoding),
      records,
      () => undefined,
    );
    let row = 0;
    try {
      for await (const cells of records as AsyncIterable<string[]>) {
        row += 1;
        if (cells.some((cell) => cell.trim() !== '')) yield { row, cells };
      }
    } catch (error) {
      throw error instanceof DomainError ? error : notReadable(row + 1, error as Error);
    }
  }
}

function delimiterOf(start: Buffer, encoding: TextEncoding): string {
  const line =
    new TextDecoder(encoding)
      .decode(start)
      .split(/\r|\n/)
      .find((one) => one.trim() !== '') ?? '';
  const count = (delimiter: string): number => line.replace(/"[^"]*"/g, '').split(delimiter).length;
  return DELIMITERS.reduce((best, one) => (count(one) > count(best) ? one : best));
}

function notReadable(row: number, error: Error): SourceRefused {
  const why = error instanceof CsvError ? error.code : ((error as NodeJS.ErrnoException).code ?? error.message);
  return new SourceRefused(
    'file_not_readable',
    `从第 ${row} 行起无法读取（${why}）。请检查引号是否成对，或在 Excel 中另存为 xlsx 再上传。`,
    `The file cannot be read from row ${row} on (${why}). See that quotation marks are paired, or save it as xlsx.`,
  );
}
