import { createHash, randomBytes } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { actOf } from '../accounts/act-of';
import { recordAct } from '../accounts/audit';
import type { Principal } from '../accounts/principal';
import { DomainError } from '../core/domain-error';
import { EntryRefused, isStorable, notStorable } from './entry-text';
import { mediaTypeOf } from './evidence-content';
import {
  findEvidence,
  findEvidenceOf,
  findEvidenceOfBytes,
  findEvidenceOrgs,
  insertEvidence,
  type EvidenceContent,
  type EvidenceView,
} from './evidence.queries';
import { holdsPersonalNumber } from './personal-number';

export const EVIDENCE_BYTES_AT_MOST = 20 * 1024 * 1024;
const NAME_LENGTH = 200;

/** Nothing that is read as another, and no vowel: a code spells no word. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const CODE_GROUPS = 3;
const GROUP_LENGTH = 4;

/**
 * Keeps a file of evidence for an org, and records who brought it. The same bytes of the same org are the file that is
 * kept already, whatever it is called now.
 *
 * @throws {DomainError} when it is empty, too large, of no sort that is taken, or not what its name says
 */
export async function addEvidence(
  source: DataSource,
  principal: Principal,
  { org, name, bytes }: { readonly org: string; readonly name: string; readonly bytes: Buffer },
): Promise<EvidenceView> {
  const { registryId } = principal;
  checkName(name);
  if (bytes.length > EVIDENCE_BYTES_AT_MOST) throw evidenceTooLarge();
  const mediaType = await mediaTypeOf(name, bytes);
  const file = {
    ...{ registryId, org, name, mediaType, bytes, code: newCode(), uploadedBy: principal.name },
    sha256: createHash('sha256').update(bytes).digest(),
  };
  return source.transaction('READ COMMITTED', async (manager) => {
    const added = await insertEvidence(manager, file);
    const kept = added ?? (await findEvidenceOfBytes(manager, file));
    if (!kept) throw new Error('a file that is kept is found');
    const { code, size, sha256 } = kept;
    const detail = { size, mediaType: kept.mediaType, sha256, ...(!added && { unchanged: true }) };
    await recordAct(manager, { ...actOf(principal, 'evidence.add', code, detail), org });
    return kept;
  });
}

/** @throws {DomainError} `evidence_unknown` when there is no such file within the caller's reach */
export async function readEvidence(
  manager: EntityManager,
  { registryId, orgs }: Principal,
  code: string,
): Promise<EvidenceContent> {
  const found = isStorable(code) ? await findEvidence(manager, registryId, code) : undefined;
  if (found && orgs.has(found.org)) return found;
  throw new DomainError('evidence_unknown', {
    zh: `没有编号为“${code}”的佐证文件。`,
    en: `There is no file of evidence "${code}".`,
  });
}

/**
 * The files of an org and those below it, the latest first, a page at a time.
 *
 * @param page.after `next` of the page before
 * @throws {DomainError} when that cannot be read
 */
export async function listEvidence(
  manager: EntityManager,
  scope: { readonly registryId: number; readonly org: string },
  page: { readonly after?: string; readonly limit?: number } = {},
): Promise<{ files: EvidenceView[]; next: string | null }> {
  const { after = null, limit = 50 } = page;
  if (after !== null && !(await isEvidence(manager, scope.registryId, after))) {
    throw new DomainError(
      'cursor_not_readable',
      { zh: '翻页标记无法识别，请从第一页重新打开。', en: 'The page mark cannot be read; start from the first page.' },
      { field: 'after' },
    );
  }
  const found = await findEvidenceOf(manager, scope, after, limit + 1);
  const files = found.slice(0, limit);
  return { files, next: found.length > limit ? (files.at(-1)?.code ?? null) : null };
}

async function isEvidence(manager: EntityManager, registryId: number, code: string): Promise<boolean> {
  return isStorable(code) && (await findEvidenceOrgs(manager, registryId, [code])).length > 0;
}

export function evidenceTooLarge(): EntryRefused {
  const mib = EVIDENCE_BYTES_AT_MOST / 1024 / 1024;
  return new EntryRefused(
    'file',
    'file_too_large',
    `佐证文件超过 ${mib} MiB，请压缩图片或拆成几份再上传。`,
    `The file is larger than ${mib} MiB; make its pictures smaller, or split it.`,
  );
}

/** The name is shown wherever the file is (R25). */
function checkName(name: string): void {
  if (!isStorable(name)) throw notStorable('file');
  if (name.length > NAME_LENGTH) {
    throw new EntryRefused(
      'file',
      'text_too_long',
      `文件名最长 ${NAME_LENGTH} 字，请改短后再上传。`,
      `The name of the file may hold ${NAME_LENGTH} characters; make it shorter.`,
    );
  }
  if (!holdsPersonalNumber(name)) return;
  throw new EntryRefused(
    'file',
    'personal_number',
    '文件名中有身份证号或手机号，不能保存，请改文件名后再上传。',
    'The name of the file holds an ID number or a mobile number, which may not be kept; rename the file first.',
  );
}

/** Like `E-BKTR-MWQZ-HPLD`. */
function newCode(): string {
  const letters = [...randomBytes(CODE_GROUPS * GROUP_LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]);
  return ['E', ...Array.from({ length: CODE_GROUPS }, () => letters.splice(0, GROUP_LENGTH).join(''))].join('-');
}
