import type { Readable } from 'node:stream';
import { DomainError } from '../core/domain-error';

const MIB = 1024 * 1024;
/** What the database keeps of one file. */
const BYTES_AT_MOST = 100 * MIB;

/**
 * A file that is to be kept with what is frozen, in memory.
 *
 * @throws {DomainError} when it is larger than can be kept; no more of it is read then
 */
export async function wholeFile(body: Readable, atMost = BYTES_AT_MOST): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > atMost) throw tooLarge(atMost);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function tooLarge(atMost: number): DomainError {
  const most = `${Math.floor(atMost / MIB)} MiB`;
  return new DomainError('evidence_too_large', {
    zh: `佐证材料合计超过 ${most}，不能随表定稿。请退回，把大的扫描件压缩后重新上传，或只留必要的几份。`,
    en: `The evidence is larger than ${most} and cannot be kept with the form. Return it, and make the scans smaller or fewer.`,
  });
}
