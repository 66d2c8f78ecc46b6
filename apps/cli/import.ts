import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import type { DataSource } from 'typeorm';
import { DomainError } from '../../libs/core/domain-error';
import { recompute } from '../../libs/indicators/recompute';
import { appendEntries, ENTRIES_PER_WRITE } from '../../libs/ledger/append';
import { theRegistry } from './office';
import type { Progress } from './progress';

/** The columns of a file, by their name in the API or in Chinese. */
const COLUMNS: Readonly<Record<string, string>> = {
  编号: 'id',
  种类: 'kind',
  机构: 'org',
  日期: 'occurredOn',
  捐献者编号: 'donorCode',
  请求编号: 'caseCode',
  血样编号: 'sampleCode',
  结果: 'outcome',
  原因: 'reason',
  数量: 'quantity',
  备注: 'note',
  理由: 'justification',
};
const FIELDS = new Set(Object.values(COLUMNS));

export interface ImportedRow {
  /** The row of the file, its head being row 1. */
  readonly row: number;
  readonly problem: DomainError;
}

export interface ImportResult {
  readonly created: number;
  readonly unchanged: number;
  readonly refused: readonly ImportedRow[];
}

/**
 * Reads a CSV file (UTF-8) of entries and appends its good rows, 10,000 to a transaction. A row without an id gets one
 * from the file's name and its own content, so that the same file again changes nothing.
 *
 * @throws {DomainError} when the file or its head cannot be read
 */
export async function importCsv(source: DataSource, file: string, progress: Progress): Promise<ImportResult> {
  const { registryId } = await theRegistry(source);
  const size = sizeOf(file);
  const input = createReadStream(file);
  const records = parse({ columns: readHead, skip_empty_lines: true, info: true });
  // What fails on the way to the records, fails whoever reads them.
  pipeline(input, asUtf8, records, () => undefined);
  const seen = new Map<string, number>();
  const refused: ImportedRow[] = [];
  let [created, unchanged] = [0, 0];
  let batch: { line: number; entry: Record<string, unknown> }[] = [];

  const write = async (): Promise<void> => {
    const entries = batch.map((one) => one.entry);
    const result = await appendEntries(source, entries, { registryId, actor: 'cli', source: 'import' });
    created += result.created;
    unchanged += result.unchanged;
    for (const one of result.results) {
      if (one.status === 'refused') refused.push({ row: batch[one.row]?.line ?? 0, problem: one.problem });
    }
    batch = [];
    progress.tell(input.bytesRead, size);
  };

  try {
    for await (const { record, info } of records as AsyncIterable<{
      record: Record<string, string>;
      info: { lines: number };
    }>) {
      batch.push({ line: info.lines, entry: withId(record, basename(file), seen) });
      if (batch.length === ENTRIES_PER_WRITE) await write();
    }
    if (batch.length > 0) await write();
  } catch (error) {
    throw isUnreadable(error) ? fileNotReadable(error.message) : error;
  } finally {
    if (created > 0) await recompute(source, registryId);
  }
  return { created, unchanged, refused };
}

function sizeOf(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile()) return found.size;
  throw new DomainError('file_not_found', { zh: `找不到文件 ${file}。`, en: `There is no file ${file}.` });
}

/** Without the mark that Windows programs put first. Another encoding fails instead of passing as odd characters. */
async function* asUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

function readHead(head: string[]): string[] {
  const columns = head.map((name) => COLUMNS[name.trim()] ?? name.trim());
  const unknown = columns.filter((name) => !FIELDS.has(name));
  if (unknown.length > 0) {
    throw new DomainError('column_unknown', {
      zh: `第 1 行：没有名为“${unknown.join('”“')}”的列。可用的列：${Object.keys(COLUMNS).join('、')}。`,
      en: `Row 1: there is no column "${unknown.join('", "')}". Columns: ${[...FIELDS].join(', ')}.`,
    });
  }
  return columns;
}

function withId(record: Record<string, string>, file: string, seen: Map<string, number>): Record<string, unknown> {
  if (record.id) return record;
  const content = JSON.stringify(Object.entries(record).filter(([name, value]) => name !== 'id' && value !== ''));
  const ordinal = (seen.get(content) ?? 0) + 1;
  seen.set(content, ordinal);
  const hash = createHash('sha256').update(`${file}\n${content}\n${ordinal}`).digest('hex');
  const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  return { ...record, id };
}

function isUnreadable(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^CSV_|^ERR_ENCODING/.test(String(error.code));
}

function fileNotReadable(message: string): DomainError {
  return new DomainError('file_not_readable', {
    zh: `文件不是可读的 CSV（UTF-8）：${message}。用 Excel 时请另存为“CSV UTF-8（逗号分隔）”。`,
    en: `The file is no readable CSV (UTF-8): ${message}. In Excel, save it as "CSV UTF-8 (comma delimited)".`,
  });
}
