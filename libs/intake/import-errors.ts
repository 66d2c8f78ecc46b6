import type { DataSource } from 'typeorm';
import { writeErrorWorkbook } from './error-workbook';
import { withKeptFile } from './import-file';
import type { ImportRecord } from './import-record';
import { findProposedRows } from './import-rows.queries';
import { mapSheets } from './import-stage';
import { openSource } from './open-source';
import type { MarkedCell } from './row-problems';

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
    const names = (await mapSheets(dataSource, record, file).finally(() => file.close())).sheets.map(
      ({ sheet }) => sheet.name,
    );
    await writeErrorWorkbook(path, record.fileName, markedCells(dataSource, record, names), out);
  });
}

async function* markedCells(
  { manager }: DataSource,
  { registryId, importId }: ImportRecord,
  names: readonly string[],
): AsyncGenerator<MarkedCell> {
  let after = { sheet: -1, row: 0 };
  for (;;) {
    const rows = await findProposedRows(manager, registryId, importId, 'invalid', after, ROWS_AT_ONCE);
    for (const { sheet, row, problems } of rows) {
      for (const problem of problems) {
        yield { sheet: names[sheet ?? 0], row: row ?? 0, column: problem.column, sentence: problem.sentence };
      }
    }
    const last = rows.at(-1);
    if (!last) return;
    after = { sheet: last.sheet ?? 0, row: last.row ?? 0 };
  }
}
