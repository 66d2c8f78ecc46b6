import type { DataSource } from 'typeorm';
import type { KindDefinition } from '../catalogue/kind-definition';
import { findKind } from '../catalogue/kinds';
import { OrgNames } from './cell-orgs';
import { stageRow, type RowReading } from './import-content';
import type { ImportRecord, SheetColumns, SheetMapping } from './import-record';
import { boundsOf } from './import-propose';
import { findLastRow, findReach, insertRows, type StagedRow } from './import-row.queries';
import { findRememberedMapping, findSource } from './import-source.queries';
import { lockImport, updateImport } from './imports.queries';
import { NOT_TRIED } from './import-tries';
import { proposeMapping, type Mapping, type RememberedMapping } from './mapping';
import { hiddenSheet } from './sheet-notices';
import type { Notice, SourceFile, SourceSheet } from './source-file';
import { kindOfSheet } from './template-sheets';

const ROWS_PER_WRITE = 2_000;

/** What a file's columns are taken for, and what is to be decided about that first. */
export async function mapSheets(
  dataSource: DataSource,
  record: ImportRecord,
  file: SourceFile,
): Promise<{ sheets: { sheet: SourceSheet; mapping: Mapping }[]; unclear: SheetMapping[]; left: Notice[] }> {
  const { manager } = dataSource;
  const remembered = {
    ...(await findRememberedMapping(manager, record, 'its kind')),
    ...record.mapping,
  };
  const elsewhere = await findRememberedMapping(manager, record, 'other kinds');
  const kind = record.kind === null ? undefined : findKind(record.kind);
  const alone = (await findReach(manager, record.registryId, record.org)).length === 1;
  const mapped = file.sheets
    .filter(({ hidden }) => !hidden)
    .map((sheet) => {
      const mapping = mappingOf(sheet, kind, remembered, elsewhere);
      const problems = mapping.problems.filter(
        ({ code, field }) => !(alone && code === 'column_missing' && field === 'org'),
      );
      return { sheet, mapping: { ...mapping, problems } };
    });
  const holds = ({ mapping }: { mapping: Mapping }) => mapping.columns.some(({ field }) => field !== null);
  const sheets = mapped.length > 1 ? mapped.filter(holds) : mapped;
  const unclear = sheets.filter(({ mapping }) => mapping.problems.length > 0);
  return {
    sheets,
    unclear: unclear.map(({ sheet, mapping }) => ({ sheet: sheet.name, ...mapping })),
    left: [
      ...file.sheets.filter(({ hidden }) => hidden).map(({ name }) => hiddenSheet(name)),
      ...mapped.filter((one) => !sheets.includes(one)).map(({ sheet }) => leftOut(sheet.name)),
    ],
  };
}

export function takenFor(
  sheets: readonly { readonly sheet: SourceSheet; readonly mapping: Mapping }[],
): SheetColumns[] {
  return sheets.map(({ sheet, mapping: { kind, columns } }) => ({
    sheet: sheet.name,
    kind,
    columns: columns.map(({ column, name, field, by }) => ({ column, name, field, by })),
  }));
}

/** A sheet that neither says what its rows are, nor was said to be of a kind, may be a template come back. */
function mappingOf(
  sheet: SourceSheet,
  kind: KindDefinition | undefined,
  remembered: RememberedMapping,
  elsewhere: RememberedMapping,
): Mapping {
  const mapping = proposeMapping(sheet.head, kind ?? null, remembered, elsewhere);
  const template = kind || mapping.columns.some(({ field }) => field === 'kind') ? undefined : kindOfSheet(sheet.name);
  return template ? proposeMapping(sheet.head, template, remembered, elsewhere) : mapping;
}

/**
 * Stages the rows of a file, in transactions of 2,000, from where an earlier call has been killed.
 *
 * @returns false when the import has been cancelled meanwhile
 * @throws {DomainError} when the file cannot be read to its end
 */
export async function stageRows(
  dataSource: DataSource,
  record: ImportRecord,
  sheets: readonly { sheet: SourceSheet; mapping: Mapping }[],
): Promise<boolean> {
  const { registryId, importId } = record;
  const reading = await readingOf(dataSource, record);
  for (const [at, { sheet, mapping }] of sheets.entries()) {
    const last = await findLastRow(dataSource.manager, registryId, importId, at);
    const context = { ...reading.context, from1904: sheet.from1904 };
    const write = (rows: readonly StagedRow[]) =>
      writeRows(dataSource, record, rows, Math.floor(((at + sheet.share) * 1000) / sheets.length));
    let rows: StagedRow[] = [];
    for await (const row of sheet.rows()) {
      if (row.row <= last) continue;
      rows.push(stageRow(row, { ...reading, sheet: at, mapping, context }));
      if (rows.length < ROWS_PER_WRITE) continue;
      if (!(await write(rows))) return false;
      rows = [];
    }
    if (!(await write(rows))) return false;
  }
  return true;
}

async function writeRows(
  dataSource: DataSource,
  { registryId, importId }: ImportRecord,
  rows: readonly StagedRow[],
  share: number,
): Promise<boolean> {
  return dataSource.transaction(async (manager) => {
    const now = await lockImport(manager, registryId, importId);
    if (now?.state !== 'received') return false;
    if (rows.length > 0) await insertRows(manager, registryId, importId, rows);
    const further = rows.length > 0 && NOT_TRIED;
    await updateImport(manager, now, { phase: 'read', done: share, total: 1000, ...further });
    return true;
  });
}

async function readingOf(
  { manager }: DataSource,
  { registryId, sourceId, org }: ImportRecord,
): Promise<Omit<RowReading, 'sheet' | 'mapping'>> {
  const reach = await findReach(manager, registryId, org);
  return {
    context: { orgs: new OrgNames(reach), from1904: false },
    bounds: await boundsOf(manager, registryId, org),
    salt: (await findSource(manager, registryId, sourceId)).salt,
    org: reach.length === 1 ? org : null,
  };
}

function leftOut(sheet: string): Notice {
  return {
    code: 'sheet_left_out',
    sentence: {
      zh: `工作表“${sheet}”没有认得的列，没有读取。`,
      en: `No column of the sheet "${sheet}" is known; it was not read.`,
    },
    sheet,
    row: null,
    column: null,
  };
}
