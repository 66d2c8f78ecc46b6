import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { SourceRefused } from './source-refused';
import type { PackedPart } from './xlsx-writer';

const MIB = 1024 * 1024;
export const UNPACKED_BYTES_AT_MOST = 1024 * MIB;
export const PARTS_AT_MOST = 10_000;
/** A part may be packed so much more tightly only while it is small: no table of entries comes near it. */
export const RATIO_AT_MOST = 250;
const RATIO_FROM_BYTES = 32 * MIB;

/** The parts of a workbook by their name, streamed one by one. */
export class XlsxPackage {
  private constructor(
    private readonly zip: ZipFile,
    private readonly parts: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws {SourceRefused} when it is no sound zip file, or would unpack to more than anybody fills in */
  static async open(path: string): Promise<XlsxPackage> {
    const zip = await openPromise(path, { autoClose: false }).catch(refuseBroken);
    try {
      return new XlsxPackage(zip, await soundParts(zip));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  get names(): string[] {
    return [...this.parts.keys()];
  }

  has(name: string): boolean {
    return this.parts.has(name);
  }

  /** How many bytes a part unpacks to. */
  sizeOf(name: string): number {
    return this.parts.get(name)?.uncompressedSize ?? 0;
  }

  /**
   * @throws {SourceRefused} when there is no such part, or it is not what the package says of it
   */
  async *bytes(name: string): AsyncGenerator<Buffer, void, undefined> {
    const part = this.parts.get(name);
    if (!part) throw brokenWorkbook(name);
    let sum = 0;
    try {
      for await (const chunk of await this.zip.openReadStreamPromise(part)) {
        sum = crc32(chunk, sum);
        yield chunk;
      }
    } catch (error) {
      return refuseBroken(error as Error);
    }
    if (sum !== part.crc32) throw brokenWorkbook(name);
  }

  /** A part as it lies in the package. */
  packed(name: string): PackedPart {
    const part = this.parts.get(name)!;
    const { zip } = this;
    return {
      method: part.compressionMethod,
      sum: part.crc32,
      unpacked: part.uncompressedSize,
      bytes: (async function* () {
        yield* (await zip.openReadStreamPromise(part, { decodeFileData: false })) as AsyncIterable<Buffer>;
      })(),
    };
  }

  close(): void {
    this.zip.close();
  }
}

/** @param what of it is broken, for whoever is asked for help */
export function brokenWorkbook(what: string): SourceRefused {
  return new SourceRefused(
    'workbook_broken',
    `工作簿已损坏，无法读取（${what}）。请用 Excel 打开后另存为 xlsx 再上传。`,
    `The workbook is damaged and cannot be read (${what}). Open it in Excel and save it anew as xlsx.`,
  );
}

function refuseBroken(error: Error): never {
  throw error instanceof SourceRefused ? error : brokenWorkbook(error.message);
}

async function soundParts(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > PARTS_AT_MOST) throw zipBomb();
  const parts = new Map<string, Entry>();
  let [unpacked, packed] = [0, 0];
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw encryptedWorkbook();
      if (parts.has(entry.fileName)) throw brokenWorkbook(`${entry.fileName} ×2`);
      parts.set(entry.fileName, entry);
      unpacked += entry.uncompressedSize;
      packed += entry.compressedSize;
      // Parts that lie over each other: together longer than the file.
      if (unpacked > UNPACKED_BYTES_AT_MOST || packed > zip.fileSize || isTooTight(entry)) throw zipBomb();
    }
  } catch (error) {
    return refuseBroken(error as Error);
  }
  return parts;
}

function isTooTight({ compressedSize, uncompressedSize }: Entry): boolean {
  return uncompressedSize > RATIO_FROM_BYTES && uncompressedSize > RATIO_AT_MOST * compressedSize;
}

function zipBomb(): SourceRefused {
  return new SourceRefused(
    'unpacks_too_large',
    '工作簿解压后过大（超过 1 GiB，或压缩得不像一张表），不予读取。请只保留要导入的表，或拆成几份。',
    'The workbook unpacks to more than 1 GiB, or is packed as no table is: it is not read. Keep only the table to import, or split it.',
  );
}

export function encryptedWorkbook(): SourceRefused {
  return new SourceRefused(
    'workbook_encrypted',
    '工作簿设有打开密码。请在 Excel 中去掉密码（文件 → 信息 → 保护工作簿）后再上传。',
    'The workbook is protected by a password. Take the password off in Excel (File, Info, Protect Workbook).',
  );
}
