import { parse } from 'csv-parse/sync';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { makeScratchFolder } from '../core/scratch-folder';
import { XlsxWriter } from '../intake/xlsx-writer';

const [VALUES, CONTENTS] = ['完成值.csv', '附件清单.csv'];
const STORED = 0;

/**
 * The evidence of one line, out of the pack that was kept with the form: the same bytes for ever, whatever has come to
 * the ledger since.
 *
 * @returns undefined where the pack has no such line
 */
export async function keptEvidence(pack: Buffer, line: string): Promise<Buffer | undefined> {
  const zip = await fromBufferPromise(pack, { lazyEntries: true });
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  const [head = [], ...rows] = await rowsOf(zip, entries.get(VALUES));
  const row = rows.find((cells) => cells[head.indexOf('编码')] === line);
  if (!row) return undefined;
  const named = row.map((cell) => `；${cell}；`);
  const files = [...entries.values()].filter(({ fileName }) => named.some((cell) => cell.includes(`；${fileName}；`)));
  const within = new Set([VALUES, ...files.map(({ fileName }) => fileName)]);
  const contents = await rowsOf(zip, entries.get(CONTENTS));
  const end = contents.findIndex((cells) => cells.join('') === '');
  const told = contents.filter(([name = ''], at) => at === 0 || at >= end || within.has(name));
  return zipped(async (writer) => {
    for (const entry of files) await writer.copy(entry.fileName, await packed(zip, entry));
    await writer.copy(VALUES, stored([head, row]));
    await writer.copy(CONTENTS, stored(told));
  });
}

async function rowsOf(zip: ZipFile, entry: Entry | undefined): Promise<string[][]> {
  if (!entry) return [];
  const text = (await buffer(await zip.openReadStreamPromise(entry))).toString();
  return parse(text, { bom: true, relax_column_count: true });
}

async function packed(zip: ZipFile, entry: Entry): Promise<Parameters<XlsxWriter['copy']>[1]> {
  const { compressionMethod: method, crc32: sum, uncompressedSize: unpacked } = entry;
  const bytes: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  return { method, sum, unpacked, bytes };
}

/** Not deflated: another version of that would give other bytes. Its texts run nothing already. */
function stored(rows: readonly (readonly string[])[]): Parameters<XlsxWriter['copy']>[1] {
  const lines = rows.map((cells) => `${cells.map(quoted).join()}\r\n`);
  const bytes = Buffer.from(`\uFEFF${lines.join('')}`);
  return { method: STORED, sum: crc32(bytes), unpacked: bytes.length, bytes: Readable.from([bytes]) };
}

function quoted(text: string): string {
  return text === '' ? '' : `"${text.replaceAll('"', '""')}"`;
}

async function zipped(write: (writer: XlsxWriter) => Promise<void>): Promise<Buffer> {
  const folder = await makeScratchFolder('evidence');
  try {
    const path = join(folder, 'evidence.zip');
    const writer = await XlsxWriter.create(path);
    try {
      await write(writer);
      await writer.end();
    } finally {
      await writer.close();
    }
    return await readFile(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
