import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Environment } from '../config/environment';
import { DomainError } from '../core/domain-error';

const SHORTEST = 16;

export interface BackupKey {
  readonly secret: Buffer;
  readonly path: string;
  /** Whether it was made just now. */
  readonly made: boolean;
}

/**
 * The content of the key file, a random key or a passphrase: of `MARROW_BACKUP_KEY_FILE`, or of `backup.key` below
 * `DATA_DIR`, which is made when a backup needs it.
 *
 * @throws {DomainError} when it cannot be read, or is too short
 */
export async function backupKey(
  { MARROW_BACKUP_KEY_FILE, DATA_DIR }: Environment,
  making: boolean,
): Promise<BackupKey> {
  const path = MARROW_BACKUP_KEY_FILE ?? join(DATA_DIR, 'backup.key');
  const made = making && MARROW_BACKUP_KEY_FILE === undefined && (await makeKey(path));
  const secret = await readFile(path, 'utf8').then(
    (text) => Buffer.from(text.trim()),
    (error: Error) => {
      throw new DomainError('backup_key_missing', {
        zh: `读不到备份密钥文件 ${path}。请用 MARROW_BACKUP_KEY_FILE 指定密钥文件。（${error.message}）`,
        en: `The backup key file ${path} cannot be read. Name the key file in MARROW_BACKUP_KEY_FILE. (${error.message})`,
      });
    },
  );
  if (secret.length >= SHORTEST) return { secret, path, made };
  throw new DomainError('backup_key_short', {
    zh: `备份密钥文件 ${path} 的内容太短，至少要 ${SHORTEST} 个字符。`,
    en: `The backup key file ${path} is too short; ${SHORTEST} characters are the least.`,
  });
}

/** Whole or not at all, and never over one that is there. */
async function makeKey(path: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.new-${process.pid}`;
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft);
  }
}
