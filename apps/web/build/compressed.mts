import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

/** Smaller files come in one packet as they are. */
const WORTH_BYTES = 1_400;

const asBrotli = promisify(brotliCompress);
const asGzip = promisify(gzip);

/** Writes each built file a second and a third time, compressed, for the server to send instead. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      if (dir === undefined) return;
      for (const name of Object.keys(bundle)) {
        const content = await readFile(join(dir, name));
        if (content.length < WORTH_BYTES) continue;
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
        await writeFile(join(dir, `${name}.br`), await asBrotli(content, { params }));
        await writeFile(join(dir, `${name}.gz`), await asGzip(content, { level: 9 }));
      }
    },
  };
}
