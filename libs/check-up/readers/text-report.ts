import { readFile } from 'node:fs/promises';
import { CHARACTERS_AT_MOST, reportTooLong } from '../report-length';
import { brokenReport } from './report-refused';

/** Of UTF-8 at most. */
const BYTES_PER_CHARACTER = 4;

/** A text file: what its mark says; else UTF-8 if all of it is; else GB18030. */
export async function readText(path: string, size: number): Promise<string> {
  if (size > CHARACTERS_AT_MOST * BYTES_PER_CHARACTER) throw reportTooLong();
  const bytes = await readFile(path);
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  for (const encoding of marked ? [marked] : ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\u0000')) return text;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    }
  }
  throw brokenReport('encoding');
}
