import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { withKeptSource } from './import-file';
import { withImportLock } from './import-lock';
import { postBatch } from './import-post';
import { proposeImport } from './import-propose';
import type { ImportRecord, Importer, SheetMapping } from './import-record';
import { importUnknown, kept } from './import-refused';
import { settleSource } from './import-source';
import { mapSheets, stageRows, takenFor } from './import-stage';
import { withTries } from './import-tries';
import { findImport, finishImport, lockImport, updateImport } from './imports.queries';
import type { SourceFile } from './source-file';

/** The names under which acts of an import are recorded that no person does at that moment. */
export type Teller = (record: ImportRecord) => void;

/**
 * Does what there is to do for an import, up to where somebody has to decide: reads and compares what has been received,
 * posts what has been accepted. One process at a time; any other call returns at once. May be killed at any moment.
 *
 * @param tell told of each step forward
 * @returns the import as it is then
 * @throws {DomainError} `import_unknown`
 * @throws what failed; after some such tries it is refused, or stopped
 */
export async function runImport(
  dataSource: DataSource,
  registryId: number,
  importId: string,
  tell: Teller = () => undefined,
): Promise<ImportRecord> {
  await withImportLock(dataSource, importId, (session) =>
    withTries(session, { registryId, importId }, () => advance(dataSource, registryId, importId, tell)),
  );
  return readImport(dataSource, registryId, importId);
}

/** @throws {DomainError} `import_unknown` */
export async function readImport(dataSource: DataSource, registryId: number, importId: string): Promise<ImportRecord> {
  const record = await findImport(dataSource.manager, registryId, importId);
  if (!record) throw importUnknown(importId);
  return record;
}

async function advance(dataSource: DataSource, registryId: number, importId: string, tell: Teller): Promise<void> {
  const record = await readImport(dataSource, registryId, importId);
  if (record.state === 'received') await receive(dataSource, record, tell);
  else if (record.state === 'accepted' || record.state === 'posting') await post(dataSource, record, tell);
}

async function receive(dataSource: DataSource, record: ImportRecord, tell: Teller): Promise<void> {
  const telling = watch(dataSource, record, tell);
  try {
    const staged = await withKeptSource(dataSource.manager, record, (file) => stageFile(dataSource, record, file));
    if (!staged) return;
    await ifReceived(dataSource, record, settleSource);
    await proposeImport(dataSource, record);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await ifReceived(dataSource, record, async (manager, now) => {
      await updateImport(manager, now, { problem: kept(error) });
      await finishImport(manager, now, 'refused');
    });
  } finally {
    await telling.end();
  }
}

/** @returns false when somebody has to decide on a column first, or the import was cancelled */
async function stageFile(dataSource: DataSource, record: ImportRecord, file: SourceFile): Promise<boolean> {
  const { sheets, unclear, left } = await mapSheets(dataSource, record, file);
  if (unclear.length > 0) {
    await ifReceived(dataSource, record, (manager) =>
      updateImport(manager, record, { state: 'mapping', question: questionOf(unclear) }),
    );
    return false;
  }
  const staged = await stageRows(dataSource, record, sheets);
  const notices = [...file.notices, ...left, ...sheets.flatMap(({ sheet }) => sheet.notices)];
  await updateImport(dataSource.manager, record, { notices, sheets: takenFor(sheets) });
  return staged;
}

/** Unless it has been cancelled meanwhile. */
async function ifReceived(
  dataSource: DataSource,
  { registryId, importId }: ImportRecord,
  change: (manager: EntityManager, now: ImportRecord) => Promise<void>,
): Promise<void> {
  await dataSource.transaction(async (manager) => {
    const now = await lockImport(manager, registryId, importId);
    if (now?.state === 'received') await change(manager, now);
  });
}

function questionOf(sheets: readonly SheetMapping[]) {
  const problems = sheets.flatMap((one) => one.problems);
  return {
    code: 'mapping_unclear',
    sentence: {
      zh: problems.map(({ sentence }) => sentence.zh).join(''),
      en: problems.map(({ sentence }) => sentence.en).join(' '),
    },
    sheets,
  };
}

async function post(dataSource: DataSource, record: ImportRecord, tell: Teller): Promise<void> {
  const importer: Importer = {
    registryId: record.registryId,
    name: record.acceptedBy ?? record.createdBy,
    address: null,
  };
  for (;;) {
    const state = await postBatch(dataSource, importer, record.importId);
    tell(await readImport(dataSource, record.registryId, record.importId));
    if (state !== 'posting') return;
  }
}

/** Tells once a second how far an import has come. */
function watch(dataSource: DataSource, { registryId, importId }: ImportRecord, tell: Teller) {
  let told: Promise<void> | undefined;
  const timer = setInterval(() => {
    told ??= readImport(dataSource, registryId, importId)
      .then(tell)
      .catch(() => undefined)
      .finally(() => (told = undefined));
  }, 1_000);
  return {
    async end(): Promise<void> {
      clearInterval(timer);
      await told;
    },
  };
}
