import { basename } from 'node:path';
import type { DataSource } from 'typeorm';
import type { DomainError } from '../../libs/core/domain-error';
import { recompute } from '../../libs/indicators/recompute';
import { appendEntries, ENTRIES_PER_WRITE } from '../../libs/ledger/append';
import { CsvFile, type CsvRow } from './csv-file';
import { theRegistry } from './office';
import type { Progress } from './progress';
import { RowIds } from './row-ids';

export interface RefusedRow {
  /** The line of the file that the row begins on, its head being line 1. */
  readonly row: number;
  readonly problem: DomainError;
}

/** A row that was refused for want of what may stand further down. */
interface RestingRow extends CsvRow {
  readonly problem: DomainError;
}

export interface ImportResult {
  readonly created: number;
  readonly unchanged: number;
  readonly refused: number;
}

/**
 * Reads a CSV file (UTF-8) of entries and appends its good rows, 10,000 to a transaction. A row without an id gets one
 * from the file's name and its own content, so that the same file again changes nothing. The file is one set: a row may
 * rest on any later one.
 *
 * @param refuse told of each refused row
 * @throws {DomainError} when the file or its head cannot be read
 */
export async function importCsv(
  source: DataSource,
  path: string,
  progress: Progress,
  refuse: (row: RefusedRow) => void,
): Promise<ImportResult> {
  const { registryId } = await theRegistry(source);
  const file = new CsvFile(path);
  const ids = new RowIds(basename(path));
  let [created, unchanged, refused] = [0, 0, 0];

  /** @returns the refused rows that may rest on later ones */
  const write = async (rows: readonly CsvRow[]): Promise<RestingRow[]> => {
    const entries = rows.map((one) => one.fields);
    const result = await appendEntries(source, entries, { registryId, actor: 'cli', source: 'import' });
    created += result.created;
    unchanged += result.unchanged;
    const resting: RestingRow[] = [];
    for (const one of result.results) {
      const row = rows[one.row];
      if (one.status !== 'refused' || !row) continue;
      if (one.problem.code === 'guard_unmet') resting.push({ ...row, problem: one.problem });
      else end(row, one.problem);
    }
    return resting;
  };

  const end = (row: CsvRow, problem: DomainError): void => {
    refused += 1;
    refuse({ row: row.line, problem });
  };

  let resting: RestingRow[] = [];
  let batch: CsvRow[] = [];
  try {
    for await (const { line, fields } of file.rows()) {
      batch.push({ line, fields: ids.named(fields) });
      if (batch.length < ENTRIES_PER_WRITE) continue;
      resting.push(...(await write(batch)));
      progress.tell(file.bytesRead, file.size);
      batch = [];
    }
    if (batch.length > 0) resting.push(...(await write(batch)));
    progress.tell(file.bytesRead, file.size);
    // As long as what came meanwhile is what some of them rest on.
    for (let before = 0; resting.length > 0 && created > before;) {
      before = created;
      const rows = resting;
      resting = [];
      for (let first = 0; first < rows.length; first += ENTRIES_PER_WRITE) {
        resting.push(...(await write(rows.slice(first, first + ENTRIES_PER_WRITE))));
      }
    }
    for (const row of resting) end(row, row.problem);
  } finally {
    if (created > 0) await recompute(source, registryId);
  }
  return { created, unchanged, refused };
}
