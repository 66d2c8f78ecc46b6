import { open } from 'node:fs/promises';
import { openCsv } from './csv-source';
import { openNdjson } from './ndjson-source';
import { contentOf } from './source-content';
import type { SourceFile, SourceOptions } from './source-file';
import { asRefusal, SourceRefused } from './source-refused';
import { openXlsx } from './xlsx-source';

const MIB = 1024 * 1024;
export const FILE_BYTES_AT_MOST = 200 * MIB;
const START_BYTES = 64 * 1024;

/**
 * Opens a file of entries by what it holds, whatever it is called.
 *
 * @param path where it lies
 * @param fileName what the user calls it
 * @throws {DomainError} saying what to do when it is none that is read, too large, or has no head
 */
export async function openSource(path: string, fileName: string, options: SourceOptions = {}): Promise<SourceFile> {
  try {
    const { size, start } = await look(path, fileName);
    const content = await contentOf(path, start, fileName);
    if (content === 'xlsx') return await openXlsx(path, options.hidden ?? 'refuse');
    return content === 'ndjson' ? openNdjson(path, size) : await openCsv(path, size, start);
  } catch (error) {
    throw asRefusal(error);
  }
}

async function look(path: string, fileName: string): Promise<{ size: number; start: Buffer }> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new SourceRefused(
      'file_not_found',
      `找不到文件 ${fileName}，或不能读取（${error.code}）。`,
      `There is no file ${fileName} that can be read (${error.code}).`,
    );
  });
  try {
    const { size } = await file.stat();
    if (size > FILE_BYTES_AT_MOST) {
      throw new SourceRefused(
        'file_too_large',
        `文件超过 200 MiB（${Math.ceil(size / MIB)} MiB），请拆成几份上传。`,
        `The file is larger than 200 MiB (${Math.ceil(size / MIB)} MiB); split it.`,
      );
    }
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return { size, start: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}
