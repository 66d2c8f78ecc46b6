import { Readable } from 'node:stream';
import type { DataSource } from 'typeorm';
import type { Principal } from '../accounts/principal';
import { DomainError } from '../core/domain-error';
import { findFile } from '../self-assessment/files.queries';
import type { OpenedAssessment } from '../self-assessment/read-assessment';
import type { FileKind } from '../self-assessment/record';
import { besideOf, dataFile, fileName, formFile, headOf, packOf, reportFile } from './assessment-files';
import { evidencePack } from './evidence-pack';
import { keptEvidence } from './kept-evidence';

export const FILE_TYPES: Readonly<Record<FileKind, string>> = {
  'form.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'report.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'data.json': 'application/json; charset=utf-8',
  'evidence.zip': 'application/zip',
};

export interface AssessmentFileContent {
  /** What a browser saves it as. */
  readonly name: string;
  readonly body: Readable;
}

export interface FileQuestion {
  readonly kind: FileKind;
  /** Of the evidence: one line's alone. */
  readonly line?: string;
}

/**
 * One of an assessment's files: as it was frozen, else made of how it stands; a line's evidence of what is frozen is
 * taken from what was kept.
 *
 * @param gone ends the work when nobody waits for it any more
 * @throws {DomainError} when evidence is asked for by who may not see entries, or of a line that there is not
 */
export async function openAssessmentFile(
  source: DataSource,
  principal: Principal,
  opened: OpenedAssessment,
  { kind, line }: FileQuestion,
  gone?: AbortSignal,
): Promise<AssessmentFileContent> {
  if (kind === 'evidence.zip') requireEntries(principal);
  else if (line !== undefined) throw noLines();
  const { manager } = source;
  if (opened.record.state === 'frozen') {
    const kept = await findFile(manager, opened.address, kind);
    if (kept && line === undefined) return { name: kept.name, body: Readable.from([kept.bytes]) };
    const own = kept && line !== undefined ? await keptEvidence(kept.bytes, line) : undefined;
    if (own) return { name: ofLine(kept!.name, line!), body: Readable.from([own]) };
  }
  const head = await headOf(manager, opened, new Date());
  const name = fileName(opened, head, kind);
  const made = (bytes: Buffer) => ({ name, body: Readable.from([bytes]) });
  if (kind === 'form.xlsx') return made(await formFile(opened, head));
  if (kind === 'report.docx') return made(await reportFile(manager, opened, head));
  if (kind === 'data.json') return made(dataFile(opened));
  const pack = packOf(principal, opened);
  if (line !== undefined) {
    const body = await evidencePack(source, { ...pack, line }, gone);
    return { name: ofLine(name, line), body };
  }
  const papers = [
    { name: fileName(opened, head, 'form.xlsx'), bytes: await formFile(opened, head) },
    { name: fileName(opened, head, 'report.docx'), bytes: await reportFile(manager, opened, head) },
  ];
  return { name, body: await evidencePack(source, { ...pack, beside: besideOf(...papers) }, gone) };
}

function ofLine(name: string, line: string): string {
  return name.replace(/\.zip$/, `-${line}.zip`);
}

/** Lists of entries hold the codes of donors. */
function requireEntries({ permissions }: Principal): void {
  if (permissions.has('entries.read')) return;
  throw new DomainError('permission_missing', {
    zh: '佐证材料里有登记名单，您的角色或这个令牌没有查看登记的权限。需要时请找管理员。',
    en: 'The evidence holds lists of entries, which your role or this token may not read. Ask an administrator.',
  });
}

function noLines(): DomainError {
  return new DomainError(
    'line_of_evidence_only',
    { zh: '只有佐证材料（evidence.zip）可以按指标下载。', en: 'Only the evidence (evidence.zip) is of one line.' },
    { field: 'line' },
  );
}
