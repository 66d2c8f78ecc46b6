import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';
import { recordAct } from '../accounts/audit';
import { findKind } from '../catalogue/kinds';
import { checkFreeText } from '../ledger/entry-fields';
import { holdsPersonalNumber } from '../ledger/personal-number';
import { hashOfFile, keepFile } from './import-file';
import { withImportLock } from './import-lock';
import { takeImportLock } from './import-lock.queries';
import { sameFileSentence } from './import-notices';
import { proposeImport } from './import-propose';
import { OVER, type Importer, type ImportMode, type ImportRecord } from './import-record';
import {
  correctionUnjustified,
  fileImportedBefore,
  ImportRefused,
  importUnknown,
  notNow,
  sourceStopped,
  numberInName,
  reasonMissing,
} from './import-refused';
import { readImport } from './import-run';
import { deleteRows } from './import-row.queries';
import { findSameFile, lockSameFile } from './import-same-file.queries';
import { lockSource, obtainSource, rememberMapping } from './import-source.queries';
import { NOT_TRIED } from './import-tries';
import {
  findStopped,
  findUnfinished,
  finishImport,
  insertImport,
  isRefusedForMonth,
  isReversedSince,
  lockImport,
  markAccepted,
  updateImport,
} from './imports.queries';
import type { RememberedMapping } from './mapping';

const LOCK_NOT_AVAILABLE = '55P03';

export interface ReceivedFile {
  /** Where it lies on this machine, until `receiveFile` has ended. */
  readonly path: string;
  readonly fileName: string;
  /** Whose file it is; rows of this org and of those below it may be in it. */
  readonly org: string;
  /** What all of its rows are of; null: each says its own. */
  readonly kind: string | null;
  /** Of its source; the name of the file without its ending unless said. */
  readonly name?: string;
  readonly mode: ImportMode;
  /** Whether rows of history come in also where nothing stands that has to come before them. */
  readonly keepGaps?: boolean;
  /** Why entries are taken back, or come late. */
  readonly reason?: string;
}

/**
 * Takes a file in: from here on it is kept, and `runImport` goes on with it. The same file of the same source that is
 * not over yet is the same import.
 *
 * @throws {DomainError} when the kind is unknown, or the name, that of the file or the reason cannot be kept
 */
export async function receiveFile(
  dataSource: DataSource,
  importer: Importer,
  { path, fileName, org, kind, name, mode, keepGaps = false, reason }: ReceivedFile,
): Promise<ImportRecord> {
  if (kind !== null && !findKind(kind)) {
    throw new ImportRefused('kind_unknown', `没有登记种类“${kind}”。`, `There is no kind of entry "${kind}".`, {
      field: 'kind',
    });
  }
  if (holdsPersonalNumber(fileName) || holdsPersonalNumber(sourceNameOf(fileName))) throw numberInName();
  const { registryId } = importer;
  const given = checkFreeText(name?.trim() || null, 'name') ?? sourceNameOf(fileName);
  const why = checkFreeText(reason?.trim() || null, 'reason');
  const [fileHash, { size }] = [await hashOfFile(path), await stat(path)];
  const importId = await dataSource.transaction(async (manager) => {
    const source = { registryId, org, kind, name: given };
    const sourceId = await obtainSource(manager, source);
    const known = await findUnfinished(manager, source, fileHash);
    if (known && (isUnderWay(known) || isAskedAgain(known, { mode, keepGaps, reason: why }))) return known.importId;
    const id = randomUUID();
    const what = { importId: id, registryId, sourceId, kind, mode, keepGaps, fileName, fileHash, fileSize: size };
    await insertImport(manager, { ...what, reason: why, createdBy: importer.name });
    await keepFile(manager, registryId, id, path);
    await record(manager, importer, 'imports.receive', id, org, {
      file: fileName,
      size,
      ...(keepGaps && { keepGaps }),
    });
    return id;
  });
  return readImport(dataSource, registryId, importId);
}

/** One of a source at a time: another of the same file would wait for it for ever. */
function isUnderWay({ state }: ImportRecord): boolean {
  return state === 'accepted' || state === 'posting' || state === 'stopped';
}

function isAskedAgain(
  known: ImportRecord,
  asked: { readonly mode: ImportMode; readonly keepGaps: boolean; readonly reason: string | null },
): boolean {
  return known.mode === asked.mode && known.keepGaps === asked.keepGaps && known.reason === asked.reason;
}

/** A workbook that was given back with its bad cells marked is of the same source, and so is what was saved twice. */
function sourceNameOf(fileName: string): string {
  const name = basename(fileName, extname(fileName));
  return (name.replace(/ ?[(（]\d+[)）]$/, '').replace(/-问题$/, '') || name).slice(0, 200);
}

/**
 * Says what columns are to be taken for, by their names; the file is then read again.
 *
 * @throws {DomainError} when it is on its way into the ledger, or over; `import_being_read` while a process reads it, as
 * that would go on with the columns as they were
 */
export async function mapImport(
  dataSource: DataSource,
  importer: Importer,
  importId: string,
  mapping: RememberedMapping,
): Promise<ImportRecord> {
  await dataSource.transaction(async (manager) => {
    await takeImportLock(manager, importId).catch(beingRead);
    const now = await lockKnown(manager, importer.registryId, importId);
    if (now.state !== 'mapping' && now.state !== 'staged' && now.state !== 'received') throw notNow(now);
    await deleteRows(manager, now.registryId, importId);
    await updateImport(manager, now, {
      state: 'received',
      mapping,
      sheets: null,
      question: null,
      counts: null,
      phase: 'read',
      done: 0,
      ...NOT_TRIED,
    });
    await record(manager, importer, 'imports.map', importId, now.org, { columns: mapping });
  });
  return readImport(dataSource, importer.registryId, importId);
}

export interface Acceptance {
  /** Why rows come late, where that was the question, or why entries are taken back. */
  readonly reason?: string;
  /** The same file has gone in as another source, and its entries are to be logged twice. */
  readonly duplicate?: boolean;
}

/**
 * Lets a staged import into the ledger, or lets one go on that had a question,
 * or that failed and was given up.
 *
 * @throws {DomainError} `proposal_outdated` when the ledger's entries of this source are no longer those that it was
 * compared with, or a first reason lets rows of closed months in (it has been compared again then);
 * `justification_missing` when entries are taken back and nobody has said why; `file_imported_before` when the very same
 * file went in as another source; `source_busy` while another file of it is being posted, `source_stopped` while that
 * waits for an answer
 */
export async function acceptImport(
  dataSource: DataSource,
  importer: Importer,
  importId: string,
  answer: Acceptance = {},
): Promise<ImportRecord> {
  const reason = checkFreeText(answer.reason?.trim() || null, 'reason');
  const outdated = await dataSource
    .transaction((manager) => accept(manager, importer, importId, { reason, duplicate: answer.duplicate === true }))
    .catch((error: unknown) => busy(dataSource.manager, importer.registryId, importId, error));
  const now = await readImport(dataSource, importer.registryId, importId);
  if (!outdated) return now;
  // Where another process holds it, that one compares it, or the next try does.
  await withImportLock(dataSource, importId, () => proposeImport(dataSource, now));
  throw new ImportRefused(
    'proposal_outdated',
    '台账在此期间有变动，或补写了理由，已重新比对，请再看一遍后确认。',
    'The ledger has changed meanwhile, or a reason was given: the file was compared again; look at it once more.',
  );
}

/** @returns true when it has to be compared again */
async function accept(
  manager: EntityManager,
  importer: Importer,
  importId: string,
  { reason, duplicate }: { readonly reason: string | null; readonly duplicate: boolean },
): Promise<boolean> {
  const now = await lockKnown(manager, importer.registryId, importId);
  if (now.state === 'accepted' || now.state === 'posting' || now.state === 'done') return false;
  if (now.state === 'stopped') {
    if (reason === null && now.question?.code === 'month_closed') throw reasonMissing();
    await updateImport(manager, now, { state: 'posting', reason: reason ?? now.reason, question: null, ...NOT_TRIED });
  } else {
    if (now.state !== 'staged') throw notNow(now);
    const source = await lockSource(manager, now.registryId, now.sourceId);
    if (source.version !== now.proposedVersion || (await isReversedSince(manager, now))) return true;
    if (reason === null && now.reason === null && takesBack(now)) throw correctionUnjustified();
    if (now.counts?.new) await lockSameFile(manager, now);
    const same = !duplicate && now.counts?.new ? await findSameFile(manager, now) : undefined;
    if (same) throw fileImportedBefore(sameFileSentence(same));
    if (reason !== null) await updateImport(manager, now, { reason });
    if (reason !== null && now.reason === null && (await isRefusedForMonth(manager, now))) return true;
    await markAccepted(manager, now.registryId, importId, importer.name);
    if (now.mapping !== null) {
      await rememberMapping(manager, now, now.mapping);
    }
  }
  await record(manager, importer, 'imports.accept', importId, now.org, { file: now.fileName, counts: now.counts });
  return false;
}

/** Whether entries are reversed, for which a person has to say why (R4). */
export function takesBack({ counts }: Pick<ImportRecord, 'counts'>): boolean {
  return counts !== null && counts.changed + counts.gone > 0;
}

/**
 * Ends an import. While it is being posted, what has been posted stays.
 *
 * @throws {DomainError} when it is over
 */
export async function cancelImport(
  dataSource: DataSource,
  importer: Importer,
  importId: string,
): Promise<ImportRecord> {
  await dataSource.transaction(async (manager) => {
    const now = await lockKnown(manager, importer.registryId, importId);
    if (now.state === 'cancelled') return;
    if (OVER.has(now.state)) throw notNow(now);
    await finishImport(manager, now, 'cancelled');
    if (now.nextBatch === 0) await deleteRows(manager, now.registryId, importId);
    await record(manager, importer, 'imports.cancel', importId, now.org, { posted: now.entriesPosted });
  });
  return readImport(dataSource, importer.registryId, importId);
}

async function lockKnown(manager: EntityManager, registryId: number, importId: string): Promise<ImportRecord> {
  const now = await lockImport(manager, registryId, importId);
  if (!now) throw importUnknown(importId);
  return now;
}

async function record(
  manager: EntityManager,
  { registryId, name, address }: Importer,
  act: string,
  thing: string,
  org: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await recordAct(manager, { registryId, actor: name, act, thing, org, address, result: 'done', detail });
}

async function busy(manager: EntityManager, registryId: number, importId: string, error: unknown): Promise<never> {
  const constraint = error instanceof QueryFailedError ? (error.driverError as { constraint?: string }).constraint : '';
  if (constraint !== 'import_one_posting') throw error;
  const stopped = await findStopped(manager, registryId, importId);
  if (stopped) throw sourceStopped(stopped);
  throw new ImportRefused(
    'source_busy',
    '同一来源的另一份文件正在导入，请等它完成后再确认。',
    'Another file of the same source is being imported; wait until it has ended.',
  );
}

function beingRead(error: unknown): never {
  const code = error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : '';
  if (code !== LOCK_NOT_AVAILABLE) throw error;
  throw new ImportRefused(
    'import_being_read',
    '文件正在读取，请等它读完后再指定列。',
    'The file is being read; wait until that has ended, then say what the columns hold.',
  );
}
