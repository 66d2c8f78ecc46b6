import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { orgWithin } from '../../libs/accounts/principal';
import { DomainError } from '../../libs/core/domain-error';
import { recompute } from '../../libs/indicators/recompute';
import { runQuality } from '../../libs/quality/run';
import { findEffect } from '../../libs/intake/import-effect';
import { writeImportErrors } from '../../libs/intake/import-errors';
import { asDomainError } from '../../libs/intake/import-refused';
import type { ImportCounts, Importer, ImportRecord } from '../../libs/intake/import-record';
import { readImport, runImport } from '../../libs/intake/import-run';
import { acceptImport, cancelImport, mapImport, receiveFile, takesBack } from '../../libs/intake/imports';
import { acceptanceMissing, confirm, readColumns, sayInvalidRows, stoppedBy, tableOfEffect } from './import-words';
import { showProgress, type Progress } from './progress';
import { ownerOf } from './user';

export interface ImportOptions {
  readonly kind?: string;
  readonly name?: string;
  /** Whose file it is. */
  readonly org?: string;
  readonly reason?: string;
  readonly map?: readonly string[];
  readonly dryRun?: boolean;
  readonly allOrNothing?: boolean;
  /** Takes rows of history in also where nothing stands that has to come before them. */
  readonly keepGaps?: boolean;
  readonly accept?: boolean;
  /** Also where the same file has gone in as another source. */
  readonly again?: boolean;
  /** Where the file is written back as a workbook with its bad cells marked. */
  readonly errors?: string;
}

const ASK_AGAIN_MS = 500;

/**
 * Imports a file and prints what became of it. Rows that only add go in at once where nobody can be asked; what takes
 * entries back has to be accepted. A file that an earlier call was killed over goes on where that stopped.
 *
 * @throws {DomainError} when the file cannot be taken, or somebody has to decide something first
 */
export async function importFile(source: DataSource, path: string, options: ImportOptions): Promise<void> {
  const owner = await ownerOf(source);
  const importer: Importer = { registryId: owner.registryId, name: owner.name, address: null };
  requireFile(path);
  const progress = showProgress('导入 import');
  const office = new ImportingOffice(source, importer, progress);
  try {
    const received = await receiveFile(source, importer, {
      path: resolve(path),
      fileName: basename(path),
      org: orgWithin(owner, options.org),
      kind: options.kind ?? null,
      name: options.name,
      mode: options.allOrNothing ? 'all_or_nothing' : 'good_rows',
      keepGaps: options.keepGaps,
      reason: options.reason,
    });
    const done = await office.bring(received, options);
    progress.end();
    if (done) await finish(source, done, progress, options);
  } finally {
    progress.end();
  }
}

/** An import, brought from one decision to the next. */
class ImportingOffice {
  constructor(
    private readonly source: DataSource,
    private readonly importer: Importer,
    private readonly progress: Progress,
  ) {}

  /** @returns undefined after a dry run, or when it was declined */
  async bring(received: ImportRecord, options: ImportOptions): Promise<ImportRecord | undefined> {
    let record = await this.settled(received);
    if (record.state === 'mapping' && options.map) {
      const mapping = readColumns(options.map);
      record = await this.settled(await mapImport(this.source, this.importer, record.importId, mapping));
    }
    if (record.question && record.state === 'mapping') {
      await cancelImport(this.source, this.importer, record.importId);
      throw stoppedBy(record.question);
    }
    while (record.state === 'staged') {
      if (!(await this.agreed(record, options))) {
        await cancelImport(this.source, this.importer, record.importId);
        return undefined;
      }
      record = await this.settled(await this.accepted(record, options));
    }
    // What was given up after a fault is tried again by who runs the command again.
    const triesAgain = received.question?.code === 'program_fault';
    if (record.state === 'stopped' && (triesAgain || options.reason !== undefined)) {
      const { importId } = record;
      record = await this.settled(await acceptImport(this.source, this.importer, importId, { reason: options.reason }));
    }
    if (record.question) throw stoppedBy(record.question);
    return record;
  }

  /** Once nothing is left to do but to decide. */
  private async settled(record: ImportRecord): Promise<ImportRecord> {
    let now = record;
    for (;;) {
      now = await runImport(this.source, now.registryId, now.importId, (told) => this.tell(told));
      if (now.state !== 'received' && now.state !== 'accepted' && now.state !== 'posting') return now;
      // Another process is at work on it.
      await pause(ASK_AGAIN_MS);
      this.tell(now);
    }
  }

  private async agreed(record: ImportRecord, options: ImportOptions): Promise<boolean> {
    const { dryRun, accept } = options;
    const { counts, importId } = record;
    if (!counts) throw new Error('a staged import has counts');
    const asks = !accept && process.stdin.isTTY && process.stderr.isTTY;
    const unjustified = takesBack(record) && record.reason === null;
    const needsNobody = !unjustified && (accept || (!asks && onlyAdds(counts)));
    for (const { sentence } of record.notices) this.progress.say(`${sentence.zh} ${sentence.en}`);
    if (!dryRun && needsNobody) return true;
    this.progress.end();
    const effect = await findEffect(this.source, record);
    if (effect) process.stdout.write(tableOfEffect(effect));
    await sayInvalid(this.source, record, this.progress, options);
    if (dryRun) return false;
    if (asks && !unjustified) return confirm();
    await cancelImport(this.source, this.importer, importId);
    throw acceptanceMissing(counts, unjustified);
  }

  private async accepted(record: ImportRecord, { again }: ImportOptions): Promise<ImportRecord> {
    for (;;) {
      try {
        return await acceptImport(this.source, this.importer, record.importId, { duplicate: again });
      } catch (error) {
        const code = error instanceof DomainError ? error.code : '';
        if (code === 'proposal_outdated') return readImport(this.source, record.registryId, record.importId);
        if (code === 'file_imported_before') await cancelImport(this.source, this.importer, record.importId);
        if (code !== 'source_busy') throw error;
        await pause(ASK_AGAIN_MS);
      }
    }
  }

  private tell({ phase, done, total, counts, entriesPosted }: ImportRecord): void {
    if (phase === 'post' && counts) {
      this.progress.tell(entriesPosted, counts.new + 2 * counts.changed + counts.gone);
    } else if (phase === 'read' && total) this.progress.tell(done, total);
  }
}

async function finish(
  source: DataSource,
  record: ImportRecord,
  progress: Progress,
  options: ImportOptions,
): Promise<void> {
  if (record.state === 'refused' && record.problem && !record.counts) throw asDomainError(record.problem);
  await sayInvalid(source, record, progress, options);
  if (record.state === 'refused' && record.problem) throw asDomainError(record.problem);
  await recompute(source, record.registryId);
  const counts = record.counts;
  if (!counts) return;
  const { new: created, unchanged, invalid, changed, gone, held, blocked } = counts;
  const corrected = changed + gone + held + blocked > 0;
  process.stdout.write(
    `新增 ${created}，未变 ${unchanged}，拒收 ${invalid}。 ${created} created, ${unchanged} unchanged, ${invalid} refused.\n${
      corrected
        ? `更正 ${changed}，冲销 ${gone}，未冲销 ${held + blocked}。 ${changed} corrected, ${gone} taken back, ${held + blocked} left.\n`
        : ''
    }`,
  );
  if (record.keepGaps) {
    await runQuality(source, record.registryId, { actor: 'cli', only: ['gap'] });
    process.stdout.write(
      '缺少前置登记的行见 ledger quality list --rule entry_gap。 Rows that stand on nothing: see ledger quality list --rule entry_gap.\n',
    );
  }
  if (invalid > 0) process.exitCode = 1;
}

async function sayInvalid(
  source: DataSource,
  record: ImportRecord,
  progress: Progress,
  { errors }: ImportOptions,
): Promise<void> {
  await sayInvalidRows(source, record, progress);
  if (errors === undefined || !record.counts?.invalid) return;
  await writeImportErrors(source, record, errors);
  const again = `ledger import ${errors} --name ${record.name}`;
  progress.say(`有问题的单元格已标在 ${errors}。改好后运行 ${again}。 Correct the marked cells, then run that.`);
}

function onlyAdds({ changed, gone, returning }: ImportCounts): boolean {
  return changed + gone + returning === 0;
}

function requireFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) return;
  throw new DomainError('file_not_found', { zh: `找不到文件 ${path}。`, en: `There is no file ${path}.` });
}
