import { createReadStream, statSync, type ReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { DomainError } from '../../libs/core/domain-error';
import { readHead } from './csv-head';

/** A row under the head of a file. */
export interface CsvRow {
  /** The line that it begins on; the head's is 1. */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

interface Parsed {
  readonly record: Record<string, string>;
  /** `lines`: the line that the record ends on, were each CR and each LF in a cell a line of its own. */
  readonly info: { readonly lines: number };
}

const LINE_BREAK = /\r\n?|\n/g;
const LINE_BREAK_CHARACTER = /[\r\n]/g;

/** A CSV file of entries in UTF-8, read row by row. */
export class CsvFile {
  readonly size: number;
  private input?: ReadStream;

  /** @throws {DomainError} when there is no such file */
  constructor(private readonly path: string) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found?.isFile()) {
      throw new DomainError('file_not_found', { zh: `找不到文件 ${path}。`, en: `There is no file ${path}.` });
    }
    this.size = found.size;
  }

  get bytesRead(): number {
    return this.input?.bytesRead ?? 0;
  }

  /** @throws {DomainError} when the file, its encoding, its head or a row cannot be read */
  async *rows(): AsyncGenerator<CsvRow> {
    const input = createReadStream(this.path);
    this.input = input;
    const records = parse({ columns: readHead, skip_empty_lines: true, info: true });
    // What fails on the way to the records, fails whoever reads them.
    pipeline(input, asUtf8, records, () => undefined);
    let tooMany = 0;
    try {
      for await (const { record, info } of records as AsyncIterable<Parsed>) {
        const counted = countIn(record, LINE_BREAK_CHARACTER);
        yield { line: info.lines - counted - tooMany, fields: record };
        tooMany += counted - countIn(record, LINE_BREAK);
      }
    } catch (error) {
      throw error instanceof DomainError ? error : notReadable(error as Error);
    }
  }
}

/** Without the mark that Windows programs put first. Another encoding fails instead of passing as odd characters. */
async function* asUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

function countIn(record: Readonly<Record<string, string>>, pattern: RegExp): number {
  return Object.values(record).reduce((count, cell) => count + (cell.match(pattern)?.length ?? 0), 0);
}

function notReadable({ message }: Error): DomainError {
  return new DomainError('file_not_readable', {
    zh: `文件不是可读的 CSV（UTF-8）：${message}。请在 Excel 中另存为“CSV UTF-8”。`,
    en: `The file is no readable CSV (UTF-8): ${message}. In Excel, save it as "CSV UTF-8".`,
  });
}
