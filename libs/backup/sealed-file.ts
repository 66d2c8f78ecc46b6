import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { BackupRefused } from './backup-refused';

const derive = promisify<Buffer, Buffer, number, { N: number; maxmem: number }, Buffer>(scrypt);

const MAGIC = Buffer.from('MARROWB1');
const SALT = 16;
const CHECK = 16;
const HEAD = MAGIC.length + SALT + CHECK;
const CHUNK = 1 << 20;
const TAG = 16;
/** In the length before a chunk: no other follows. */
const LAST = 0x8000_0000;

/*
 * The file: `MARROWB1`, a salt, a mark of the key, then chunks of at most 1 MiB, each with its length before it and its
 * tag behind it, sealed by AES-256-GCM. A chunk's nonce is its number and whether it is the last: so that none can be
 * left out, swapped, repeated or cut off. The key is of this file alone: scrypt of the secret and the salt.
 */

/** Encrypts pieces of any size into what is to be written to a file. */
export async function* seal(pieces: AsyncIterable<Buffer>, secret: Buffer): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT);
  const { key, check } = await keyOf(secret, salt);
  const head = Buffer.concat([MAGIC, salt, check]);
  yield head;
  const waiting = Buffer.allocUnsafe(CHUNK);
  let filled = 0;
  let number = 0;
  for await (const piece of pieces) {
    for (let taken = 0; taken < piece.length;) {
      // Only when more comes is a full chunk not the last.
      if (filled === CHUNK) {
        yield sealChunk(waiting, number++, false, key, head);
        filled = 0;
      }
      const part = piece.subarray(taken, taken + CHUNK - filled);
      filled += part.copy(waiting, filled);
      taken += part.length;
    }
  }
  yield sealChunk(waiting.subarray(0, filled), number, true, key, head);
}

/**
 * Decrypts a sealed file. Nothing comes out that was not sealed with this secret, in this order.
 *
 * @throws {BackupRefused}
 */
export async function* unseal(path: string, secret: Buffer): AsyncGenerator<Buffer> {
  const file = await openFile(path);
  try {
    const head = await take(file, HEAD);
    if (!head || !head.subarray(0, MAGIC.length).equals(MAGIC)) throw new BackupRefused('backup_not_one');
    const { key, check } = await keyOf(secret, head.subarray(MAGIC.length, MAGIC.length + SALT));
    if (!check.equals(head.subarray(HEAD - CHECK))) throw new BackupRefused('backup_key_wrong');
    for (let number = 0, last = false; !last; number += 1) {
      const length = (await take(file, 4))?.readUInt32BE();
      if (length === undefined) throw new BackupRefused('backup_cut');
      last = length >= LAST;
      const size = length % LAST;
      if (size > CHUNK) throw new BackupRefused('backup_damaged');
      const sealed = await take(file, size + TAG);
      if (!sealed) throw new BackupRefused('backup_cut');
      yield openChunk(sealed, number, last, key, head);
    }
    if (await take(file, 1)) throw new BackupRefused('backup_damaged');
  } finally {
    await file.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new BackupRefused('backup_not_found');
  return open(path);
}

async function keyOf(secret: Buffer, salt: Buffer): Promise<{ key: Buffer; check: Buffer }> {
  const derived = await derive(secret, salt, 32 + CHECK, { N: 1 << 15, maxmem: 1 << 26 });
  return { key: derived.subarray(0, 32), check: derived.subarray(32) };
}

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce.writeUInt8(last ? 1 : 0, 11);
  return nonce;
}

function sealChunk(content: Buffer, number: number, last: boolean, key: Buffer, head: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, last)).setAAD(head);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length + (last ? LAST : 0));
  return Buffer.concat([length, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

function openChunk(sealed: Buffer, number: number, last: boolean, key: Buffer, head: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, last), { authTagLength: TAG })
    .setAAD(head)
    .setAuthTag(sealed.subarray(-TAG));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]);
  } catch {
    throw new BackupRefused('backup_damaged');
  }
}

/** @returns nothing when the file ends before */
async function take(file: FileHandle, bytes: number): Promise<Buffer | undefined> {
  const buffer = Buffer.allocUnsafe(bytes);
  for (let filled = 0; filled < bytes;) {
    const { bytesRead } = await file.read(buffer, filled, bytes - filled, null);
    if (bytesRead === 0) return undefined;
    filled += bytesRead;
  }
  return buffer;
}
