import { createReadStream } from 'node:fs';
import { SourceRefused } from './source-refused';

export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

/**
 * The encoding of a text file: what its mark says; else UTF-8 if all of it is; else GB18030, which Excel writes in China.
 *
 * @throws {SourceRefused} when it is none of them
 */
export async function encodingOf(path: string, start: Buffer): Promise<TextEncoding> {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    if (await isIn(path, encoding)) return encoding;
  }
  throw new SourceRefused(
    'encoding_unknown',
    '文件的文字编码无法识别。请在 Excel 中另存为“CSV UTF-8”或 xlsx 再上传。',
    'The encoding of the file cannot be read. In Excel, save it as "CSV UTF-8" or xlsx.',
  );
}

/** The text of a file, without the mark that Windows programs put first. */
export async function* textOf(
  chunks: AsyncIterable<Buffer>,
  encoding: TextEncoding,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

async function isIn(path: string, encoding: TextEncoding): Promise<boolean> {
  try {
    for await (const text of textOf(createReadStream(path), encoding)) if (text.includes('\u0000')) return false;
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  }
}
