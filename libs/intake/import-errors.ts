import type { DataSource } from 'typeorm';
import { columnOf } from './cell-reader';
import { writeErrorWorkbook } from './error-workbook';
import { withKeptFile } from './import-file';
import type { ImportRecord } from './import-record';
import { findProposedRows } from './import-rows.queries';
import { mapSheets } from './import-stage';
import type { Mapping } from './mapping';
import { openSource } from './open-source';
import type { MarkedCell } from './row-problems';
import type { SourceSheet } from './source-file';

const ROWS_AT_ONCE = 500;

/**
 * Writes the file of an import as a workbook in which each bad cell is marked and says what is wrong with it.
 *
 * @param out where the workbook is written
 * @throws {DomainError} when the file has been removed after its time
 */
export async function writeImportErrors(dataSource: DataSource, record: ImportRecord, out: string): Promise<void> {
  await withKeptFile(dataSource.manager, record, async (path) => {
    const file = await openSource(path, record.fileName);
    const { sheets } = await mapSheets(dataSource, record, file).finally(() => file.close());
    await writeErrorWorkbook(path, record.fileName, markedCells(dataSource, record, sheets), out);
  });
}

async function* markedCells(
  { manager }: DataSource,
  { registryId, importId }: ImportRecord,
  sheets: readonly { readonly sheet: SourceSheet; readonly mapping: Mapping }[],
): AsyncGenerator<MarkedCell> {
  let after = { sheet: -1, row: 0 };
  for (;;) {
    const rows = await findProposedRows(manager, registryId, importId, 'invalid', after, ROWS_AT_ONCE);
    for (const { sheet: at, row, problems } of rows) {
      const { sheet, mapping } = sheets[at ?? 0] ?? {};
      for (const { column, field, sentence } of problems) {
        // What the ledger says of a row, it says of a field.
        const cell = column ?? (mapping && field !== null ? columnOf(mapping, field) : null);
        yield { sheet: sheet?.name, row: row ?? 0, column: cell, sentence };
      }
    }
    const last = rows.at(-1);
    if (!last) return;
    after = { sheet: last.sheet ?? 0, row: last.row ?? 0 };
  }
}
