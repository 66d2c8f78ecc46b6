import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { makeScratchFolder } from '../core/scratch-folder';
import { findFilePart, insertFilePart } from './import-file.queries';
import type { ImportRecord } from './import-record';
import { ImportRefused } from './import-refused';
import { openSource } from './open-source';
import type { SourceFile } from './source-file';

const PART_BYTES = 1024 * 1024;

export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Keeps a file in the database, so that any process can read it. */
export async function keepFile(
  manager: EntityManager,
  registryId: number,
  importId: string,
  path: string,
): Promise<void> {
  let part = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: PART_BYTES })) {
    await insertFilePart(manager, registryId, importId, part, chunk as Buffer);
    part += 1;
  }
  if (part === 0) await insertFilePart(manager, registryId, importId, 0, Buffer.alloc(0));
}

/**
 * Gives the kept file to `work` as a file on this machine's disk, for as long as that takes.
 *
 * @throws {ImportRefused} when it has been removed, its time being over
 */
export async function withKeptFile<Result>(
  manager: EntityManager,
  { registryId, importId }: Pick<ImportRecord, 'registryId' | 'importId'>,
  work: (path: string) => Promise<Result>,
): Promise<Result> {
  const folder = await makeScratchFolder('import');
  const path = join(folder, 'file');
  try {
    const file = await open(path, 'w');
    try {
      for (let part = 0; ; part += 1) {
        const bytes = await findFilePart(manager, registryId, importId, part);
        if (!bytes && part === 0) throw fileRemoved();
        if (!bytes) break;
        await file.write(bytes);
      }
    } finally {
      await file.close();
    }
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Opens the kept file as rows. */
export function withKeptSource<Result>(
  manager: EntityManager,
  record: Pick<ImportRecord, 'registryId' | 'importId' | 'fileName'>,
  work: (file: SourceFile) => Promise<Result>,
): Promise<Result> {
  return withKeptFile(manager, record, async (path) => {
    const file = await openSource(path, record.fileName);
    try {
      return await work(file);
    } finally {
      await file.close();
    }
  });
}

function fileRemoved(): ImportRefused {
  return new ImportRefused(
    'import_file_removed',
    '这份文件的保存期已过，请重新上传。',
    'This file has been removed after its time; upload it again.',
  );
}
